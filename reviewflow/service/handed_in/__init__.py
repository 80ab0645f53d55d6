"""Spreadsheets that people hand in: their cells, and the tables in them, whatever the bytes are.

What is made of them stands where it is used: a chronology, a register, cases that are brought in, actions verified.
"""
