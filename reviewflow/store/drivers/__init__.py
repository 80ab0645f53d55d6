"""SQLite and PostgreSQL behind one face, and SQL compiled for either."""
