"""The board: what managers are shown of all cases, as values. Whoever draws them is told here what ought to be seen."""
