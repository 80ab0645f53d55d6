"""What the fields of a message say: its days, its step, what was sent before and comes next, and time limits."""
