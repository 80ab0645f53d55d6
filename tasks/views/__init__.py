"""Prefect's view of the cases: their runs, their pages, and which are drawn anew."""
