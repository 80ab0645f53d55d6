"""From a promised message to a letter that left, was refused or came back.

Not here: the channels, which are `notifications`.
"""
