"""What the doctor sees only from outside: whether mail servers, mailboxes and Prefect answer, and how they are set.

In a process of its own, as the command line imports neither Apprise nor Prefect.
"""
