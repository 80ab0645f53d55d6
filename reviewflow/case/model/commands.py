"""What people, and the sweep, ask of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model.state import Answer


@dataclass(frozen=True, slots=True)
class Open:
    """Open a case; `dates` are those the process asks for."""

    dates: Mapping[str, date]
    agencies: tuple[str, ...] = ()
    origin: str = ""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which the process asks it."""


@dataclass(frozen=True, slots=True)
class Complete:
    """A step was done. `on` is the day it was really done; today when neither it nor the form says so.

    `at` is the time of day, which matters where hours are counted; of what is done today, now.
    """

    item: str
    answers: Mapping[str, object] = field(default_factory=dict)
    on: date | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """A settled step is owed again, with all that depends on it."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Go on without this step."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Open an optional step, or one that was done once more; by a day of its own when its rule gives none that fits."""

    item: str
    reason: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectDate:
    """A named date, or the day a step was done, was recorded wrongly."""

    name: str
    to: date
    reason: str
    at: time | None = None


@dataclass(frozen=True, slots=True)
class SetDate:
    """A date of the case is planned for another day, or has become known."""

    name: str
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extend:
    """Something owed may come later; the post `by_role` grants it."""

    item: str
    to: date
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordBreach:
    """Why a time limit was not met, or will not be."""

    limit: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookAhead:
    """A day has passed: tell what has turned late, or is well again."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something runs beside this case: of which kind, what it stops, and when to look at that again."""

    kind: str
    reference: str
    reason: str
    effect: str = "none"
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Unlink:
    """A link or a joined case is over, or was a mistake."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """Another case's clocks are met by this one: they count from these days."""

    reference: str
    dates: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Hold:
    """Something stands still from now on; said again, it was looked at and stays. `review`: when to look next."""

    hold: str
    reason: str
    requested_by: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What a hold stopped goes on."""

    hold: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceLegalHold:
    """Keep the file of the case for a matter, whatever the retention schedule says. Nothing in the review stops."""

    matter: str
    reason: str
    requested_by: str = ""


@dataclass(frozen=True, slots=True)
class LiftLegalHold:
    """The matter no longer needs the file."""

    matter: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeepUntil:
    """Keep the file at least to the end of this year. A year, because a day could be somebody's birthday."""

    year: int
    reason: str


@dataclass(frozen=True, slots=True)
class AddAgency:
    agency: str


@dataclass(frozen=True, slots=True)
class RemoveAgency:
    agency: str
    reason: str


@dataclass(frozen=True, slots=True)
class MergeAgencies:
    """One agency goes on for another, in everything that it owes."""

    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The whole case ends here; its history stays."""

    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """The case takes one of its process's ways out; its history stays."""

    ending: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chase:
    """The sweep found that a rung of this item's ladder is due. `send_at` is the office's sending time."""

    item: str
    send_at: time


@dataclass(frozen=True, slots=True)
class RecordUndelivered:
    """A message was refused for good, or could not go for too long: who gets it instead, and who is told."""

    item: str
    message: str
    to: str
    why: str
    instead: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class RecordDelayed:
    """A message could not go at its first try and will be tried again."""

    item: str
    message: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordRecovered:
    """A message that was delayed went, at the try of this number."""

    item: str
    message: str
    to: str
    tries: int


@dataclass(frozen=True, slots=True)
class ChaseByHand:
    """Send the message of this item's ladder that is next, now."""

    item: str


@dataclass(frozen=True, slots=True)
class Respond:
    """Whoever owes something answered without its being done; `until` is the day that they ask for."""

    item: str
    kind: str
    note: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """No reminder of this before the day `until`."""

    item: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Its reminders go on: what it waited for is put right, or more time is not granted."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordStarted:
    """The linked case that an automatic step asked for has been opened."""

    item: str
    reference: str


@dataclass(frozen=True, slots=True)
class Recount:
    """The calendar changed: count all open dates anew."""

    because: str


@dataclass(frozen=True, slots=True)
class Migrate:
    """Go on under another version of the process. `answers` are those that it asks about and the state had not kept."""

    reason: str
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)


Command = (
    Open
    | Complete
    | Reopen
    | Skip
    | OpenStep
    | CorrectDate
    | SetDate
    | Link
    | Unlink
    | Join
    | Extend
    | RecordBreach
    | LookAhead
    | Hold
    | Release
    | PlaceLegalHold
    | LiftLegalHold
    | KeepUntil
    | AddAgency
    | RemoveAgency
    | MergeAgencies
    | Withdraw
    | End
    | Chase
    | RecordUndelivered
    | RecordDelayed
    | RecordRecovered
    | ChaseByHand
    | Respond
    | Snooze
    | Resume
    | RecordStarted
    | Recount
    | Migrate
)
