"""Why something is or is not happening: told from the functions that decide, never by a second logic."""
