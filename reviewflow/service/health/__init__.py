"""What stands and what does not, with what to do: for whoever looks after the machine and the office.

Nothing here writes; a check that cannot be made says so, and all others are made.
"""
