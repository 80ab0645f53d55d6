"""What is written once: a process inherits from the one that it extends and from the groups that it uses."""
