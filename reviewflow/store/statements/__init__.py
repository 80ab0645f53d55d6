"""Every statement, declared once over the tables and made into SQL once a dialect.

The store takes them by name from `prepared`, so that to start costs no import of SQLAlchemy.
"""
