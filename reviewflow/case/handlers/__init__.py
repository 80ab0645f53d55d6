"""What each command does: refuse it with a reason, or emit its events. One module a family of commands."""
