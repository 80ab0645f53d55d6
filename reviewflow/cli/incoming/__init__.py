"""Commands that take in what lies elsewhere."""
