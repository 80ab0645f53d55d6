"""The command by which an office's definitions reach the server."""
