"""What is worked out of a case is kept while the case is as it was, and worked out anew as soon as something is not."""

from dataclasses import replace
from datetime import date, timedelta

from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.of_cases import MOST, OfCases
from tests.case import stage

DAY = date(2026, 6, 1)
CASE = Case("RR-2026-001", "review", 1, "hash", CaseStatus.OPEN, DAY, {"notified": DAY}, ("police",))
CALENDARS, OTHERS = stage.calendars(), stage.calendars(proclaimed=(date(2026, 7, 1),))


class Worker:
    """Works out how often it has worked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_a_case_as_it_was_is_not_worked_out_twice() -> None:
    kept, work = OfCases[int](), Worker()
    assert [kept.of(CASE, DAY, CALENDARS, work) for _ in range(3)] == [1, 1, 1]


def test_another_day_another_case_or_other_calendars_are_worked_out_anew() -> None:
    kept, work = OfCases[int](), Worker()
    assert kept.of(CASE, DAY, CALENDARS, work) == 1
    assert kept.of(CASE, DAY + timedelta(days=1), CALENDARS, work) == 2
    changed = replace(CASE, outside=("CDR-1",))
    assert kept.of(changed, DAY + timedelta(days=1), CALENDARS, work) == 3
    assert kept.of(changed, DAY + timedelta(days=1), OTHERS, work) == 4
    assert kept.of(changed, DAY, CALENDARS, work) == 5


def test_of_two_cases_each_is_kept() -> None:
    kept, work, other = OfCases[int](), Worker(), replace(CASE, reference="RR-2026-002")
    assert [kept.of(case, DAY, CALENDARS, work) for case in (CASE, other, CASE, other)] == [1, 2, 1, 2]


def test_the_oldest_gives_way_when_there_are_too_many() -> None:
    kept, work = OfCases[int](), Worker()
    for number in range(MOST + 1):
        kept.of(replace(CASE, reference=f"RR-2026-{number}"), DAY, CALENDARS, work)
    assert kept.of(replace(CASE, reference=f"RR-2026-{MOST}"), DAY, CALENDARS, work) == MOST + 2  # another object
    assert kept.of(replace(CASE, reference="RR-2026-0"), DAY, CALENDARS, work) == MOST + 3
