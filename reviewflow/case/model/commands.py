"""What people, and the sweep, ask of a case. `handlers.table` says which handler carries out which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model.state import Answer, Answers


@dataclass(frozen=True, slots=True)
class Open:
    """Open a case; `dates` are those the process asks for."""

    dates: Mapping[str, date]
    agencies: tuple[str, ...] = ()
    origin: str = ""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which the process asks it."""
    calendar: str = ""
    """The calendar in which its days are counted, where the process lets one be chosen."""


@dataclass(frozen=True, slots=True)
class Complete:
    """A step was done. `on` is the day on which it was done; today when neither that nor the form says it.

    `at` is the time of day, which matters where hours are counted; the present time for what is done today.
    """

    item: str
    answers: Mapping[str, object] = field(default_factory=dict)
    on: date | None = None
    at: time | None = None
    receipt_to: str = ""
    """The post that a letter tells that it was recorded; '' for none."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """A finished item is owed again, with all that depends on it; by its rule counted from now, unless `due` says."""

    item: str
    reason: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Go on without this step."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Open an optional step, also one that was done before; `due` is a day of its own in place of its rule's."""

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
class CorrectCalendar:
    """The calendar that was chosen for the case was the wrong one."""

    calendar: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetDate:
    """A planned date of the case is set, or moved to another day."""

    name: str
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extend:
    """A later day for an item; the post `by_role` grants it."""

    item: str
    to: date
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """The post that verifies has another post, `to`, do it up to and including a day."""

    step: str
    to: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The post that verifies does it itself again."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndDelegations:
    """A day has passed: what was delegated until a day before today is with its owner again."""


@dataclass(frozen=True, slots=True)
class RecordBreach:
    """The reason why a time limit was not met, or will not be."""

    limit: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookAhead:
    """A day has passed: warn of limits that have become late, or will be met after all."""


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


@dataclass(frozen=True, slots=True)
class RecordVerified:
    """The action of this number was verified in another case, with these answers to the form there."""

    number: int
    reference: str
    answers: Answers
    on: date


@dataclass(frozen=True, slots=True)
class RecordUnlinkedFrom:
    """Another case has this one beside it no longer."""

    reference: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Place a hold, or record that one in place was reviewed. `review` is when to review it next.

    `by_role` is the post that places it, where the process says who may.
    """

    hold: str
    reason: str
    requested_by: str = ""
    review: date | None = None
    by_role: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Release a hold; the post `by_role` does, where the process says who may."""

    hold: str
    reason: str
    by_role: str = ""


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
class GiveContact:
    """Who a contact of the case is was given; the command does not say who."""

    contact: str


@dataclass(frozen=True, slots=True)
class EraseContact:
    """What is kept of a contact of the case is to be erased."""

    contact: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseLetter:
    """A letter to a contact, which a named person has read, goes."""

    item: str


@dataclass(frozen=True, slots=True)
class RefuseLetter:
    """A letter to a contact does not go; the case goes on without it."""

    item: str
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
    """The agency `new` takes the place of `old`, in everything that it owes."""

    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The case stops for a reason that its process does not name; its history stays."""

    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """The case ends in one of the ways that its process names; its history stays."""

    ending: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chase:
    """The sweep found something due about this item. `send_at` is the office's sending time in London."""

    item: str
    send_at: time


@dataclass(frozen=True, slots=True)
class RecordUndelivered:
    """A message was refused for good, or could not go for a day.

    `passed_to` gets it instead, `reported_to` is told of it; each a recipient, or '' for nobody.
    """

    item: str
    message: str
    to: str
    why: str
    passed_to: str = ""
    reported_to: str = ""


@dataclass(frozen=True, slots=True)
class RecordDelayed:
    """A message could not be sent at its first try and will be tried again."""

    item: str
    message: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordRecovered:
    """A message that was delayed was sent, at the try of this number."""

    item: str
    message: str
    to: str
    tries: int


@dataclass(frozen=True, slots=True)
class ChaseByHand:
    """Send the owner the current message of this item's ladder now."""

    item: str


@dataclass(frozen=True, slots=True)
class Respond:
    """The owner responded although it is not done; `until` is the day that they ask for when they need more time."""

    item: str
    kind: str
    note: str = ""
    until: date | None = None
    receipt_to: str = ""
    """The post that a letter tells what was recorded; '' for none."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send no reminder of this item before the day `until`."""

    item: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Let its reminders go on: what stopped them is put right, or more time is not granted."""

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
class RecordLeft:
    """A message about this item left the building, to `to` ('agency:police:contact'); '' where that is not told."""

    item: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class AskAnew:
    """The message of this automatic step has waited for more than a working day."""

    item: str


@dataclass(frozen=True, slots=True)
class AdoptRules:
    """Go on by the present edition of reviewflow's own rules."""

    reason: str


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
    | CorrectCalendar
    | SetDate
    | Link
    | Unlink
    | Join
    | RecordLinkedFrom
    | RecordVerified
    | RecordUnlinkedFrom
    | Extend
    | Delegate
    | TakeBack
    | EndDelegations
    | RecordBreach
    | LookAhead
    | Hold
    | Release
    | PlaceLegalHold
    | LiftLegalHold
    | KeepUntil
    | GiveContact
    | EraseContact
    | ReleaseLetter
    | RefuseLetter
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
    | RecordLeft
    | AskAnew
    | AdoptRules
    | Migrate
)
