"""The bars of a case: which owners share one, when it begins and ends, and what stands above all."""

from datetime import date

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import CasePage, HoldLine, LinkLine
from reviewflow.service.views.in_prefect.bars import bars, case_view
from reviewflow.service.views.in_prefect.shown import CaseView
from tests.service.views.lines import OPENED, line, page

TODAY = date(2026, 5, 13)
DUE = date(2026, 5, 14)


def view(seen: CasePage) -> CaseView:
    return case_view(seen, summary="", delivery="Messages: off")


def test_a_bar_runs_from_the_day_it_opened_to_the_day_it_was_done(plan: Plan) -> None:
    done = line("agency_return/police", Standing.DONE, opened=OPENED, done=DUE, stage="A")
    fell_away = line("meeting", Standing.SKIPPED, due=DUE, stage="B")
    coming = line("submit", Standing.NOT_YET, due=DUE, after=("meeting",), stage="C")
    first, second, third = bars(plan, page(done, fell_away, coming), today=TODAY)
    assert (first.starts, first.until(TODAY)) == (OPENED, DUE)
    assert (second.starts, second.until(TODAY)) == (DUE, DUE)
    assert (third.starts, third.until(TODAY)) == (DUE, DUE)


@pytest.mark.parametrize("kind", ["step", "limit"])
def test_what_was_done_before_it_was_owed_is_drawn_from_the_day_it_was_done(plan: Plan, kind: str) -> None:
    early = line("meeting", Standing.DONE, opened=DUE, done=OPENED)
    [bar] = bars(plan, page(early) if kind == "step" else page(limits=(early,)), today=TODAY)
    assert (bar.starts, bar.until(TODAY)) == (OPENED, OPENED)


def test_what_is_owed_runs_until_today_and_what_has_no_day_yet_is_left_out(plan: Plan) -> None:
    owed = line("meeting", Standing.OVERDUE, opened=OPENED, due=OPENED)
    without = line("submission", Standing.NOT_YET)
    [bar] = bars(plan, page(owed, limits=(without,)), today=TODAY)
    assert (bar.title, bar.starts, bar.due, bar.until(TODAY)) == ("Overdue: Meeting", OPENED, OPENED, TODAY)


@pytest.mark.parametrize(
    ("seen", "label"),
    [
        (page(), "On track"),
        (page(line("meeting", Standing.ON_HOLD)), "Held"),
        (page(line("meeting", Standing.ON_HOLD), line("submit", Standing.DUE_SOON)), "Due soon"),
        (page(reviews=(line("hold:court", Standing.OVERDUE),)), "Overdue"),
        (page(limits=(line("submission", days="2 working days left", in_time=False),)), "At risk"),
        (page(limits=(line("submission", Standing.DONE_LATE, in_time=False),)), "On track"),
        (page(status="closed"), "Done"),
        (page(status="withdrawn"), "Withdrawn"),
    ],
)
def test_the_worst_of_it_is_the_label_of_the_case(seen: CasePage, label: str) -> None:
    assert view(seen).label == label


def test_what_is_said_of_the_whole_case() -> None:
    limit = line("submission", due=DUE, days="1 working day left", forecast="yes, Thu 14 May 2026")
    hold = HoldLine("court", "A court", OPENED, "a trial", "the police", None, ("Meeting",))
    link = LinkLine("RR-2026-002", "Joined: the clocks of RR-2026-002 are met here too", None)
    late = line("meeting", Standing.OVERDUE)
    assert view(page(late, limits=(limit,), holds=(hold,), related=(link,))).message == (
        "Submission: Thu 14 May 2026, 1 working day left (will it make it? yes, Thu 14 May 2026). Held: A court."
        " Joined: the clocks of RR-2026-002 are met here too. 1 overdue. Messages: off"
    )
    assert view(page(status="ended", ending="Not met")).message == "Not met"
    assert view(page(status="withdrawn")).message == "This case is withdrawn."


def test_a_picture_has_another_shape_as_soon_as_anything_in_it_changes() -> None:
    before = view(page(line("meeting")))
    assert view(page(line("meeting"))).shape == before.shape
    assert view(page(line("meeting", Standing.OVERDUE))).shape != before.shape
    assert view(page(line("meeting"), number=4)).shape != before.shape


def test_a_case_is_placed_at_its_running_limit_that_ends_first() -> None:
    over = line("submission", Standing.DONE, due=OPENED)
    runs = [line(name, due=due, days="left") for name, due in (("publication", DUE), ("panel", date(2026, 6, 1)))]
    seen = view(page(limits=(over, *reversed(runs))))
    assert (seen.due, seen.name) == (DUE, "On track · TR-2026-001 · Review")
    assert view(page(limits=(over,))).due is None
    assert view(page(limits=(*runs,), status="closed")).due is None


def test_only_an_open_case_is_found_among_the_cases() -> None:
    assert view(page()).tags == ("case", "process:review")
    assert view(page(status="closed")).tags == ("process:review",)
