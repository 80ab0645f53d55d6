"""Letters of the whole office: those that wait, those that left, the addresses in them."""
