"""What stands in a letter: what still holds of the messages that waited for a mailbox, and in which order."""
