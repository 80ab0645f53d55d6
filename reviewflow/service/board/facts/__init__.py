"""What the pages of the board are made of, read from the store: clocks, what was sent, what changed, plan against fact.

A page stands one floor up; nothing here knows of one.
"""
