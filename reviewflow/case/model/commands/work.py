"""Commands about one piece of work: done, reopened, skipped, opened, and what follows by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from reviewflow.case.model.state import Answers


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
    together: bool = False
    """Whether it was answered in another case, for this one too."""
    brought_in: bool = False
    """Whether its tables come from elsewhere, and need not say what a later step asks for."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of a table that grows says otherwise in these columns; the others stay."""

    table: str
    """By the item and the question that gathers it: 'log.complaints'."""
    number: int
    answers: Mapping[str, object]
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawLine:
    """A line of a table that grows counts no more: it was added by mistake, or is another's."""

    table: str
    """By the item and the question that gathers it: 'log.complaints'."""
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """A finished item is owed again, with all that depends on it; by its rule counted from now, unless `due` says."""

    item: str
    reason: str
    due: date | None = None
    never_done: bool = False
    """It had been recorded as done and never was: what it seemed to meet was not met."""


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
class Delegate:
    """Another post, `to`, does what a post owes in this case, or verifies in its place; from today, or from `since`.

    `step` is the step of verification, or the post. Without `until`, that is its last day, it is taken back by hand.
    """

    step: str
    to: str
    until: date | None
    reason: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The post that owes it does it itself again."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndDelegations:
    """A day has come: what was delegated until a day before today is with its owner again, what is to begin begins."""


@dataclass(frozen=True, slots=True)
class RecordVerified:
    """The action of this number was verified in another case, with these answers to the form there."""

    number: int
    reference: str
    answers: Answers
    on: date


@dataclass(frozen=True, slots=True)
class RecordStarted:
    """The linked case that an automatic step asked for has been opened."""

    item: str
    reference: str
    nth: int | None = None
    """After which time that the other step was done, where one is opened after each; the last one unless given."""
    of: date | None = None
    """The day of that round."""


OfWork = (
    Complete
    | ChangeLine
    | WithdrawLine
    | Reopen
    | Skip
    | OpenStep
    | Delegate
    | TakeBack
    | EndDelegations
    | RecordVerified
    | RecordStarted
)
