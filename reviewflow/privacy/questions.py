"""Questions of a form that ask for what could identify a child."""

from __future__ import annotations

import re

_QUESTION = re.compile(
    r"\b(?:(?:sur|fore|first|last|full|given|family)[ _-]?names?|names? of|names?$|^names?|dob|initials|postcode|nin"
    r"|date[ _]of[ _](?:birth|death)|(?:birth|death)[ _-]?(?:date|day)|birthday|(?:home[ _]|email[ _])?address"
    r"|nhs[ _](?:number|no)|hospital[ _]number|pupil[ _]number|upn|school|nursery|ward|street|ethnicity|religion"
    r"|mother|father|parent|sibling|grandparent|gender|diagnosis)\b",
    re.IGNORECASE,
)


def identifying_question(text: str) -> str | None:
    """The words of a question, or of its name, that ask for what could identify a child; None when there are none.

    Source: Working Together 2026, chapter 5, on publication (no child is to be identifiable); UK GDPR article 5(1)(c).
    """
    asked = _QUESTION.search(text.replace("_", " "))
    return asked[0] if asked else None
