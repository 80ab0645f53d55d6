"""How punctual the people of a case have been so far, and so how likely it is that what is left keeps its days."""

from __future__ import annotations

from datetime import date
from math import exp, lgamma
from typing import NamedTuple

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan

LATE_AT_FIRST, KEPT_AT_FIRST = 2, 8
"""A case of which nothing is known yet is taken for one in which two of ten pieces of work were late."""
PAST_AT_MOST = 20
"""What past cases tell counts as so many pieces of work of this one at most."""


class Punctuality(NamedTuple):
    """Of how many pieces of work that people had to do by a day so many were late; in this case, and in past ones."""

    late: int
    of: int
    past_late: int = 0
    past_of: int = 0

    @property
    def tells_little(self) -> bool:
        """Whether nothing was late, or less is known than what is assumed of a case at first."""
        return not self.late or self.of + self.past_of < LATE_AT_FIRST + KEPT_AT_FIRST

    def all_kept(self, steps: float) -> float:
        """The chance that none of so many further steps is late (Laplace's rule of succession; parts of a step too)."""
        counts = min(1.0, PAST_AT_MOST / self.past_of) if self.past_of else 0.0
        late = LATE_AT_FIRST + self.late + counts * self.past_late
        kept = KEPT_AT_FIRST + self.of - self.late + counts * (self.past_of - self.past_late)
        return exp(lgamma(late + kept) + lgamma(kept + steps) - lgamma(kept) - lgamma(late + kept + steps))


def punctuality_so_far(plan: Plan, case: Case, today: date) -> Punctuality:
    """What was answered by its day and what after it, and what is overdue.

    What could begin only after its day was made late by others, and what silence ended was done by nobody: neither
    counts.
    """
    late = of = 0
    for item, state in case.items.items():
        ended = _ended(state, today)
        step = plan.steps.get(step_of(item))
        if ended is None or state.due is None or step is None or step.owner is None:
            continue
        if state.opened is None or state.opened <= state.due:
            late, of = late + (ended > state.due), of + 1
    return Punctuality(late, of, *plan.past_punctuality())


def _ended(state: Item, today: date) -> date | None:
    """The day of an answer; today of what is overdue; None where nothing can be told yet."""
    if state.status is Status.DONE:
        return state.done if state.manner is not Manner.SILENCE else None
    return today if state.status is Status.OPEN and state.due is not None and state.due < today else None
