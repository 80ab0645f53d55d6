"""Statements over what is kept beside the cases."""
