"""Messages on their way: notices, the letters that bring them together, digests."""
