"""One case, as pure functions: no clock, no database.

Read `advance` first, then `propagation.propagate`, `rules` and `apply`.

Not here: anything that is stored, sent or shown.
"""
