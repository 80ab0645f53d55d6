"""Commands about other cases that run beside this one, or are joined to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model.state import CaseStatus


@dataclass(frozen=True, slots=True)
class Link:
    """Another case or proceeding runs beside this one: its kind, which hold it places, and when to review that."""

    kind: str
    reference: str
    reason: str
    effect: str = "none"
    review: date | None = None
    outside: bool = False
    """It is not a case of this office, although its reference looks like one."""


@dataclass(frozen=True, slots=True)
class Unlink:
    """A link or a joined case is over, or was a mistake."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """The time limits of another case are met by this one too: they count from these days."""

    reference: str
    dates: Mapping[str, date]
    outside: bool = False
    """It is not a case of this office, although its reference looks like one."""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which the process asks it."""


@dataclass(frozen=True, slots=True)
class RecordLinkedFrom:
    """Another case has this one beside it, as a link of this kind, or `JOINED`."""

    reference: str
    kind: str
    treated: tuple[str, ...] | None = None
    """The agencies of that case, where it is treated together with this one; None where it is not."""


@dataclass(frozen=True, slots=True)
class RecordTreated:
    """Another case, with these agencies, is treated together with this one; None: it is not, or not any more."""

    reference: str
    kind: str
    agencies: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class RecordUnlinkedFrom:
    """Another case has this one beside it no longer."""

    reference: str


@dataclass(frozen=True, slots=True)
class RecordOver:
    """Another case, which came from this one or from which this one came, is over: closed, ended or withdrawn."""

    reference: str
    status: CaseStatus


@dataclass(frozen=True, slots=True)
class RecordLed:
    """These steps, and no others, are done in another case for this one too; where that is `over`, none any more."""

    reference: str
    steps: tuple[str, ...]
    over: bool = False
    withdrawn: bool = False
    """It was withdrawn, so that its meeting of today was not held."""


@dataclass(frozen=True, slots=True)
class TakeOver:
    """What was answered in the case that leads is recorded here too; `number` is that of its event there.

    `by_silence`: nothing had come there, and silence counted.
    """

    item: str
    reference: str
    number: int
    on: date
    answers: Mapping[str, object] = field(default_factory=dict)
    at: time | None = None
    by_silence: bool = False
    untold: bool = False
    """Whoever is invited heard of the meeting before this case was linked, and not that it is treated there."""
    sent: tuple[str, ...] = ()
    """Steps that were done by themselves there, and are to be taken over next: they do not happen here once more."""


@dataclass(frozen=True, slots=True)
class ReopenWith:
    """It was reopened by hand in the case that leads, for this reason, and is owed anew here too."""

    item: str
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordSettled:
    """In the cases that are linked by a link of this kind these steps are settled, by reference; all of them."""

    kind: str
    settled: Mapping[str, tuple[str, ...]]


OfLinks = (
    Link
    | Unlink
    | Join
    | RecordLinkedFrom
    | RecordTreated
    | RecordUnlinkedFrom
    | RecordOver
    | RecordLed
    | TakeOver
    | ReopenWith
    | RecordSettled
)
