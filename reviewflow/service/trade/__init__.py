"""What happened in the trade, for whoever listens: from the store alone, named by its case, in no words of anybody."""
