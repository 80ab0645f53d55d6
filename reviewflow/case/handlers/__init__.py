"""What each command does: refuse it with a reason, or emit its events. One module a family of commands.

`table.HANDLERS` says which command goes where. A new one: its class in `model.commands`, its handler here, its line in
the table; a test holds the table total.
"""
