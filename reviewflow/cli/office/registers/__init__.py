"""Registers and figures over all cases: actions, publications, reports, chronologies."""
