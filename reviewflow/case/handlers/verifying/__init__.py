"""Who verifies an action, and where: verified in another case, and by a post to whom that is delegated."""
