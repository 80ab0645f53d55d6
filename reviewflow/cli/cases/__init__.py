"""Commands about cases: open, look, answer, chase, hold, extend, link, end."""
