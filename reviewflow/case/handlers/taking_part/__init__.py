"""Who takes part: agencies that join, leave or merge, and members of a list that was made."""
