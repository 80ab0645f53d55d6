"""The words of a line as Prefect shows it: by when, who has it, how often they were reminded."""

from __future__ import annotations

from reviewflow.service.views.case_page.shapes import Line
from reviewflow.text import day_words


def due_of(line: Line) -> str:
    """'Wed 27 May 2026', with the time of day where hours are counted; '' without a due day."""
    return ", ".join(filter(None, (day_words(line.due) if line.due else "", line.by)))


def line_words(line: Line) -> str:
    """Who has it, by when, and how often they were reminded."""
    if line.done:
        done = ": ".join(filter(None, (f"Done {day_words(line.done)}", line.comes)))
        return " · ".join(filter(None, (done, line.together)))
    due = f"due {due_of(line)}, {line.days}" if line.due and line.days else ""
    due += f" (first due {day_words(line.original)})" if due and line.original else ""
    chased = f"chased {line.sent} times" if line.sent > 1 else "chased once" if line.sent else ""
    return " · ".join(filter(None, (line.owner, due, chased, line.answered, line.together, line.rounds))) or str(
        line.standing
    )


def forecast_note(line: Line) -> str:
    """' (will it make it? yes, Tue 26 May 2026)', of a time limit that runs."""
    return f" (will it make it? {line.forecast})" if line.forecast else ""
