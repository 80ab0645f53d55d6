"""What a page about a case is made of; commands give these as JSON, so a field keeps its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.case.rules.forecast import Verdict
from reviewflow.case.rules.standing import Standing
from reviewflow.service.wording.rounds import round_of_words
from reviewflow.text import counted

OWED_NOW = frozenset({Standing.OPEN, Standing.DUE_SOON, Standing.OVERDUE, Standing.EXPECTED, Standing.NOT_COME})
"""How something stands that somebody has to do, or is waited for, now."""

UNSETTLED = OWED_NOW | {Standing.NOT_YET, Standing.ON_HOLD}
FELL_AWAY = frozenset({Standing.NOT_NEEDED, Standing.NO_MORE, Standing.SKIPPED})
"""How something stands that may still have to be done."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step, a limit, or something to look at again, as one owner owes it."""

    item: str
    step: str
    """The title of the step, without its owner."""
    title: str
    owner: str
    """As people call them; '' where nobody owes it."""
    standing: Standing
    opened: date | None
    due: date | None
    original: date | None = None
    """What was due first, before it was extended."""
    done: date | None = None
    days: str = ""
    """How far the due day is, for what is open: '2 working days left'."""
    passed: str = ""
    """Of what has not begun, when its day has passed: 'was planned for Fri 1 May 2026 (2 working days ago)'."""
    automatic: bool = False
    round: int = 1
    sent: int = 0
    """How many messages have gone out about it in this round."""
    after: tuple[str, ...] = ()
    """The items this one waits for."""
    provisional: bool = False
    """The due day lies beyond the bank holidays that are proclaimed."""
    by: str = ""
    """The time of day by which it is due, where hours are counted."""
    forecast: str = ""
    """Of a time limit: how it stands and what is foreseen of it: 'on course, slack 3 working days'."""
    in_time: bool = True
    """Not missed, and nobody is to be warned of it."""
    verdict: Verdict | None = None
    """Of a time limit that runs or has ended: the one word for it."""
    rounds: str = ""
    """Of a step that came again and is not needed any more: how often it was done, and which round was not."""
    passed_over: tuple[int, ...] = ()
    """Of a step that comes again: the rounds that were skipped."""
    answered: str = ""
    """What was answered to a chase of it: 'Acknowledged 5 May'."""
    stage: str = ""
    """What the stage of the process is called that it belongs to."""
    comes: str = ""
    """Of an invitation to a meeting: what its owner chose of the answers to it."""
    together: str = ""
    """Of what is done together with other cases: 'To be done in RR-2026-004, for this case too'."""


def how_far(lines: Sequence[Line]) -> tuple[int, int]:
    """How many steps are settled, and of how many; neither what fell away nor what is done by itself counts.

    The same on the board, in Prefect and in the terminal. Where nothing is a person's, all of it counts.
    """
    by_people = [line for line in lines if not line.automatic] or lines
    needed = [line for line in by_people if line.standing not in FELL_AWAY]
    return sum(line.standing not in UNSETTLED for line in needed), len(needed)


def settled_words(lines: Sequence[Line]) -> str:
    """How far the steps of a stage are: '3 of 5 settled'.

    It is settled when nothing is to come: also no letter that waits for its release, which is owed by nobody in a file.
    """
    settled, needed = how_far(lines)
    if all(line.standing is Standing.NOT_NEEDED for line in lines):
        return "not needed"
    coming = sum(line.automatic and line.standing in UNSETTLED for line in lines)
    if settled < needed or not coming:
        return "settled" if settled == needed else f"{settled} of {needed} settled"
    people = (f"{settled} of {needed} settled",) if needed else ()
    return ", ".join((*people, f"{counted(coming, 'automatic step')} to come"))


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold that is in place."""

    hold: str
    title: str
    since: date
    why: str
    requested_by: str
    review: date | None
    stops: tuple[str, ...]
    """The titles of the steps that stand still: of those that it stops, what is still to be done."""
    ends: date | None = None
    """The day on which it ends by itself, where its process says how long it may last."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What runs beside a case, or whose clocks are met here."""

    reference: str
    words: str
    review: date | None


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day in a linked case: of a step that is owed or comes next, or on which a time limit ends."""

    title: str
    due: date
    days: str
    """How far it is, for what is open: '2 working days left'."""


@dataclass(frozen=True, slots=True)
class OtherCase:
    """What a linked case shows of itself; what the partnership does not let be shown is empty."""

    reference: str
    title: str = ""
    """Of its process."""
    status: str = ""
    stage: str = ""
    """The stages in which something is owed there."""
    next: tuple[OtherDay, ...] = ()
    limits: tuple[OtherDay, ...] = ()
    destroyed: date | None = None
    """The day on which its file was destroyed."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that is shown of a case on one day."""

    reference: str
    process: str
    title: str
    status: str
    ending: str
    """The title of the way out that it took; empty unless it ended so."""
    number: int
    """Of its last event."""
    opened: date
    dates: tuple[tuple[str, str, date], ...]
    """Name, question and day."""
    agencies: tuple[str, ...]
    links: tuple[str, ...]
    limits: tuple[Line, ...]
    steps: tuple[Line, ...]
    holds: tuple[HoldLine, ...]
    related: tuple[LinkLine, ...]
    reviews: tuple[Line, ...]
    """What is to be looked at again, and when."""
    stages: tuple[str, ...] = ()
    """The titles of the stages, in their order; none where the process has none."""
    others: tuple[OtherCase, ...] = ()
    """The linked cases of this office, where they are looked up."""
    taken_over: tuple[str, ...] = ()
    """Who does here what another post owes, each as a sentence."""
    legal_holds: tuple[date, ...] = ()
    """Since when each legal hold keeps its file from being destroyed; for which matter somebody typed."""
    origin: str = ""
    """The case that opened it; it stands first among the links."""
    rounds: tuple[tuple[str, date], ...] = ()
    """Of the cases that were opened each after a round of a step, the reference and the day of the round."""


def link_words(page: CasePage) -> tuple[str, ...]:
    """From which case it came, and to which it led."""
    came = (f"Came from {page.origin}",) if page.origin else ()
    days = dict(page.rounds)
    led = (f"Led to {reference}{round_of_words(days.get(reference))}" for reference in page.links[len(came) :])
    return (*came, *led)
