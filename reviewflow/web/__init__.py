"""The pages on which a mailbox answers a letter, over HTTP. What stands on them and what is recorded is `service.door`.

A page is only looked at by GET; something is recorded by POST alone, because mail programs open links by themselves.
"""
