"""Commands about definitions. They need no database and start fast."""
