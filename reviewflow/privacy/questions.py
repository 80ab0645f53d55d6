"""Questions of a form that ask for what could identify a child."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

_QUESTION = re.compile(
    r"\b(?:(?:sur|fore|first|last|full|given|family)[ _-]?names?|names? of|names?$|^names?|dob|initials|postcode|nin"
    r"|date[ _]of[ _](?:birth|death)|(?:birth|death)[ _-]?(?:date|day)|birthday|(?:home[ _]|email[ _])?address"
    r"|nhs[ _](?:number|no)|hospital[ _]number|pupil[ _]number|upn|(?P<place>school|nursery|ward|street)|ethnicity"
    r"|religion|(?P<family>mother|father|parent|sibling|grandparent)|gender|diagnosis"
    r"|(?:year|month)[ _]of[ _](?:birth|death)|(?P<life>born|die[ds]?|birth(?! (?:mother|father|parent|famil))))\b",
    re.IGNORECASE,
)


class About(StrEnum):
    """What a question may speak of where its answer can name nobody and nothing."""

    PLACE = "place"
    FAMILY = "family"
    LIFE = "life"
    """A birth or a death: whether it was, never when."""


@lru_cache(maxsize=4096)  # a folder of definitions is checked again and again, and few of its questions change
def identifying_question(text: str, may_say: tuple[About, ...] = ()) -> str | None:
    """The words of a question, or of its name, that ask for what could identify a child; None when there are none.

    `may_say` is what it may speak of all the same: whether a parent was told is answered by a yes, and names nobody.

    Source: Working Together 2026, chapter 5, on publication (no child is to be identifiable); UK GDPR article 5(1)(c).
    """
    found = _QUESTION.finditer(text.replace("_", " "))
    return next((asked[0] for asked in found if asked.lastgroup not in may_say), None)
