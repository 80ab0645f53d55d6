"""A process as an officer would tell it to a colleague, from its definition alone."""
