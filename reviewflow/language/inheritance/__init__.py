"""What is written once: a process laid over the one it extends and over its groups, before anything is validated."""
