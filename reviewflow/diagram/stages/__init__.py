"""A process by its stages: all of them on one page, and each on pages of its own that can be read on A4."""
