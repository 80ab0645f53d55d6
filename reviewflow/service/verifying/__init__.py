"""Many actions verified at once: what waits, what is said of each, and all of it recorded or none.

What its evidence verifies needs no form of its own; what is not verified says why, what is still needed and by when.
"""
