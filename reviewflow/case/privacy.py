"""Free text that looks as if it could identify a child is refused before it enters a history that is never changed.

It knows numbers, dates of birth and postcodes by their shape. A name it cannot know: forms do not ask for one.
"""

from __future__ import annotations

import re

_NHS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")
_BIRTH = re.compile(r"\b(?:d\.?o\.?b|born|date of birth)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")


def identifying(text: str) -> str | None:
    """What the text seems to hold that could identify a child, in words; None when nothing is seen."""
    if any(_is_nhs_number("".join(found)) for found in _NHS.findall(text)):
        return "an NHS number"
    if _BIRTH.search(text) or _DAY_FIRST.search(text):
        return "a date of birth, or another day in somebody's life"
    if _POSTCODE.search(text):
        return "a postcode"
    return None


def _is_nhs_number(digits: str) -> bool:
    """The last digit of an NHS number checks the others (modulus 11, NHS Data Dictionary)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11 == int(digits[9])


def refusal(text: str) -> str | None:
    """Why the text cannot be kept, as a sentence; None when it can."""
    seen = identifying(text)
    return seen and f"this text seems to hold {seen}. Nothing that could identify a child is kept here; leave it out."
