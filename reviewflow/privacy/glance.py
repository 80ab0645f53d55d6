"""One quick look at a text: most hold nothing that any of the patterns could know, and are done with it.

Each line below lets through all that one of the patterns elsewhere in this package could see, and more. Whoever adds a
pattern there adds here what it cannot do without; a test holds every text of the corpus against this.
"""

from __future__ import annotations

import re

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_IN_TURN = "(?:first|second|third|four|fif|six|seven|eigh|nin|ten|eleven|twel|thirt|twent)"
_CUES = (
    "@",
    # Days: two marks apart, beside a month, and the feasts; words of life that need no whole day.
    r"\d ?[/.-] ?[\divx]{1,4} ?[/.-] ?\d",
    r"(?<!\d)\d{1,2}/\d{1,2}(?!\d)",
    rf"(?:\d|st|nd|rd|th)(?: of|,)?[ -]?{_MONTH}",
    rf"\b{_MONTH}[a-z]{{0,6}}\b\.?,? (?:\d|{_IN_TURN})",
    "s day|boxing day",
    r"born|birth|d\.? ?o\.? ?b|b\.? ?(?:19|20)\d",
    # Names.
    r"\b(?:baby|unborn)\b|aged? |[ -]old",
    # Numbers of people: five figures together, ten with marks between; National Insurance, the police's, cars.
    r"\d{5}",
    r"\d(?:[ ()./-]{0,4}\d){9}",
    r"[a-z]{2}(?:[ .-]?\d\d){3}[ .-]?[a-d]\b",
    r"\bn\.?i\.?(?:no)?\b|\bnational insurance",
    r"\d\d/\d{1,7}[a-z]",
    r"[a-z]{2}\d\d ?[a-z]{3}\b",
    # Where somebody lives.
    r"[a-z]\d[a-z\d]?[ -]{0,3}\d[a-z]{2}\b",
    "post ?code",
    r"\d[a-z]?,? [a-z][\w' ]*\b(?:road|street|avenue|close|lane|drive|crescent|terrace|gardens|grove|rd|ave)\b",
)
_CUE = re.compile("|".join(_CUES))
_FIGURE = re.compile("[0-9]")
_IN_WORDS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "s day", "baby", "unborn", " old", "-old", "age ", "aged ", "@"),
)
"""What a text without figures cannot do without; to look for each of these costs a part of one search by a pattern."""

INITIALS = re.compile(r"\b[A-Z](?:\. ?)?[A-Z]\b|\bM(?:rs?|s|iss|x)\.? [A-Z]\b")
"""As letters stand for a name; read in the text as it was written."""


def may_hold(text: str) -> bool:
    """Whether any pattern could see something in a text of ASCII; one that has other letters is to be read in full."""
    if INITIALS.search(text):
        return True
    small = text.lower()
    if _FIGURE.search(small):
        return _CUE.search(small) is not None
    return any([word in small for word in _IN_WORDS])  # noqa: C419 - a list is made in half the time of a generator
