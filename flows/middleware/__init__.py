"""What stands around Prefect's server: passwords are hidden, cases keep their addresses, pages have a place. No flow."""
