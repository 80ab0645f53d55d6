"""What the audit looks at, a module a kind.

What was recorded is compared with the seals, what follows from it is worked out again.
"""
