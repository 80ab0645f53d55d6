"""Who is told what a command changed of what they had been told before: days, meetings, what comes, what does not.

Not here: reminders (`reviewflow.case.handlers.correspondence.chasing`), and what steps of a process write themselves.
"""
