"""Opening a case and carrying out a command, each in one transaction.

Not here: the decision itself, which is `reviewflow.case`.
"""
