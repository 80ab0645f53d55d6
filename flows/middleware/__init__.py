"""What stands around Prefect's server: passwords are hidden, addresses of cases stay, pages have a place. No flow."""
