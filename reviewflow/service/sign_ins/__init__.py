"""Who was signed in at the proxy when a form was answered in Prefect, which itself knows nobody.

Kept in the office's log, before the answer is let through, under the name that the proxy knows: it can be erased as any
other name.
"""
