"""What became of an answer, in words for whoever gave it."""

from __future__ import annotations

from typing import NamedTuple

REFUSED = "Refused"


class AnswerResult(NamedTuple):
    """A name of one or two words and a sentence."""

    name: str
    """'Done', 'Done late', ... as the work now stands, or 'Refused' when the rules of the case did not allow it."""
    message: str
