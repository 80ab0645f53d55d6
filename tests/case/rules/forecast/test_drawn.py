"""A hundred courses of the rest of a case: on which day each of them has a step done."""

from dataclasses import replace
from datetime import date
from math import log

import pytest

from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.rules.forecast.drawn import Drawn
from reviewflow.case.rules.forecast.draws import COURSES, EVEN, UNEVEN, beyond, draws, waits
from reviewflow.case.rules.forecast.lengths import Work
from reviewflow.case.rules.forecast.projection import Projection
from reviewflow.case.rules.forecast.punctuality import Punctuality, TrackRecord
from tests.case.rules.forecast.test_verdicts import MON, TUE, WED, built, example

NEVER, ALWAYS = TrackRecord(0, 10_000, 10_000, 10_000), TrackRecord(10_000, 10_000)


def drawn(case: Case, today: date, record: TrackRecord = NEVER) -> Drawn:
    course = Projection(built().plan, case, today, built().calendars, 1.0, undecided=False)
    for step in ("ask", "write", "send"):
        course.project(step)
    return Drawn(course, Punctuality({"role:chair": record}), built().calendars["office"])


def late_at(end: Drawn, item: str, day: int) -> int:
    """In how many courses it is done only after so many working days."""
    return sum(number > day for number in end.ends[item])


def test_what_is_drawn_is_even_and_always_the_same() -> None:
    assert draws("ask") == draws.__wrapped__("ask")
    assert [(number + 0.5) / COURSES for number in range(COURSES)] == EVEN
    assert [-log(1 - part) for part in EVEN] == UNEVEN
    drawn_for = draws("ask")
    assert sorted(drawn_for.latest_first) == sorted(drawn_for.how_slow) == sorted(drawn_for.how_late) == [*range(100)]
    assert len({tuple(order) for order in drawn_for}) == 3
    assert draws("ask") != draws("write")
    assert [len(drawn_for.late_ones(likely)) for likely in (0.0, 0.2, 0.205, 0.206, 1.0)] == [0, 20, 20, 21, 100]


def test_one_who_is_never_late_keeps_the_days_of_all_steps() -> None:
    courses = drawn(example(), MON)
    assert [max(courses.ends[item]) for item in ("ask", "write", "send")] == [2, 5, 6]
    assert courses.by(("send",), 1.0) == date(2026, 6, 9)


def test_one_who_is_always_late_keeps_none() -> None:
    courses = drawn(example(), MON, ALWAYS)
    assert late_at(courses, "ask", 2) >= COURSES - 1
    assert min(courses.ends["send"]) >= 9


def test_the_slower_one_was_the_later_it_is_by_the_same_share() -> None:
    often, seldom = (drawn(example(), MON, TrackRecord(late, 100, 90, 90)) for late in (60, 10))
    assert late_at(often, "ask", 2) > late_at(seldom, "ask", 2) + 40
    assert often.by(("send",), 0.73) > seldom.by(("send",), 0.73)


def test_the_nearer_its_day_the_likelier_it_is_late() -> None:
    ask = Item(Status.OPEN, due=date(2026, 6, 12), opened=MON)
    early, late = (drawn(example(ask=ask), today, TrackRecord(3, 10, 50, 100)) for today in (TUE, date(2026, 6, 12)))
    assert late_at(late, "ask", 0) > late_at(early, "ask", 8) + 20


def test_the_longer_it_has_been_overdue_the_longer_it_will_be() -> None:
    soon, later = (drawn(example(), today).ends["ask"] for today in (date(2026, 6, 4), date(2026, 6, 24)))
    assert min(soon) >= 1
    assert sum(later) > 2 * sum(soon)


@pytest.mark.parametrize(("given", "days"), [(-3, 2), (0, 2), (4, 4)])
def test_work_that_begins_late_takes_three_tenths_of_its_days_at_least(given: int, days: int) -> None:
    assert Work(6.0, None, 1.0, 0.2).hurried([given]) == {given: days}


def test_late_work_is_late_in_proportion_to_its_days_and_seldom_far() -> None:
    assert [beyond(given, log(2)) for given in (1, 10, 90)] == [1, 3, 7]
    assert waits(2, log(100)) > 3 * waits(2, log(2))


def test_more_time_that_was_asked_for_is_the_day_from_which_it_is_late() -> None:
    asked = replace(example().items["ask"], asked_until=date(2026, 6, 10))
    courses = drawn(example(ask=asked), WED)
    assert min(courses.ends["ask"]) == 5
