"""What people answer on a form, wherever it is drawn: a step's form, a change by hand, the opening of a case.

Each is recorded once for its key, and a refusal repeats none of the words that were typed.

Not here: how a form is drawn or by whom its answers are kept until they are read.
"""
