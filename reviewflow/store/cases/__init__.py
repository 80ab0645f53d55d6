"""Cases, the chain of their events, what is owed in them, and what automatic steps ask for."""
