"""What a sweep does once a day or more seldom: heads, usual lengths, delegations that end, warnings, own files."""
