"""The agencies' chronologies made one, by date and time, from their spreadsheets.

Nothing of them is kept, logged or told but file, row and what is wrong.
Not here: the empty template, which is `documents`.
"""
