"""Figures about cases, from their events and nothing else: what was owed, when it came, and how often it was chased."""
