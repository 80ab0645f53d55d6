"""The rules, as questions about a case as it stands.

When something is due, who gets a message, what stops it, which rung has fallen due.

Nothing here changes a case. A rule that follows from law or guidance names its source.
"""
