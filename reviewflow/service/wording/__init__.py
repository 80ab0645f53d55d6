"""Words for people about a case: titles, rules and history lines as sentences.

Not here: letters, which are `messages`, or pages.
"""
