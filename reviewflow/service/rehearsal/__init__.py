"""A process before it is used, and without a database.

Played through, previewed as a timetable, explained in sentences, compared.
"""
