"""A case, or all open ones, as somebody looks at them.

Its page, its history, why something is so, what can be changed by hand.

Nothing here writes. What is shown to many goes through `redaction`.
"""
