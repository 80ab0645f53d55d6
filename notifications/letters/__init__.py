"""A letter as it leaves: its words as text and as a page, and what may stand in a header. How it leaves is not here."""
