"""SQLite and PostgreSQL behind one protocol, and SQL compiled for either."""
