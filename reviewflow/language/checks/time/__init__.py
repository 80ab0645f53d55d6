"""Checks of due rules, anchors, dates, limits and calendars."""
