"""Services of ours that are registered with Apprise, where its own do not say what we must know. No rules of ours."""
