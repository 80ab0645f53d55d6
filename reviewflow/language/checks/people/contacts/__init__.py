"""Contacts of a case: who is declared, what their letters say, what they may answer, and who is written to in order."""
