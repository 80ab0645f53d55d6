"""What stands before Prefect's server: passwords are hidden, and addresses of cases stay. No flow stands here."""
