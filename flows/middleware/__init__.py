"""What stands before Prefect's server: passwords are hidden, addresses of cases stay, nobody is counted. No flow."""
