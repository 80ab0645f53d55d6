"""The bars of a case: which owners share one, when it begins and ends, and what stands above all."""

from datetime import date, datetime

import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.london import LONDON
from reviewflow.service.views.board.bars import case_view
from reviewflow.service.views.board.shown import CaseView
from reviewflow.service.views.case_page.shapes import CasePage, HoldLine, LinkLine
from tests.service.views.lines import OPENED, line, page

TODAY = date(2026, 5, 13)
DUE = date(2026, 5, 14)


def view(plan: Plan, seen: CasePage) -> CaseView:
    return case_view(plan, seen, today=TODAY, summary="", delivery="Messages: off")


def test_owners_who_stand_alike_share_a_bar_unless_they_have_to_act(plan: Plan) -> None:
    returns = [line(f"agency_return/{owner}", Standing.DONE, done=DUE) for owner in ("police", "health")]
    read = [line(f"read/{owner}", after=(f"agency_return/{owner}",)) for owner in ("police", "health")]
    tasks = view(plan, page(*returns, *read)).tasks
    assert [(task.key, task.title) for task in tasks] == [
        ("TR-2026-001/agency_return", "Agency return (2)"),
        ("TR-2026-001/read/police/1", "Read"),
        ("TR-2026-001/read/health/1", "Read"),
    ]
    assert {task.after for task in tasks[1:]} == {("TR-2026-001/agency_return",)}


def test_a_bar_runs_from_the_morning_it_opened_to_the_evening_it_was_done(plan: Plan) -> None:
    done = line("agency_return/police", Standing.DONE, opened=OPENED, done=DUE)
    fell_away = line("meeting", Standing.SKIPPED, due=DUE)
    coming = line("submit", Standing.NOT_YET, after=("meeting",))
    first, second, third = view(plan, page(done, fell_away, coming)).tasks
    at = lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)  # noqa: E731
    assert (first.starts, first.ended) == (at(OPENED, 9), at(DUE, 17))
    assert (second.starts, second.ended) == (at(DUE, 9), at(DUE, 17))
    assert (third.starts, third.ended) == (at(DUE, 9), None)


def test_words_for_what_is_owed(plan: Plan) -> None:
    owed = line(
        "meeting",
        due=DUE,
        original=OPENED,
        days="1 working day left",
        sent=2,
        by="14:30",
        answered="Acknowledged 5 May",
    )
    [task] = view(plan, page(owed)).tasks
    assert task.message == (
        "Police · due Thu 14 May 2026, 14:30, 1 working day left (first due Tue 5 May 2026) · chased 2 times"
        " · Acknowledged 5 May"
    )


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
def test_the_worst_of_it_is_the_label_of_the_case(plan: Plan, seen: CasePage, label: str) -> None:
    assert view(plan, seen).label == label


def test_what_is_said_of_the_whole_case(plan: Plan) -> None:
    limit = line("submission", due=DUE, days="1 working day left", forecast="yes, Thu 14 May 2026")
    hold = HoldLine("court", "A court", OPENED, "a trial", "the police", None, ("Meeting",))
    link = LinkLine("RR-2026-002", "Joined: the clocks of RR-2026-002 are met here too", None)
    late = line("meeting", Standing.OVERDUE)
    assert view(plan, page(late, limits=(limit,), holds=(hold,), related=(link,))).message == (
        "Submission: Thu 14 May 2026, 1 working day left (will it make it? yes, Thu 14 May 2026). Held: A court."
        " Joined: the clocks of RR-2026-002 are met here too. 1 overdue. Messages: off"
    )
    assert view(plan, page(status="ended", ending="Not met")).message == "Not met"
    assert view(plan, page(status="withdrawn")).message == "This case is withdrawn."


def test_a_picture_has_another_shape_as_soon_as_anything_in_it_changes(plan: Plan) -> None:
    before = view(plan, page(line("meeting")))
    assert view(plan, page(line("meeting"))).shape == before.shape
    assert view(plan, page(line("meeting", Standing.OVERDUE))).shape != before.shape
    assert view(plan, page(line("meeting"), number=4)).shape != before.shape


def test_a_case_is_placed_at_its_running_limit_that_ends_first(plan: Plan) -> None:
    over = line("submission", Standing.DONE, due=OPENED)
    runs = [line(name, due=due, days="left") for name, due in (("publication", DUE), ("panel", date(2026, 6, 1)))]
    seen = view(plan, page(limits=(over, *reversed(runs))))
    assert (seen.due, seen.name) == (DUE, "On track · TR-2026-001 · Review")
    assert view(plan, page(limits=(over,))).due is None
    assert view(plan, page(limits=(*runs,), status="closed")).due is None


def test_only_an_open_case_is_found_among_the_cases(plan: Plan) -> None:
    assert view(plan, page()).tags == ("case", "process:review")
    assert view(plan, page(status="closed")).tags == ("process:review",)
