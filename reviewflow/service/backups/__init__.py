"""The whole office in one file, and back: the database as it is at one moment, the definitions, the papers.

After a restore nothing goes out until it is settled what went meanwhile: that is `delivery.settling`.
"""
