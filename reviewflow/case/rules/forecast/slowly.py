"""A day that is worked out once, and only where somebody asks for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar
from weakref import ref

Courses = TypeVar("Courses")
AT_HAND = 8
"""Of so many cases, the last that were foreseen, what was played through is kept: a page asks for all at once."""
_last: deque[object] = deque(maxlen=AT_HAND)


class OnceAsked(Generic[Courses]):
    """The day that `work` finds in what was played through: `courses` while that is at hand, else the same `anew`.

    So very many forecasts can be kept: none of them holds more than its days.
    """

    def __init__(self, courses: Courses, anew: Callable[[], Courses], work: Callable[[Courses], date]) -> None:
        if not _last or _last[-1] is not courses:  # the limits of a case come one after the other
            _last.append(courses)
        self._at_hand, self._anew, self._work = ref(courses), anew, work
        self._day: date | None = None

    def __call__(self) -> date:
        """The same whenever it is asked for."""
        if self._day is None:
            self._day = self._work(self._at_hand() or self._anew())
        return self._day
