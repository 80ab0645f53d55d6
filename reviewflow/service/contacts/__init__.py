"""The people of one case: who they are, kept apart and encrypted, and the letters to them, which somebody releases."""
