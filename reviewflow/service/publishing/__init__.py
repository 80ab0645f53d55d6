"""A folder of definitions taken over as a whole: what it changes, released by named people, and the way back.

The office's folder is exchanged at once, so that nobody ever reads half of one and half of the other.
"""
