"""What is kept beside the cases: the office's own files, its log, addresses in letters, Prefect's view, what went wrong."""
