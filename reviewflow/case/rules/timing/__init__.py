"""Days and hours: when something is due, when each rung falls due, when silence counts as agreed, when a wait ends."""
