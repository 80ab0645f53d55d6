"""The kinds of things that could identify a child, and how to write each instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identifier:
    words: str
    """After 'this text seems to hold': 'a postcode'."""
    instead: str
    """A sentence: what to write in its place."""


Finder = Callable[[str], Iterator[tuple[int, Identifier]]]
"""Yields where in a text something begins, and of which kind it is."""

_WHOSE_RECORD = "Leave it out; say in which agency's record the matter stands."
NHS_NUMBER = Identifier("an NHS number", _WHOSE_RECORD)
PUPIL_NUMBER = Identifier("a unique pupil number", _WHOSE_RECORD)
INSURANCE_NUMBER = Identifier("a National Insurance number", _WHOSE_RECORD)
RECORD = Identifier("the number of a person's record or document", _WHOSE_RECORD)
TELEPHONE = Identifier("a telephone number", "Leave it out; say who was rung by their part: the carer, the author.")
EMAIL = Identifier("the e-mail address of a person", "Leave it out; say who was written to by their part: the author.")
BIRTH = Identifier(
    "a date of birth, or another day in somebody's life", "Leave it out, or write an age in years or a school year."
)
POSTCODE = Identifier("a postcode", "Leave it out, or write the name of the district.")
ADDRESS = Identifier("the address of a house", "Leave it out, or write the name of the district.")
VEHICLE = Identifier("the registration of a car", "Leave it out; say whose car it was by their part in the review.")
NAME = Identifier("a person's name or initials", 'Write what the review calls them: "Child A", "the younger sibling".')
