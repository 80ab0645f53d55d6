"""What follows by itself from new facts: steps that open or fall away, clocks, rounds, dates and late warnings."""
