"""What follows from new events: items that open or are not needed, limits, rounds, dates and warnings."""
