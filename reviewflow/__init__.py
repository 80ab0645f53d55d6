"""Runs safeguarding reviews from declarative definitions; see README.md."""
