"""The board as pages of HTML that need no script and no other machine; written to files, and served to this one."""
