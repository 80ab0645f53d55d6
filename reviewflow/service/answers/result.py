"""What became of an answer, in words."""

from __future__ import annotations

from typing import NamedTuple

REFUSED = "Refused"


class AnswerResult(NamedTuple):
    """How whoever answered is told."""

    name: str
    """'Done', 'Done late', ... as the work now stands, or 'Refused' when the rules of the case did not allow it."""
    message: str
