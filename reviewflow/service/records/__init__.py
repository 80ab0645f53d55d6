"""The file of a case as a record.

Audited, kept, disclosed, erased, destroyed (retention schedule, legal holds, UK GDPR).
"""
