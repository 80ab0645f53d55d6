"""The words that every shape of a timetable shares."""

from __future__ import annotations

from reviewflow.service.rehearsal.chases import PreviewedLetter
from reviewflow.service.rehearsal.timetables.rows import Row, RowKind
from reviewflow.service.rehearsal.timetables.timetable import Timetable
from reviewflow.text import clock_words, day_words

LATER = "Bank holidays after {day} are not yet proclaimed; days marked provisional may still move."
KINDS = {
    RowKind.NATIONAL_LIMIT: "National time limit",
    RowKind.LOCAL_LIMIT: "Time limit",
    RowKind.BY_ITSELF: "By itself",
    RowKind.DATE: "Date",
    RowKind.HOLD: "Stands still",
    RowKind.CLOSED: "Not a working day",
    RowKind.STEP: "Step",
}


MARKED = frozenset({RowKind.NATIONAL_LIMIT, RowKind.LOCAL_LIMIT, RowKind.DATE, RowKind.HOLD})
"""What stands out among the steps."""


def day_cell(row: Row) -> str:
    """'Fri 1 Jan 2027', 'Tue 29 Dec 2026 to Thu 31 Dec 2026', with whether it may still move."""
    return " ".join(day_parts(row))


def day_parts(row: Row) -> list[str]:
    """The same in pieces that are not broken over lines."""
    until = [f"to {day_words(row.until)}"] if row.until and row.until != row.day else []
    return [day_words(row.day), *until, *(["(provisional)"] if row.provisional else [])]


def what_cell(row: Row) -> str:
    """The title; what stands out among the steps with its kind in capitals before it."""
    return f"{KINDS[row.kind].upper()}: {row.title}" if row.kind in MARKED else row.title


def notes(timetable: Timetable) -> list[str]:
    """What a reader must know about the whole timetable."""
    lines = [f"Assumed, because it was not said: {assumed}." for assumed in timetable.assumed]
    if any(row.provisional for row in timetable.rows):
        lines.append(LATER.format(day=day_words(timetable.proclaimed_until)))
    lines += [f"The answer to {question} does not come up on this way." for question in timetable.never_given]
    lines += [
        f"That {who} is late changes nothing here: on this way nothing is owed by it." for who in timetable.late_in_vain
    ]
    lines += [
        f"That {who} is late changes nothing: the turn of “{first}”, the first thing that it would owe, does not come."
        for who, first in timetable.late_later
    ]
    lines += [f"Time limit missed: {limit}." for limit in timetable.missed]
    return [*lines, *timetable.may_end, timetable.ends]


def assumed(timetable: Timetable) -> str:
    """Which answers nobody gave, and how others are given; empty when all were given."""
    if not timetable.assumed_answers:
        return ""
    return f"Assumed, because nobody gave them: {'; '.join(timetable.assumed_answers)}. Give others with --answer."


def left_out(timetable: Timetable) -> list[str]:
    """Which answers were assumed, and what does not stand in the timetable with them."""
    reasons = (
        ("Not needed with these answers", timetable.not_needed),
        ("Owed for a while, and then not needed any more", timetable.owed_in_vain),
        ("Only when somebody opens it, or what comes before it", timetable.on_request),
    )
    said = [f"{why}: {'; '.join(titles)}." for why, titles in reasons if titles]
    return [*filter(None, (assumed(timetable),)), *said]


def opening(timetable: Timetable) -> list[str]:
    """The days that the case is opened with, and its agencies: a line each."""
    days = [f"{question.rstrip('?. ')}: {day_words(day)}" for _, question, day in timetable.dates]
    return [*days, f"Agencies: {', '.join(timetable.agencies)}"] if timetable.agencies else days


def chases(timetable: Timetable) -> list[PreviewedLetter]:
    """The messages that go out, without those that are steps themselves and stand among the days."""
    return [letter for letter in timetable.chases if not letter.by_itself]


def heading(timetable: Timetable) -> str:
    """The heading of a timetable."""
    return f"{timetable.title}: timetable"


def when_cells(letter: PreviewedLetter) -> tuple[str, str]:
    """The day and the time of day of a message, for two columns."""
    return day_words(letter.when.date()), clock_words(letter.when.time())
