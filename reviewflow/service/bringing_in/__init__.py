"""Cases that run elsewhere today, brought in with their true past days from a file: YAML, .xlsx or .csv.

Everything is checked before anything is written, and nobody gets a letter about what lies before the day of it.
"""
