"""How late people were so far, and what follows from it for the steps that are left."""

from dataclasses import replace
from datetime import date

import pytest

from reviewflow.case.model.state import Case, Item, Manner, Status
from reviewflow.case.rules.forecast.punctuality import Punctuality, punctuality_so_far
from tests.case.rules.forecast.test_verdicts import FRI, MON, THU, TUE, WED, built, example


@pytest.mark.parametrize(
    ("punctual", "steps", "chance"),
    [
        (Punctuality(0, 0), 0, 1.0),
        (Punctuality(0, 0), 1, 0.8),  # as if two of ten had been late
        (Punctuality(5, 10), 1, 13 / 20),
        (Punctuality(5, 10), 2, 13 / 20 * 14 / 21),
        (Punctuality(0, 10, 10, 20), 1, 28 / 40),
        (Punctuality(0, 10, 100, 200), 1, 28 / 40),  # however many there were, they count as twenty
    ],
)
def test_how_likely_it_is_that_none_of_so_many_steps_is_late(
    punctual: Punctuality, steps: float, chance: float
) -> None:
    assert punctual.all_kept(steps) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("punctual", "little"),
    [
        (Punctuality(1, 4), True),  # one of four in the first days of a first case
        (Punctuality(1, 10), False),
        (Punctuality(1, 4, 0, 6), False),
        (Punctuality(0, 30), True),  # nothing was late
    ],
)
def test_while_little_is_known_a_plan_that_fits_is_not_unlikely(punctual: Punctuality, *, little: bool) -> None:
    assert punctual.tells_little is little


DONE = Item(Status.DONE, due=WED, opened=MON, done=WED)


@pytest.mark.parametrize(
    ("state", "late", "of"),
    [
        (DONE, 0, 1),
        (replace(DONE, done=THU), 1, 1),
        (replace(DONE, done=FRI, opened=THU), 0, 0),  # it could begin only after its day
        (replace(DONE, manner=Manner.SILENCE), 0, 0),
        (replace(DONE, due=None), 0, 0),
        (Item(Status.OPEN, due=TUE, opened=MON), 1, 1),
        (Item(Status.OPEN, due=WED, opened=MON), 0, 0),
        (Item(Status.SKIPPED, due=TUE, opened=MON, done=THU), 0, 0),
    ],
)
def test_what_counts_as_late(state: Item, late: int, of: int) -> None:
    assert punctuality_so_far(built().plan, case_with(state), WED) == (late, of, 0, 0)


def case_with(ask: Item, today: date = MON) -> Case:
    return replace(example(ask=ask), opened=today)


def test_past_cases_count_beside_this_one() -> None:
    plan = replace(built().plan, past_punctuality=lambda: (3, 12))
    assert punctuality_so_far(plan, case_with(DONE), WED) == (0, 1, 3, 12)
