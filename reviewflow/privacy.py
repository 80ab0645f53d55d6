"""What could identify a child: in the questions of a form, and in text that people type. Neither is let in.

Text is refused before it enters a history that is never changed.

It knows numbers, dates of birth and postcodes by their shape. A name it cannot know: forms do not ask for one.
"""

from __future__ import annotations

import re

_NHS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")
_BIRTH = re.compile(r"\b(?:d\.?o\.?b|born|date of birth)\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"\b(?:(?:sur|fore|first|last|full|given|family)[ _-]?names?|names? of|names?$|^names?|dob|initials|postcode|nin"
    r"|date[ _]of[ _](?:birth|death)|(?:birth|death)[ _-]?(?:date|day)|birthday|(?:home[ _]|email[ _])?address"
    r"|nhs[ _](?:number|no)|hospital[ _]number|pupil[ _]number|upn|school|nursery|ward|street|ethnicity|religion"
    r"|mother|father|parent|sibling|grandparent|gender|diagnosis)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")


def identifying_text(text: str) -> str | None:
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


def why_not_kept(text: str) -> str | None:
    """Why the text cannot be kept, as a sentence; None when it can."""
    seen = identifying_text(text)
    return seen and f"this text seems to hold {seen}. Nothing that could identify a child is kept here; leave it out."


def identifying_question(text: str) -> str | None:
    """The words of a question, or of its name, that ask for what could identify a child; None when there are none.

    Source: Working Together 2026, chapter 5, on publication (no child is to be identifiable); UK GDPR article 5(1)(c).
    """
    asked = _QUESTION.search(text.replace("_", " "))
    return asked[0] if asked else None
