"""How long work takes that has not begun, in all courses at once: the same as in each by itself."""

import random

import pytest

from reviewflow.case.rules.forecast.draws import COURSES, EVEN, UNEVEN, draws, in_time, spread, usually_beyond
from reviewflow.case.rules.forecast.lengths import Work
from reviewflow.case.rules.forecast.projection import HURRY


def plainly(work: Work, given: int, chance: float, part: float, beyond: float) -> int:
    """How long it takes in one course, said as one would say it."""
    days = given if given > work.planned else max(given, round(HURRY * work.planned))
    usually = usually_beyond(days)
    if chance < work.late:
        return days + 1 + int(usually * beyond)
    share = spread(work.pace, part)
    if work.usual is not None:
        habit = max(HURRY * work.usual, (work.usual - work.late * (days + 1 + usually)) / (1 - work.late))
        habit = HURRY * habit if days < work.planned else habit
        if habit > max(days, work.planned):
            return max(0, round(share / work.pace * habit))
    return in_time(share * days, days)


@pytest.mark.parametrize("seed", range(6))
def test_all_courses_at_once_are_each_by_itself(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(120):
        work = Work(
            planned=chance.choice((0.0, 1.0, 4.5, chance.uniform(0, 60))),
            usual=chance.choice((None, chance.uniform(0, 90))),
            pace=chance.choice((chance.uniform(0.01, 0.3), chance.uniform(0.3, 1.0))),
            late=chance.choice((0.0, chance.random() * 0.97, chance.choice(EVEN))),
        )
        given = [chance.randint(-20, 90) for _ in range(COURSES)] if number % 2 else [chance.randint(-5, 40)] * COURSES
        drawn = draws(f"item {number}")
        each = [
            plainly(work, given[course], late, EVEN[drawn.how_slow[course]], UNEVEN[drawn.how_late[course]])
            for late, course in sorted(zip(EVEN, drawn.latest_first, strict=True), key=lambda drew: drew[1])
        ]
        assert work.takes(given, drawn) == each


@pytest.mark.parametrize(
    ("usual", "days"),
    [
        (None, (6, 8, 10)),
        (10.5, (6, 8, 10)),  # in past cases that was late work, which is drawn for itself
        (30.0, (23, 34, 44)),
    ],
)
def test_how_many_days_work_in_time_takes(usual: float | None, days: tuple[int, ...]) -> None:
    nowhere_late = draws("ask")._replace(latest_first=())
    takes = Work(6.0, usual, 0.8, 0.2).takes([10] * COURSES, nowhere_late)
    assert tuple(takes[nowhere_late.how_slow.index(place)] for place in (0, 49, 99)) == days
