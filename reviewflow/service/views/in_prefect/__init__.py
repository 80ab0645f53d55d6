"""What ought to be seen of the cases in Prefect, as values: runs, pictures, pages and the forms of what is owed.

Whoever draws them is told here what to draw; nothing here knows Prefect. Not here: the board that managers read, which
is `reviewflow.service.board`.
"""
