"""Papers that a step makes: Word, text and calendar entries, filled from the case.

Not here: the office's templates, which are definitions.
"""
