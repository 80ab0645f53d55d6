"""A process that was played through, as the rows of a timetable, with the days that are not counted."""
