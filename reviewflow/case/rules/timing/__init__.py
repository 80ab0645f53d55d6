"""Days and hours: when something is due, when each rung of a ladder falls, when silence counts, when a wait is over."""
