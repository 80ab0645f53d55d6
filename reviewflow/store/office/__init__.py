"""What is kept beside the cases: the office's own files, its log, addresses, Prefect's view, what went wrong."""
