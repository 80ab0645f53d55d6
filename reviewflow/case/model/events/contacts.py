"""Events of the contacts of a case, and of the letters to them. Nothing in them says who a contact is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from reviewflow.case.model.state import Answers


@dataclass(frozen=True, slots=True)
class ContactGiven:
    """Who this contact is was given, or given anew; that is kept elsewhere, encrypted."""

    KIND: ClassVar[str] = "ContactGiven"
    contact: str
    given: date
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ContactErased:
    """What was kept of this contact is erased."""

    KIND: ClassVar[str] = "ContactErased"
    contact: str
    erased: date
    reason: str


@dataclass(frozen=True, slots=True)
class LetterPrepared:
    """A letter to a contact is written, and waits until a named person releases it."""

    KIND: ClassVar[str] = "LetterPrepared"
    item: str
    message: str
    contact: str


@dataclass(frozen=True, slots=True)
class LetterReleased:
    """A named person released the letter, so it goes."""

    KIND: ClassVar[str] = "LetterReleased"
    item: str
    contact: str
    released: date
    by_role: str = ""


@dataclass(frozen=True, slots=True)
class LetterRefused:
    """A named person decided that the letter does not go."""

    KIND: ClassVar[str] = "LetterRefused"
    item: str
    contact: str
    refused: date
    reason: str
    by_role: str = ""


@dataclass(frozen=True, slots=True)
class NextContactAsked:
    """The contact who was written to has not accepted, so the next in order is written to.

    `said` is what was answered. Without it nothing had come by its day, or, where `refused`, the letter did not go.
    """

    KIND: ClassVar[str] = "NextContactAsked"
    item: str
    was: str
    contact: str
    said: Answers = field(default_factory=dict)
    step: str = ""
    """The step that they answer, of which more time was given to the one before alone."""
    refused: bool = False


ContactEvent = ContactGiven | ContactErased | LetterPrepared | LetterReleased | LetterRefused | NextContactAsked
