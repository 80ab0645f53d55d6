"""What became of a week, as a table for people."""

from __future__ import annotations

from collections.abc import Sequence

from tests.chaos.week import Course

COLUMNS = ("killed", "away", "sweep", "good after", "answered: agencies, officers", "people saw")


def as_table(courses: Sequence[Course]) -> str:
    """In Markdown, a row a part that was killed."""
    rows = [_row(course) for course in courses]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [COLUMNS, ["---"] * len(COLUMNS), *rows])


def _row(course: Course) -> list[str]:
    runs = ", ".join(f"{times} {what}" if times > 1 else what for what, times in course.runs.items())
    sights = [
        f"{who}: {status or 'none'} {words} ({times})" for (who, status, words), times in course.seen.most_common()
    ]
    return [
        course.trouble.what,
        f"{course.trouble.away:.0f} s",
        runs,
        f"{course.until_good:.0f} s",
        f"{course.agencies}, {course.officers}{_recorded(course)}",
        f"of {course.asked} looks: {'; '.join(sights) or 'nothing out of order'}",
    ]


def _recorded(course: Course) -> str:
    if not course.trouble.takes_an_answer:
        return ""
    if course.recorded is None:
        return "; no answer was at work, or it is not in the history"
    return f"; the answer whose flow was killed was in the history after {course.recorded:.0f} s"
