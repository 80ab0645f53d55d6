"""Pages and tables for people. Plain text when the output is not a terminal."""
