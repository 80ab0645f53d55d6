"""What a process says of other cases: those it starts, those it ends with, and those that are treated with it."""
