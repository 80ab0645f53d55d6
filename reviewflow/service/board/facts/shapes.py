"""What the board says of one thing in one case, as values. Days are days of London."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.calendar import OFFICE
from reviewflow.case.rules.forecast import Verdict
from reviewflow.text import counted

__all__ = ["Clock", "Glance", "GlanceKind", "HoldRow", "OwedRow", "Sent", "Verdict"]


class GlanceKind(StrEnum):
    """What a row is about."""

    WORK = "work"
    LIMIT = "limit"
    LOOK_AGAIN = "look again"
    """A hold, a link or a published report that is to be looked at again."""
    REASON = "reason owed"
    """A limit was missed, and nobody has said why."""
    AWAITED = "awaited"
    """Others are to answer who owe us nothing, so it is never late."""
    DECISION = "decision"
    """Somebody answered, or several are to agree, and the office waits for the decision."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The last message about something that left; where none has, the last that is to."""

    what: str
    """The kind of message: 'Overdue'."""
    to: tuple[str, ...]
    """The posts that it went to: ('Police', 'Police (deputy)')."""
    at: str
    """When it left, or goes: 'Tue 24 Nov 2026 09:30'."""
    became: str
    """'sent', 'still to go', 'did not arrive', 'to release'."""
    following: str = ""
    """What is written already and goes after it: 'For decision, Wed 25 Nov 2026 09:30'."""

    @property
    def words(self) -> str:
        """'Overdue, Tue 24 Nov 2026 09:30', what became of it where that is not that it went, and what goes next."""
        said = ", ".join(filter(None, (self.what, self.at, "" if self.became == "sent" else self.became)))
        return f"{said}; then {self.following}" if self.following else said


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One thing that is owed and has a day."""

    reference: str
    process: str
    """The title of the case's process."""
    item: str
    """The id under which it is shown; the store's own, but for an entry of a list."""
    kind: GlanceKind
    what: str
    """Without who owes it: 'Return the summary'."""
    who: str
    agency: str
    """The agency's name in partnership.yaml; '' where it is no agency's."""
    due: date
    late: bool
    by: str
    """The time of day by which it is due, where hours are counted."""
    days: int
    """Working days of its own calendar after its due day, at least 1; of what is not late, until it: 0 is today."""
    words: str
    """'3 working days overdue', 'due today', '2 school days left'."""
    calendar: str = OFFICE
    """The name of the calendar in which its days are counted."""
    first_due: date | None = None
    """What was due before it was extended."""
    national: bool = False
    """It is a national time limit, or the reason for one."""
    holds_up: tuple[str, ...] = ()
    """The titles of the running limits whose way it is on."""
    answered: str = ""
    """What its owner last said to a reminder: 'Acknowledged 5 May'."""
    last: Sent | None = None
    awaited: str = ""
    """Whom outside it waits for: 'The national Panel'; '' where somebody here owes it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit of one case, and whether it will be met."""

    reference: str
    process: str
    item: str
    title: str
    national: bool
    start: date
    """Day 0."""
    due: date
    by: str
    calendar: str
    day: int
    """How many days of its calendar have gone by since its start."""
    of: int
    """How many there are until it ends: day 6 of 15."""
    verdict: Verdict
    words: str
    """The forecast in a sentence or two."""
    slack: int | None = None
    """Working days to spare, negative for days late; None where that cannot be told."""
    hangs_on: str = ""
    expected: date | None = None
    """The day on which it is likely to be met, or was."""
    likely: tuple[int, int] | None = None
    """The days of the clock between which it is likely to be met, counted as `day` is."""
    reason_owed: bool = False
    is_running: bool = True
    """Whether it is still to be met; one that was missed runs until it is."""

    @property
    def spoken(self) -> str:
        """Its word within a sentence: 'unlikely', 'held, cannot be told'."""
        return str(self.verdict).replace(":", ",")

    @property
    def day_words(self) -> str:
        """'day 6 of 15', or '20 days past 127' for one that has run out."""
        past = self.day - self.of
        return f"day {self.day} of {self.of}" if past <= 0 else f"{counted(past, 'day')} past {self.of}"


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold that is in place; without why, which somebody typed."""

    reference: str
    title: str
    since: date
    stops: tuple[str, ...]
    look_again: date | None
    overdue: bool
    """Whether it was to be looked at again before today."""
    ends: date | None
    """The day on which it ends by itself; None where it does not."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What one open case adds to the pages that are about all of them."""

    reference: str
    process: str
    number: int
    """Of its last event."""
    opened: date
    stage: str
    late: tuple[OwedRow, ...] = ()
    coming: tuple[OwedRow, ...] = ()
    """What falls due today or in the next five working days of the office, or was to come from others."""
    clocks: tuple[Clock, ...] = ()
    holds: tuple[HoldRow, ...] = ()
    reasons: tuple[OwedRow, ...] = ()
    decisions: tuple[OwedRow, ...] = ()
    legal_holds: int = 0
    """How many legal holds keep its file from being destroyed."""

    @property
    def by_the_hour(self) -> bool:
        """Whether something in it changes within the day."""
        owed = (row.by for row in (*self.late, *self.coming))
        return any((*owed, *(clock.by for clock in self.clocks)))
