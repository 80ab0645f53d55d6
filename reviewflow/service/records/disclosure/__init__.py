"""A case as it is handed over to whoever may ask: what happened, what was sent, what it ran under, and the proof."""
