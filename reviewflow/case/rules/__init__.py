"""The rules, as questions about a case as it stands.

When something is due, who is meant, what stops it, which rung has fallen.

Nothing here changes a case. A rule that follows from law or guidance names its source.
"""
