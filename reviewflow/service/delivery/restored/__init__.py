"""After a restore: which letters had gone before the machine was lost, as people and the log of a mail server tell."""
