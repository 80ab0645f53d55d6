"""The text of a message and who gets it, decided when it is promised.

Not here: whether and when it leaves, which is `delivery`.
"""
