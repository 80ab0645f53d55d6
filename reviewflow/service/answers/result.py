"""What became of an answer, in words for whoever gave it."""

from __future__ import annotations

from typing import NamedTuple

REFUSED = "Refused"
LINES_ADDED = "Lines added"
"""Of a table that grows: what was answered is recorded, and more may come."""
ASKED_AGAIN = frozenset({REFUSED, LINES_ADDED})
"""After these the same is asked still."""


class AnswerResult(NamedTuple):
    """A name of one or two words and a sentence."""

    name: str
    """'Done', 'Done late', ... as the work now stands, or 'Refused' when the rules of the case did not allow it."""
    message: str
