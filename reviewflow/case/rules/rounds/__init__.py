"""Work that is owed more than once: repeated, sent back, or anew in a case that goes on."""
