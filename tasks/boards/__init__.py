"""The board, kept beside the database and among Prefect's artifacts."""
