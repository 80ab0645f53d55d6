"""The board: what a manager asks in the morning, answered from the store alone, as values.

One model, drawn in three ways that say the same: pages, the terminal, and Prefect's artifacts. A module a page:
`today`, `cases`, `agencies`, `actions`, `year`, `health`. Nothing here writes to the store, reads a clock or names a
child: titles are those that may be shown where many look, and no word that somebody typed is among them.
"""
