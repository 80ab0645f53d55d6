"""The board as pages in Markdown, for Prefect's artifacts: each row begins with what decides, and leads to its case."""
