"""A process before it is used: preview, explain, choose, and the timetable on the screen."""
