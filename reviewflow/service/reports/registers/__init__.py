"""What the partnership keeps over all its cases: actions and published reviews, read from the events."""
