"""Dates, time limits and what stands still: correct, set, forecast, breach, hold, release, extend."""
