"""Rehearsals: a process played from its opening to its end by made-up people, on the engine that real cases run on."""
