"""Routes tried, and what the doctor sees only from outside: whether mail servers and Prefect answer, how they are set.

In a process of its own, as the command line imports neither Apprise nor Prefect.
"""
