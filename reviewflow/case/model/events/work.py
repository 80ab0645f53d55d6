"""Facts about what is owed: opened, done, sent back, fallen away, and what steps do by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar

from reviewflow.case.model.state import Answers


@dataclass(frozen=True, slots=True)
class ItemsOpened:
    """Work items or limits are owed from now on, each with its due day if that is known yet."""

    KIND: ClassVar[str] = "ItemsOpened"
    items: Mapping[str, date | None]
    opened: date
    by: Mapping[str, time] = field(default_factory=dict)
    """The time of day by which those are due that count hours."""


@dataclass(frozen=True, slots=True)
class ItemsPending:
    """Items went back to waiting: something before them is owed again."""

    KIND: ClassVar[str] = "ItemsHeldUp"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """Items fell away: their condition does not hold, or all that leads to them fell away."""

    KIND: ClassVar[str] = "NotNeeded"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntriesRemoved:
    """A list was gathered again; what was owed for entries that are no longer on it falls away."""

    KIND: ClassVar[str] = "EntriesGone"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """A step was done on the day `done`. `answers` are those that something refers to, `said` are the others."""

    KIND: ClassVar[str] = "Completed"
    item: str
    done: date
    answers: Answers = field(default_factory=dict)
    said: Answers = field(default_factory=dict)
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Dissented:
    """The answer just given is one that the process calls dissent."""

    KIND: ClassVar[str] = "Dissented"
    item: str


@dataclass(frozen=True, slots=True)
class AgreedBySilence:
    """Nothing had come by the end of the day on which it was due; the process says that this counts as agreed."""

    KIND: ClassVar[str] = "AgreedBySilence"
    item: str
    done: date


@dataclass(frozen=True, slots=True)
class Skipped:
    """A person decided, on the day `skipped`, to go on without this."""

    KIND: ClassVar[str] = "Skipped"
    item: str
    reason: str
    skipped: date


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A step that comes again was done, and is owed anew, so many rhythms after the day of its rule."""

    KIND: ClassVar[str] = "RoundOpened"
    item: str
    turn: int
    opened: date
    due: date | None = None


@dataclass(frozen=True, slots=True)
class RoundsEnded:
    """What comes again comes no more: the open round falls away, and the last one that was done stands."""

    KIND: ClassVar[str] = "RoundsEnded"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepOpened:
    """Somebody opened what the process only says may be done; those in `due` are owed by a day of their own."""

    KIND: ClassVar[str] = "StepOpened"
    items: tuple[str, ...]
    reason: str
    due: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentBack:
    """Work was sent back: all these items are owed anew; those in `due` by a day of their own."""

    KIND: ClassVar[str] = "SentBack"
    items: tuple[str, ...]
    because: str
    due: Mapping[str, date] = field(default_factory=dict)


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
class ReceivedInTime:
    """It had been done in time, and was recorded after messages had gone out on days after it was done."""

    KIND: ClassVar[str] = "CameInTime"
    item: str
    done: date
    messages: int


WorkEvent = (
    ItemsOpened
    | ItemsPending
    | NotNeeded
    | EntriesRemoved
    | Completed
    | Dissented
    | AgreedBySilence
    | Skipped
    | RoundOpened
    | RoundsEnded
    | StepOpened
    | SentBack
    | MessageSent
    | DocumentAsked
    | RunAsked
    | ReceivedInTime
)
