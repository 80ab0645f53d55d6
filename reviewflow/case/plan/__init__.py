"""A definition made ready to run: orders, pairs, dependents and the entries of lists, worked out once."""
