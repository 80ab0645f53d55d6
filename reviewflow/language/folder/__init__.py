"""A folder of definitions: every file in it, which one is meant where two say the same, and the edition that holds."""
