"""What every use case needs.

The store, the definitions, the partnership, the calendars, and the errors that a person can be told.

Not here: anything that reads or changes a case.
"""
