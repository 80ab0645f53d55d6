"""What follows from a process as it is written.

The order of its steps, its lists, its tables, what the registers read.
"""
