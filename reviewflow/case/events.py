"""The facts of a case's history. Small frozen values, stored as JSON, never changed afterwards."""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Any

from reviewflow.case.state import Answers


@dataclass(frozen=True, slots=True)
class Opened:
    """A case was opened under one pinned definition."""

    process: str
    version: int
    definition: str
    opened: date
    dates: Mapping[str, date]
    agencies: tuple[str, ...]
    origin: str = ""
    times: Mapping[str, time] = field(default_factory=dict)
    """The time of day of those dates of which it was asked."""


@dataclass(frozen=True, slots=True)
class ItemsOpened:
    """Work items or limits are owed from now on, each with its due day if that is known yet."""

    items: Mapping[str, date | None]
    opened: date
    by: Mapping[str, time] = field(default_factory=dict)
    """The time of day by which those are due that count hours."""


@dataclass(frozen=True, slots=True)
class ItemsHeldUp:
    """Items went back to waiting: something before them is owed again."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """Items fell away: their condition does not hold, or all that leads to them fell away."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntriesGone:
    """A list was gathered again; what was owed for entries that are no longer on it falls away."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """A step was done on the day `done`. `answers` are those that something refers to, `said` are the others."""

    item: str
    done: date
    answers: Answers = field(default_factory=dict)
    said: Answers = field(default_factory=dict)
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Dissented:
    """The answer just given is one that the process calls dissent."""

    item: str


@dataclass(frozen=True, slots=True)
class AgreedBySilence:
    """Nothing had come by the end of the day on which it was due; the process says that this counts as agreed."""

    item: str
    done: date


@dataclass(frozen=True, slots=True)
class Skipped:
    """A person decided, on the day `skipped`, to go on without this."""

    item: str
    reason: str
    skipped: date


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A step that comes again was done, and is owed anew, so many rhythms after the day of its rule."""

    item: str
    turn: int
    opened: date
    due: date | None = None


@dataclass(frozen=True, slots=True)
class RoundsEnded:
    """What comes again comes no more: the open round falls away, and the last one that was done stands."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepOpened:
    """Somebody opened what the process only says may be done; those in `due` are owed by a day of their own."""

    items: tuple[str, ...]
    reason: str
    due: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LimitMet:
    """The step that a limit watches was done on this day, in time or not."""

    item: str
    done: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class LateForeseen:
    """As things stand a limit will not be met; those named are told (the message is in the outbox)."""

    item: str
    due: date
    expected: date
    chain: tuple[str, ...] = ()
    """The steps that decide when it will be, the first of them first."""
    holds: tuple[str, ...] = ()
    endless: bool = False
    """Nobody has said when one of these holds is looked at again, so nobody can say when it will be met."""
    message: str = ""
    to: tuple[str, ...] = ()
    document: str = ""
    """The notice that is drafted because of it (the job that makes it is stored in the same transaction)."""


@dataclass(frozen=True, slots=True)
class WellAgain:
    """A limit of which the opposite was told will be met in time, or was."""

    item: str
    due: date
    expected: date | None = None
    message: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitBreached:
    """A limit ran out before it was met, and why is wanted; a notice is drafted where the process has one."""

    item: str
    due: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class BreachExplained:
    """Somebody recorded why a limit was not met, or will not be."""

    item: str
    reason: str
    explained: date


@dataclass(frozen=True, slots=True)
class SentBack:
    """Work was sent back: all these items are owed anew; those in `due` by a day of their own."""

    items: tuple[str, ...]
    because: str
    due: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """The owner of work that was sent back is told so (the message is in the outbox, in the same transaction)."""

    item: str
    message: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueMoved:
    """Due days changed because something they count from changed."""

    items: Mapping[str, date | None]
    because: str
    by: Mapping[str, time] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DateCorrected:
    """A named date, or the day a step was done, had been recorded wrongly."""

    name: str
    was: date
    now: date
    reason: str
    field: str = ""
    """The question of the step's form that asked for this day."""
    at: time | None = None
    """The time of day, where that was corrected."""


@dataclass(frozen=True, slots=True)
class DateSet:
    """A date of the case was set, or moved: by a person with a reason, by an answer, or by an automatic step."""

    name: str
    to: date
    was: date | None = None
    reason: str = ""
    item: str = ""
    """The step whose answer set it, or that set it by itself."""


@dataclass(frozen=True, slots=True)
class LeftNoTime:
    """A warning: since a date was set, these are due on days that have passed, or come after these limits end."""

    name: str
    items: Mapping[str, date]
    beyond: Mapping[str, date] = field(default_factory=dict)
    """The limits that the day now overruns, each with when it ends."""


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """Something runs beside the case; `hold` is what it stops, where the process has such a hold."""

    reference: str
    kind: str
    effect: str
    linked: date
    reason: str
    hold: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class CaseJoined:
    """The clocks of another case, which count from these days, are met by this one."""

    reference: str
    dates: Mapping[str, date]
    joined: date


@dataclass(frozen=True, slots=True)
class CaseUnlinked:
    """It no longer runs beside the case; a joined case's clocks are no longer met here."""

    reference: str
    unlinked: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extended:
    """A later day was granted; what was due first is kept."""

    item: str
    was: date
    to: date
    by_role: str
    reason: str


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """What a hold names stands still from this day on: somebody said so, or an answer of `item`."""

    hold: str
    placed: date
    reason: str = ""
    requested_by: str = ""
    item: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReviewed:
    """A hold was looked at again and stays."""

    hold: str
    reviewed: date
    reason: str
    review: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReviewDue:
    """A hold is to be looked at; those named are told (the message is in the outbox), and `again` reminded then."""

    hold: str
    message: str
    to: tuple[str, ...]
    again: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """What a hold stopped goes on: somebody said so, or an answer of `item`."""

    hold: str
    released: date
    reason: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class AgencyJoined:
    agency: str


@dataclass(frozen=True, slots=True)
class AgencyLeft:
    """An agency no longer takes part; what it still owed falls away."""

    agency: str
    reason: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgenciesMerged:
    """One agency goes on for another: it owes what that one did, in `items`, by the same days."""

    old: str
    new: str
    reason: str
    items: tuple[str, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """Answers that named the old one, by item, with the new one in its place."""


@dataclass(frozen=True, slots=True)
class MessageSent:
    """An automatic step sent its message (it is in the outbox, in the same transaction)."""

    item: str
    message: str
    to: tuple[str, ...]
    done: date


@dataclass(frozen=True, slots=True)
class DocumentAsked:
    """An automatic step asked for a document (the job that makes it is stored in the same transaction)."""

    item: str
    document: str
    done: date


@dataclass(frozen=True, slots=True)
class RunAsked:
    """An automatic step asked for a Prefect deployment to be run (the job is stored in the same transaction)."""

    item: str
    deployment: str
    done: date


@dataclass(frozen=True, slots=True)
class Chased:
    """A rung of a ladder fell due and its message was promised; `passed` rungs before it were passed over."""

    item: str
    rung: int
    passed: int
    message: str
    to: tuple[str, ...]
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A rung fell due on the day `fell`, and a later one before anything could go out: it was not sent."""

    item: str
    rung: int
    message: str
    to: tuple[str, ...]
    fell: date


@dataclass(frozen=True, slots=True)
class ChasedByHand:
    """Somebody had a message sent before its time; of its ladder everything up to that day is passed."""

    item: str
    rungs: int
    message: str
    to: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Responded:
    """Whoever owes it answered without its being done; of its ladder everything up to that day is passed."""

    item: str
    kind: str
    on: date
    rungs: int
    note: str = ""
    wanted: date | None = None
    """The day until which more time was asked for."""
    remind: date | None = None
    """When the office is reminded, where it has to decide."""


@dataclass(frozen=True, slots=True)
class Snoozed:
    """No message goes out about it before the day `until`."""

    item: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """Its reminders go on."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionDue:
    """Nobody has decided yet; those named are told (the message is in the outbox), and `again` reminded then."""

    item: str
    message: str
    to: tuple[str, ...]
    again: date


@dataclass(frozen=True, slots=True)
class CameInTime:
    """It had been done in time, and was recorded after messages had gone out on days after it was done."""

    item: str
    done: date
    messages: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message will never reach whom it was for. `instead` is who gets it now, `told` who is told of it."""

    item: str
    message: str
    to: str
    why: str
    instead: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class CaseStarted:
    """An automatic step opened a linked case."""

    item: str
    reference: str
    done: date


@dataclass(frozen=True, slots=True)
class CaseWithdrawn:
    reason: str


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """The case took one of its process's ways out; without a reason, because the answers said so."""

    ending: str
    ended: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """Everything is settled."""

    closed: date


@dataclass(frozen=True, slots=True)
class Migrated:
    """The case goes on under another version of its process; `gone` is what that version does not know."""

    version: int
    definition: str
    reason: str
    gone: tuple[str, ...] = ()
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """Answers given earlier that this version asks about, by item."""


Event = (
    Opened
    | ItemsOpened
    | ItemsHeldUp
    | NotNeeded
    | EntriesGone
    | Completed
    | Dissented
    | AgreedBySilence
    | Skipped
    | RoundOpened
    | RoundsEnded
    | StepOpened
    | LimitMet
    | LateForeseen
    | WellAgain
    | LimitBreached
    | BreachExplained
    | SentBack
    | Told
    | DueMoved
    | DateCorrected
    | DateSet
    | LeftNoTime
    | CaseLinked
    | CaseJoined
    | CaseUnlinked
    | Extended
    | HoldPlaced
    | HoldReviewed
    | HoldReviewDue
    | HoldReleased
    | AgencyJoined
    | AgencyLeft
    | AgenciesMerged
    | MessageSent
    | DocumentAsked
    | RunAsked
    | Chased
    | Undelivered
    | PassedOver
    | ChasedByHand
    | Responded
    | Snoozed
    | Resumed
    | DecisionDue
    | CameInTime
    | CaseStarted
    | CaseWithdrawn
    | CaseEnded
    | CaseClosed
    | Migrated
)

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in typing.get_args(Event)}


def _iso(value: date | time) -> str:
    return value.isoformat()


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso).encode


def encode(event: Event) -> str:
    """Canonical JSON: keys sorted, no spaces, days as ISO text; empty values are left out."""
    values = {name: getattr(event, name) for name in _hints(type(event).__name__)}
    kept = {name: value for name, value in values.items() if value is not False and value not in ((), {}, "", None)}
    return _canonical(kept)


def decode(kind: str, body: str) -> Event:
    """The event that `encode` wrote; raises KeyError or TypeError when it was not written by this program."""
    values: dict[str, Any] = json.loads(body)
    hints = _hints(kind)
    for name, hint in hints.items():
        if name in values:
            values[name] = _restored(values[name], hint)
        elif hint in _EMPTY:
            values[name] = _EMPTY[hint]()
    return KINDS[kind](**values)


@cache
def _hints(kind: str) -> dict[str, Any]:
    return typing.get_type_hints(KINDS[kind])


_DAYS = Mapping[str, date]
_MAYBE_DAYS = Mapping[str, date | None]
_DAY = (date, date | None)
_CLOCKS = Mapping[str, time]
_OF_ITEMS = Mapping[str, Answers]
_EMPTY: dict[Any, Any] = {
    tuple[str, ...]: tuple,
    _DAYS: dict,
    _MAYBE_DAYS: dict,
    Answers: dict,
    _OF_ITEMS: dict,
    _CLOCKS: dict,
    str: str,
    bool: bool,
}


def _restored(value: Any, hint: Any) -> Any:
    if hint in _DAY:
        return date.fromisoformat(value)
    if hint == time | None:
        return time.fromisoformat(value)
    if hint == _CLOCKS:
        return {name: time.fromisoformat(clock) for name, clock in value.items()}
    if hint in (_DAYS, _MAYBE_DAYS):
        return {name: day and date.fromisoformat(day) for name, day in value.items()}
    return tuple(value) if hint == tuple[str, ...] else value
