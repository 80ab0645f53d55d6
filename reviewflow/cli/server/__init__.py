"""Commands that start things: serve and demo."""
