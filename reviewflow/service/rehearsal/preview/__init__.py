"""A timetable on paper and in other programs: markdown, spreadsheet, calendar, printable page, data."""
