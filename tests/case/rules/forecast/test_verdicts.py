"""The word for a clock, and the days that lead to it, in small processes."""

from dataclasses import replace
from datetime import date, time
from functools import cache

import pytest

from reviewflow.case.model.arranged import Placed
from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.rules.forecast import Because, Forecast, Verdict, forecast
from reviewflow.case.rules.forecast.verdicts import DaysToMeet, judge
from tests.case import stage

MON, TUE, WED, THU, FRI = (date(2026, 6, day) for day in (1, 2, 3, 4, 5))
NEXT_MON, NEXT_TUE, NEXT_WED = (date(2026, 6, day) for day in (8, 9, 10))
STEPS = {
    "ask": {"title": "Ask", "owner": "chair", "due": "2 working days after notified", "form": "short"},
    "write": {"title": "Write", "owner": "chair", "after": "ask", "due": "3 working days after ask"},
    "send": {"title": "Send", "owner": "chair", "after": "write", "due": "1 working day after write"},
}
LIMITS = {"clock": {"title": "The clock", "due": "9 working days after notified", "met_by": "send"}}
HOLDS = {"court": {"title": "A court", "stops": "write", "review": "10 days"}}
END = date(2026, 6, 12)


@cache
def built() -> stage.Stage:
    review = stage.process("review", STEPS, limits=LIMITS, holds=HOLDS)
    return stage.built(stage.office() | {"process.review": review}, "review")


def example(**items: Item) -> Case:
    known = {"ask": Item(Status.OPEN, due=WED, opened=MON), "clock": Item(Status.OPEN, due=END, opened=MON)}
    return Case("R-1", "review", 1, "", CaseStatus.OPEN, MON, {"notified": MON}, ("police",), known | items, rules=2)


def foreseen(case: Case, today: date = MON, *, at: time | None = None) -> Forecast:
    told = forecast(built().plan, case, "clock", today, built().calendars, clock=at)
    assert told is not None
    return told


def ending(day: date) -> Item:
    return Item(Status.OPEN, due=day, opened=MON)


def test_with_time_to_spare_it_is_on_course_and_says_what_it_hangs_on() -> None:
    told = foreseen(example())
    assert (told.verdict, told.expected, told.slack) == (Verdict.ON_COURSE, NEXT_TUE, 3)
    assert [(link.item, link.day) for link in told.chain] == [("ask", WED), ("write", NEXT_MON), ("send", NEXT_TUE)]


def test_without_time_to_spare_it_is_tight_and_never_a_plain_yes() -> None:
    told = foreseen(example(clock=ending(NEXT_TUE)))
    assert (told.verdict, told.slack) == (Verdict.TIGHT, 0)


def test_what_cannot_be_done_any_more_is_unlikely_and_says_what_would_have_to_be_done_by_when() -> None:
    told = foreseen(example(clock=ending(WED)))
    assert told.verdict is Verdict.UNLIKELY
    assert [step.item for step in told.needed] == ["ask", "write", "send"]
    assert all(MON <= step.by <= WED for step in told.needed)


def test_what_is_overdue_is_not_foreseen_for_today() -> None:
    told = foreseen(example(), NEXT_TUE)
    assert (told.chain[0].because, told.chain[0].day) == (Because.OVERDUE, date(2026, 6, 11))


@pytest.mark.parametrize("review", [None, MON, END])
def test_what_a_hold_stops_cannot_be_told_whatever_day_it_is_looked_at_again(review: date | None) -> None:
    told = foreseen(replace(example(), holds={"court": Placed(MON, "a trial", review=review)}), TUE)
    assert (told.verdict, told.holds) == (Verdict.HELD, ("court",))


def test_more_time_that_was_asked_for_counts_before_it_is_granted() -> None:
    told = foreseen(example(ask=Item(Status.OPEN, due=WED, opened=MON, asked_until=NEXT_WED)))
    assert (told.chain[0].because, told.chain[0].day) == (Because.ASKED, NEXT_WED)
    assert (told.verdict, told.slack) == (Verdict.UNLIKELY, -2)


def test_past_cases_say_how_long_a_step_takes() -> None:
    plan = replace(built().plan, past=lambda: {"write": 6.0})
    told = forecast(plan, example(), "clock", MON, built().calendars)
    assert told is not None
    assert told.expected == END


@pytest.mark.parametrize(
    ("clock", "verdict"), [(time(8), Verdict.TIGHT), (time(9), Verdict.TIGHT), (time(12), Verdict.MISSED)]
)
def test_a_limit_in_hours_is_compared_by_the_moment(clock: time, verdict: Verdict) -> None:
    done = Item(Status.DONE, done=MON, opened=MON)
    ends = Item(Status.OPEN, due=TUE, by=time(9), opened=MON)
    told = foreseen(example(ask=done, write=done, send=ending(TUE), clock=ends), TUE, at=clock)
    assert told.verdict is verdict


@pytest.mark.parametrize(("done", "verdict"), [(END, Verdict.MET), (date(2026, 6, 15), Verdict.MISSED)])
def test_what_was_met_and_what_was_met_late_is_said_too(done: date, verdict: Verdict) -> None:
    told = foreseen(example(clock=Item(Status.DONE, due=END, done=done, opened=MON)), END)
    assert (told.verdict, told.expected) == (verdict, done)


@pytest.mark.parametrize(
    ("days", "by", "verdict"),
    [
        ((MON, TUE, WED), None, Verdict.ON_COURSE),
        ((MON, TUE, WED), time(9), Verdict.TIGHT),
        ((MON, TUE, THU), None, Verdict.TIGHT),
        ((WED, THU, FRI), None, Verdict.TIGHT),
        ((THU, FRI, FRI), None, Verdict.UNLIKELY),
    ],
)
def test_the_word_of_three_days(days: tuple[date, date, date], by: time | None, verdict: Verdict) -> None:
    earliest, expected, latest = days
    assert judge(DaysToMeet(earliest, expected, lambda: latest), WED, by) is verdict


def test_how_it_goes_slowly_is_not_asked_where_the_word_does_not_hang_on_it() -> None:
    def slowly() -> date:
        raise AssertionError("asked")

    assert judge(DaysToMeet(THU, FRI, slowly), WED, None) is Verdict.UNLIKELY
    assert judge(DaysToMeet(MON, TUE, slowly), WED, None, held=True) is Verdict.HELD
    assert judge(DaysToMeet(THU, FRI, slowly), WED, None, held=True) is Verdict.UNLIKELY


def test_no_work_of_a_person_is_foreseen_on_a_day_that_is_not_worked() -> None:
    told = foreseen(example(ask=Item(Status.OPEN, due=date(2026, 6, 6), opened=FRI)), FRI)
    assert all(link.day.weekday() < 5 for link in told.chain)
