"""A paper as a Word file: its text, tables and layout, and the child process that makes it."""
