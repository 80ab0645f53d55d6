"""Checks of what leads to what: steps, conditions, endings, holds, and whether the calendar leaves room."""
