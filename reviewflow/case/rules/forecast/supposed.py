"""What must come about if a limit is to be met at all, of that about which nothing is decided yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Status
from reviewflow.case.rules.forecast.projection import Projection


def supposed(course: Projection, last: str, whole: Callable[[], Projection]) -> frozenset[str]:
    """The steps without which an item that the course passes over is never done; none for any other item.

    Of several ways to it the one that is soonest done; with each step also those that ask the same.
    """
    way = frozenset(_back_from(course, last, whole))
    conditions = [when for step in way if (when := course.plan.steps[step].when) is not None]
    return way | {step for step in course.plan.order if way and course.plan.steps[step].when in conditions}


def _back_from(course: Projection, last: str, whole: Callable[[], Projection]) -> Iterator[str]:
    item: str | None = last
    while item in course.passed_over:
        yield step_of(item)
        item = _before(course, item, whole)


def _before(course: Projection, item: str, whole: Callable[[], Projection]) -> str | None:
    """What must be needed for an item to be, of what it waits for; None where something of that is needed anyway."""
    waits_for = course.plan.waits_for(item, course.real)
    needed = [
        other for other in waits_for if (state := course.done.get(other)) and state.status is not Status.NOT_NEEDED
    ]
    if any(other not in course.passed_over for other in needed):
        return None
    ends = {
        step: whole().last(tuple(other for other in needed if step_of(other) == step)) for step in map(step_of, needed)
    }
    return min((end for end in ends.values() if end), key=lambda end: whole().days[end].day, default=None)
