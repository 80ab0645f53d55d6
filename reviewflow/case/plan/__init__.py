"""A definition made ready to run: order, pairs, dependents and the entries of lists, worked out once."""
