"""Checks of who owes, who is told and how: owners, ladders, sending, documents."""
