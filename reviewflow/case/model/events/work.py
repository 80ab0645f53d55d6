"""Events of items: opened, done, not needed, and what automatic steps do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar

from reviewflow.case.model.events.rounds import SentBack
from reviewflow.case.model.state import Answers


@dataclass(frozen=True, slots=True)
class ItemsOpened:
    """Work items or limits are owed from now on, each with its due day if that is known yet."""

    KIND: ClassVar[str] = "ItemsOpened"
    items: Mapping[str, date | None]
    opened: date
    by: Mapping[str, time] = field(default_factory=dict)
    """The time of day by which those are due that count hours."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Who owes those whose owner an answer names, such as 'agency:police'."""


@dataclass(frozen=True, slots=True)
class OwnerMoved:
    """Somebody else owes this from now on, because another answer names them."""

    KIND: ClassVar[str] = "OwnerMoved"
    item: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class AskedNext:
    """The one who was asked has not accepted, so the next in order is asked, on the day `asked`.

    `said` is what was answered; without it nothing had come by the day on which it was due.
    """

    KIND: ClassVar[str] = "AskedNext"
    item: str
    was: str
    now: str
    asked: date
    due: date | None = None
    said: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemsPending:
    """Open items are pending again, because something before them is owed again."""

    KIND: ClassVar[str] = "ItemsHeldUp"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """Items are not needed: their condition does not hold, or nothing that leads to them was needed."""

    KIND: ClassVar[str] = "NotNeeded"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntriesRemoved:
    """A list was gathered again; these items belong to entries that are no longer on it."""

    KIND: ClassVar[str] = "EntriesGone"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeNoPart:
    """These items are owed by nobody, because an answer to `source` says that their owners take no part."""

    KIND: ClassVar[str] = "TakeNoPart"
    items: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Completed:
    """An item was done on the day `done`. `answers` are those that the process refers to, `said` are the others."""

    KIND: ClassVar[str] = "Completed"
    item: str
    done: date
    answers: Answers = field(default_factory=dict)
    said: Answers = field(default_factory=dict)
    at: time | None = None
    verified_in: str = ""
    """The case in which this action of a plan was verified; '' for what was answered here."""


@dataclass(frozen=True, slots=True)
class Dissented:
    """The answer that was just given is one that the process calls dissent."""

    KIND: ClassVar[str] = "Dissented"
    item: str


@dataclass(frozen=True, slots=True)
class AnsweredLate:
    """An answer came, given on the day `done`, after its item was settled without it. It is kept; nothing follows."""

    KIND: ClassVar[str] = "AnsweredLate"
    item: str
    done: date
    answers: Answers = field(default_factory=dict)
    said: Answers = field(default_factory=dict)
    dissent: bool = False


@dataclass(frozen=True, slots=True)
class SilenceUndone:
    """An answer was given on the day `done`, before silence counted on `counted`, and recorded later: it counts.

    What still is open follows the answer; what was done or sent since stands.
    """

    KIND: ClassVar[str] = "SilenceUndone"
    item: str
    done: date
    counted: date


@dataclass(frozen=True, slots=True)
class AgreedBySilence:
    """Nothing had come by the end of the day on which it was due; the process says that this counts as agreed."""

    KIND: ClassVar[str] = "AgreedBySilence"
    item: str
    done: date
    at: time | None = None
    """The time of day by which it was due, where its rule names one."""


@dataclass(frozen=True, slots=True)
class CountedBySilence:
    """Nothing had come by the end of the day on which it was due; the process says what this counts as.

    `answers` and `said` are what silence answers, as in `Completed`.
    """

    KIND: ClassVar[str] = "CountedBySilence"
    item: str
    done: date
    counts_as: str
    answers: Answers = field(default_factory=dict)
    said: Answers = field(default_factory=dict)
    at: time | None = None
    """The time of day by which it was due, where its rule names one."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A person decided, on the day `skipped`, to go on without this."""

    KIND: ClassVar[str] = "Skipped"
    item: str
    reason: str
    skipped: date
    printed: bool = False
    """The process has letters that print the reason."""


@dataclass(frozen=True, slots=True)
class StepOpened:
    """A person opened optional items; those in `due` have a day of their own."""

    KIND: ClassVar[str] = "StepOpened"
    items: tuple[str, ...]
    reason: str
    due: Mapping[str, date] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    """The time limits that they had met and that run again."""
    ends: Mapping[str, date] = field(default_factory=dict)
    """The last day of those, as far as it does not hang on what is owed again."""
    follow: tuple[str, ...] = ()
    """What is owed again after them, because nothing else leads to it."""
    ending: str = ""
    """The ending that keeps them, where nobody opened them by hand."""
    stay: Mapping[str, date] = field(default_factory=dict)
    """By time limit that was met and whose last day is over, that day: it stays as it was met."""
    begun: Mapping[str, int] = field(default_factory=dict)
    """Which beginning of each this is, where the process says how often there may be one."""
    waits: Mapping[str, date] = field(default_factory=dict)
    """What was still owed for the time before, by the day on which it was due: it waits, and has no day until then."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item owed again, who was written to about it before and has not answered: they hear when it is over."""


@dataclass(frozen=True, slots=True)
class MessageSent:
    """An automatic step sent its message (it is in the outbox, in the same transaction)."""

    KIND: ClassVar[str] = "MessageSent"
    item: str
    message: str
    to: tuple[str, ...]
    done: date


@dataclass(frozen=True, slots=True)
class DocumentAsked:
    """An automatic step asked for a document (the job that makes it is stored in the same transaction)."""

    KIND: ClassVar[str] = "DocumentAsked"
    item: str
    document: str
    done: date


@dataclass(frozen=True, slots=True)
class RunAsked:
    """An automatic step asked for a Prefect deployment to be run (the job is stored in the same transaction)."""

    KIND: ClassVar[str] = "RunAsked"
    item: str
    deployment: str
    done: date


@dataclass(frozen=True, slots=True)
class LayBefore:
    """What an automatic step sends or runs lay before the case was brought in: it counts as done, and nothing went."""

    KIND: ClassVar[str] = "LayBefore"
    item: str
    done: date


@dataclass(frozen=True, slots=True)
class ReceivedInTime:
    """It had been done in time but was recorded late: so many messages had gone out on days after it was done."""

    KIND: ClassVar[str] = "CameInTime"
    item: str
    done: date
    messages: int


@dataclass(frozen=True, slots=True)
class DoneBeforeItsTurn:
    """It was recorded as done on a day before something that it waited for; recorded all the same."""

    KIND: ClassVar[str] = "DoneBeforeItsTurn"
    item: str
    done: date
    before: Mapping[str, date]
    """By item, what it waited for that was done later, with that day."""


WorkEvent = (
    ItemsOpened
    | OwnerMoved
    | AskedNext
    | ItemsPending
    | NotNeeded
    | TakeNoPart
    | EntriesRemoved
    | Completed
    | Dissented
    | AnsweredLate
    | SilenceUndone
    | AgreedBySilence
    | CountedBySilence
    | Skipped
    | StepOpened
    | SentBack
    | MessageSent
    | DocumentAsked
    | RunAsked
    | LayBefore
    | ReceivedInTime
    | DoneBeforeItsTurn
)
