"""What is left out of a picture."""

from datetime import date, timedelta

from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.in_prefect.shortened import SOON, expected, shortened
from tests.service.views.lines import line

TODAY = date(2026, 5, 6)


def test_what_passes_in_a_moment_or_was_not_needed_is_left_out(plan: Plan) -> None:
    drawn = shortened(
        plan,
        [
            line("agency_return/police", Standing.DONE),
            line("request/police", Standing.DONE, automatic=True, after=("agency_return/police",)),
            line("read/police", Standing.NOT_NEEDED, after=("request/police",)),
            line("meeting", due=TODAY, after=("read/police", "agency_return/police")),
        ],
        TODAY,
    )
    assert [drawn_line.item for drawn_line in drawn.lines] == ["agency_return/police", "meeting"]
    assert drawn.later == 0


def test_what_is_far_away_is_counted_by_step_and_what_is_open_never(plan: Plan) -> None:
    last = TODAY + SOON
    drawn = shortened(
        plan,
        [
            line("agency_return/police", Standing.OPEN, due=last + timedelta(days=9)),
            line("meeting", Standing.NOT_YET, due=last),
            line("read/police", Standing.NOT_YET, due=last + timedelta(days=1)),
            line("read/health", Standing.NOT_YET),
            line("submit", Standing.NOT_YET, after=("read/police",)),
        ],
        TODAY,
    )
    assert [drawn_line.item for drawn_line in drawn.lines] == ["agency_return/police", "meeting"]
    assert (drawn.later, drawn.until) == (2, last)


def test_a_case_that_starts_another_is_worth_seeing(plan: Plan) -> None:
    drawn = shortened(plan, [line("follow_up", Standing.DONE, automatic=True)], TODAY)
    assert [drawn_line.item for drawn_line in drawn.lines] == ["follow_up"]


def test_without_a_day_of_its_own_something_is_expected_when_what_it_waits_for_is() -> None:
    first, later = date(2026, 5, 14), date(2026, 5, 19)
    lines = [
        line("a", due=first),
        line("b", due=later),
        line("c", after=("a", "b")),
        line("d"),
        line("e", after=("c", "d")),
    ]
    assert expected(lines) == {"a": first, "b": later, "c": later, "e": later}
