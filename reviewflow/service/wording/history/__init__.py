"""Each event of a case as a sentence, for its history.

A module for each family of events, named as the module in `case.model.events` that declares them; a new event's words
are one arm in it. `sentences` knows which function is for which event.
"""
