"""Prefect's server: the calls that we make, and what is set up there by code."""
