"""Answering by letter: the address that each item has in a letter, what stands on its page, and what is answered there.

Nothing of HTTP is here, and nothing reads the clock. An address is for one mailbox and one item.
"""
