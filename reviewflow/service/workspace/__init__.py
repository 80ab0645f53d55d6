"""What every use case stands on.

The store beside the definitions, who is who, the calendars, and what a person can be told.

Not here: anything that reads or changes a case.
"""
