"""What somebody has arranged in a case: holds, contacts that are given, work that passed to another post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Placed:
    """A hold that is in place."""

    since: date
    reason: str
    requested_by: str = ""
    review: date | None = None
    """The day on which it is to be reviewed."""
    remind: date | None = None
    """The day on which those named are next reminded of that."""


def answer_words(item: str) -> str:
    """Why a hold is in place that an answer placed: 'the answer to decide'."""
    return f"the answer to {item}"


@dataclass(frozen=True, slots=True)
class KnownContact:
    """That who a contact is was given for this case; never who that is."""

    given: date
    erased: date | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """A step that its owner has delegated to another post of the partnership, or all that a post owes in the case."""

    to: str
    """The post, 'chair'; 'chair:deputy' for its deputy."""
    since: date
    until: date | None
    """The last day of it; None until somebody takes it back."""
    reason: str = ""
    """Why, while it has not begun; then it stands in the history."""
