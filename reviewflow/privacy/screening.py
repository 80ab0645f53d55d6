"""One look at a text for all that could identify a child."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from reviewflow.privacy.glance import INITIALS, may_hold
from reviewflow.privacy.kinds import Finder, Identifier

_UNSEEN = frozenset({"Cf", "Co"})
"""Categories of marks that nobody sees; some of them stand for days (`days.mark_days`)."""
_DAY_IN_WORDS = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december|s day\b", re.IGNORECASE
)
_SOMEBODY_IN_WORDS = re.compile(r"baby|unborn|[ -]old\b|aged?\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_ALIKE = {**dict.fromkeys(range(0x2010, 0x2016), "-"), 0x2212: "-", 0x2018: "'", 0x2019: "'"}
"""Dashes and apostrophes, as the one that keyboards have."""


class Sighting(NamedTuple):
    """Something that could identify a child; never what it is."""

    kind: Identifier
    word: int
    """At which word of the text it begins, from 1."""


def first_sighting(text: str) -> Sighting | None:
    """What is seen first in the text; None when nothing is."""
    plain = _plain(text)
    if plain.isascii() and not may_hold(plain):
        return None
    seen = [place for find in _finders(plain) for place in find(plain)]
    if not seen:
        return None
    start, kind = min(seen, key=lambda place: place[0])
    return Sighting(kind, len(plain[: start + 1].split()))


def _finders(text: str) -> Iterator[Finder]:
    """Those that could see something; patterns take a while to make, so only those of texts that need them are."""
    figures = _FIGURE.search(text) is not None if text.isascii() else any(mark.isdigit() for mark in text)
    if figures:
        from reviewflow.privacy.numbers import numbers_of_people

        yield numbers_of_people
    if figures or "@" in text:
        from reviewflow.privacy.places import places

        yield places
    if figures or _DAY_IN_WORDS.search(text):
        from reviewflow.privacy.days import days_of_life

        yield days_of_life
    if figures or _SOMEBODY_IN_WORDS.search(text) or INITIALS.search(text):
        from reviewflow.privacy.people import people

        yield people


def _plain(text: str) -> str:
    """The text as it is read: figures, spaces and dashes of other forms as the common ones, no invisible marks."""
    if text.isascii():
        return text if text.isprintable() else re.sub(r"\s", " ", text)
    seen = "".join(mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) not in _UNSEEN)
    return re.sub(r"\s", " ", seen.translate(_ALIKE))
