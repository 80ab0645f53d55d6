"""A definition made ready to run: order, pairs and dependents, worked out once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reviewflow.case.plan.answers import PlannedAnswers
from reviewflow.case.plan.days import PlannedDays
from reviewflow.case.plan.of_cases import OfCases
from reviewflow.case.plan.owners import PlannedOwners


def _nothing_known() -> Mapping[str, float]:
    return {}


def _nobody_known() -> Mapping[str, tuple[int, int, int, int]]:
    return {}


@dataclass(frozen=True)
class Plan(PlannedAnswers, PlannedDays, PlannedOwners):
    """The pinned definition of a case, with what follows from it alone: steps, days, owners, what is asked."""

    past: Callable[[], Mapping[str, float]] = dataclasses.field(default=_nothing_known, compare=False, repr=False)
    """Asked when a forecast is made: by step, the working days that it took in past cases of this office."""
    past_punctuality: Callable[[], Mapping[str, tuple[int, int, int, int]]] = dataclasses.field(
        default=_nobody_known, compare=False, repr=False
    )
    """Asked in the same way: by who owed it, how many pieces of work were late in past cases of this office, and of how
    many; and of what was in time, how many working days it took, and how many were given for it."""

    @cached_property
    def usual(self) -> Mapping[str, float]:
        """By step, its usual length in working days, of steps that past cases tell enough of."""
        return self.past()

    @cached_property
    def foreseen(self) -> OfCases[Any]:
        """The forecasts of its cases, kept by `forecasts` while a case is as it was."""
        return OfCases()
