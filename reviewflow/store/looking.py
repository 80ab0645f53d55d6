"""What is looked through for rows that no seal covers: once a day all of them, else those that are new.

To ask each row that was ever written takes longer every week. What is new is told by its number or by its day. A row
that was committed late has a lower number than others that are sealed: so numbers count from the seal before the last.
What was put in below that, or says that it is of an earlier day, is sealed by the first look of the next day; until
then an audit counts it, and a doctor does not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reviewflow.store.drivers.steps import Value
from reviewflow.store.records import Seal

NAME = "sealed"
"""The name under which the numbers are kept among what was last done."""
NUMBERED = ("notices", "dispatches", "office", "sweeps", "done_jobs")
"""The tables in which what is new has a higher number, in the order of HIGHEST."""
DATED = frozenset({"attempts", "letters", "digests", "digest_attempts"})
"""Those in which what is new has a day. In all others there are few rows at any time."""
_SLACK = timedelta(days=1)
Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Look:
    """Which rows are looked through."""

    since: str = ""
    """Of rows with a day those of this one and later; '' for all rows of all kinds."""
    after: Numbers | None = None
    """Of rows with a number those above it."""

    def statement(self, kind: str) -> tuple[str, Mapping[str, Value]]:
        """The name of the statement that reads what is not sealed of a table, and its values."""
        if self.since and kind in NUMBERED:
            return f"NEWER_{kind.upper()}", {"after": (self.after or {}).get(kind, 0)}
        if self.since and kind in DATED:
            return f"NEWER_{kind.upper()}", {"since": self.since}
        return f"UNSEALED_{kind.upper()}", {}


@dataclass(frozen=True, slots=True)
class SealedNumbers:
    """The highest numbers at the last seal, and at the one before it."""

    last: Numbers
    before: Numbers

    def following(self, now: Numbers) -> SealedNumbers:
        """After another seal, at which these were the highest numbers."""
        return SealedNumbers(now, self.last)

    @property
    def text(self) -> str:
        """As it is stored."""
        return json.dumps([dict(self.last), dict(self.before)])


def read_kept(text: object) -> SealedNumbers | None:
    """What was stored; None for nothing, and for what damage left."""
    try:
        last, before = json.loads(str(text))
        return SealedNumbers(_numbers(last), _numbers(before))
    except (ValueError, TypeError, AttributeError):
        return None


def _numbers(stored: Mapping[str, object]) -> Numbers:
    return {kind: int(str(number)) for kind, number in stored.items()}


def next_look(last: Seal | None, kept: SealedNumbers | None, at: str) -> Look:
    """What to look through at this moment: all by the first of each day (in UTC), and where nothing was kept."""
    if last is None or kept is None or last.at[:10] != at[:10]:
        return Look()
    return Look((date.fromisoformat(at[:10]) - _SLACK).isoformat(), kept.before)
