"""Cases that run today, brought in: their days are the true ones, nobody hears of the past, owners have from today."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.london import london_day
from reviewflow.service.bringing_in.ahead import late_words, next_words
from reviewflow.service.bringing_in.bring_in import bring_in
from reviewflow.service.bringing_in.shapes import Moment
from reviewflow.service.commands.carry_out import current, find
from reviewflow.service.records.audit import audit_office
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from tests.service.bringing_in.pasts import LivedCase
from tests.service.bringing_in.running import DAY_9, MONTH_4, action_plan, brought, checked, rapid_review


def messages(office: Workspace) -> list[tuple[str, str, str]]:
    return [(notice.item, notice.message, notice.recipient) for notice in office.store.notices()]


def test_a_rapid_review_on_its_ninth_day_has_its_true_days_and_no_letter(
    shipped_office: Workspace, tmp_path: Path
) -> None:
    [review] = brought(shipped_office, tmp_path, DAY_9, rapid_review())
    case = current(shipped_office, review.reference)
    assert review.reference == "RR-2026-001"
    assert messages(shipped_office) == []
    assert case.opened == date(2026, 5, 5)
    assert case.items["submission"].due == date(2026, 5, 27)
    assert case.items["agency_return/police"].done == date(2026, 5, 13)
    given = case.items["agency_return/hospital_trust"]
    assert (given.due, given.original) == (date(2026, 5, 19), date(2026, 5, 14))
    stored = list(shipped_office.store.events(review.reference))
    assert {event.recorded_at for event in stored} == {"2026-05-18T09:00:00+00:00"}
    assert [event.on for event in stored] == sorted(event.on for event in stored)
    assert {event.on for event in stored} == {"2026-05-05", "2026-05-06", "2026-05-13"}
    assert list(audit_office(shipped_office)) == []


def test_what_is_late_is_told_to_its_owner_first_and_higher_up_a_working_day_later(
    shipped_office: Workspace, tmp_path: Path
) -> None:
    [review] = brought(shipped_office, tmp_path, DAY_9, rapid_review())
    item, told = "agency_return/education", dict[date, set[str]]()
    for day in range(4):
        now = DAY_9 + timedelta(days=day)
        chase_due_items(shipped_office, now=now)
        chase_due_items(shipped_office, now=now)
        told[london_day(now)] = {to for one, _, to in messages(shipped_office) if one == item}
    owner = {"agency:education:contact"}
    assert told[date(2026, 5, 18)] == owner
    assert told[date(2026, 5, 19)] > owner
    assert next(message for one, message, _ in messages(shipped_office) if one == item) == "now_owed"
    assert list(audit_office(shipped_office)) == []
    assert find(shipped_office, review.reference).status == "open"


def test_one_line_says_what_comes_next_and_the_late_are_a_list(shipped_office: Workspace, tmp_path: Path) -> None:
    [ready], _ = checked(shipped_office, tmp_path, DAY_9, rapid_review())
    late = list(late_words(ready.context))
    assert next_words(ready.context).startswith(
        "next letter Mon 18 May 2026 to Northmoor Education Service (Agency summary and chronology · Northmoor "
        "Education Service); next limit Wed 27 May 2026: Complete the rapid review and send it to the Panel ("
    )
    assert next_words(ready.context).endswith(f"; late now: {len(late)}.")
    assert "Find out which other agencies know the family (Business support officer), due Fri 8 May 2026" in late
    assert late[-1].endswith("· Northmoor Education Service (Northmoor Education Service), due Thu 14 May 2026")


def test_half_of_an_action_plan_is_done(shipped_office: Workspace, tmp_path: Path) -> None:
    [plan] = brought(shipped_office, tmp_path, MONTH_4, action_plan())
    case = current(shipped_office, plan.reference)
    stands = [case.items[f"do_action/{line}"].status for line in (1, 2, 3, 4)]
    assert stands == [Status.DONE, Status.DONE, Status.OPEN, Status.OPEN]
    assert case.items["see_evidence/2"].due == date(2026, 8, 17)
    assert messages(shipped_office) == []


def test_a_practice_review_in_its_fourth_month_with_more_time(shipped_office: Workspace, tmp_path: Path) -> None:
    lived, owed = _practice_review(shipped_office)
    before, plan = lived.case, lived.plan
    told = lived.as_told("CSPR 3")
    until = (MONTH_4 + timedelta(days=14)).date().isoformat()
    yesterday = (MONTH_4 - timedelta(days=1)).date().isoformat()
    more = {"extend": owed, "on": yesterday, "until": until, "by": "review_group_chair", "reason": "The trial"}
    told["happened"] = [*told["happened"], more]
    [review] = brought(shipped_office, tmp_path, MONTH_4, told)
    case = current(shipped_office, review.reference)
    assert (case.items[owed].due, case.items[owed].original) == (date.fromisoformat(until), before.items[owed].due)
    limits = {item: state.due for item, state in before.items.items() if plan.is_limit(item)}
    assert limits == {item: case.items[item].due for item in limits}
    assert limits
    assert messages(shipped_office) == []


def _practice_review(office: Workspace) -> tuple[LivedCase, str]:
    """A made-up one that is still open in its fourth month, and a step of it that may have more time."""
    opened, plan = MONTH_4.date() - timedelta(days=118), Plan(office.definition("cspr"))
    for seed in range(30):
        lived = LivedCase(plan, office.calendars, ("police", "education"), opened, seed)
        lived.pace = 0.2
        lived.met.update(("ending", name) for name in plan.definition.process.endings)  # nobody ends it by hand
        case = lived.until(MONTH_4.date())
        owed = [item for item, state in case.items.items() if state.status is Status.OPEN and not plan.is_limit(item)]
        extendable = [item for item in owed if _is_due_soon(case.items[item]) and not plan.is_automatic(item)]
        if case.status is CaseStatus.OPEN and extendable:
            return lived, extendable[0]
    raise AssertionError("none")


def _is_due_soon(state: Item) -> bool:
    return state.due is not None and state.due < MONTH_4.date() + timedelta(days=14)


def test_the_same_file_again_brings_in_nothing_twice(shipped_office: Workspace, tmp_path: Path) -> None:
    brought(shipped_office, tmp_path, DAY_9, rapid_review())
    before = len(list(shipped_office.store.events("RR-2026-001")))
    [again] = brought(shipped_office, tmp_path, DAY_9 + timedelta(days=1), rapid_review())
    assert (again.reference, again.was_here) == ("RR-2026-001", True)
    assert len(list(shipped_office.store.events("RR-2026-001"))) == before


def test_what_was_killed_in_the_middle_is_said_again_and_finishes(shipped_office: Workspace, tmp_path: Path) -> None:
    cases = (rapid_review(), action_plan())
    ready, _ = checked(shipped_office, tmp_path, MONTH_4, *cases)
    assert next(bring_in(shipped_office, ready, Moment("A. Officer", MONTH_4))).reference == "RR-2026-001"
    both = brought(shipped_office, tmp_path, MONTH_4, *cases)
    assert [(one.reference, one.was_here) for one in both] == [("RR-2026-001", True), ("AP-2026-001", False)]


def test_one_that_cannot_be_written_stops_no_other(shipped_office: Workspace, tmp_path: Path) -> None:
    ready, _ = checked(shipped_office, tmp_path, MONTH_4, rapid_review(), action_plan())
    first = replace(ready[0], past=replace(ready[0].past, opening=replace(ready[0].past.opening, agencies=())))
    became = list(bring_in(shipped_office, [first, ready[1]], Moment("A. Officer", MONTH_4)))
    assert [one.reference for one in became] == ["", "AP-2026-001"]
    assert became[0].refused == "running.yaml, line 2: This process needs at least 1 agency; 0 given."
    assert shipped_office.store.load("RR-2026-001") is None


def test_what_happened_today_is_recorded_as_on_any_day_and_its_letters_go(
    shipped_office: Workspace, tmp_path: Path
) -> None:
    told = rapid_review()
    told["happened"] = [
        {**line, "on": "2026-05-18"} if line.get("step") == "set_up" else line for line in told["happened"]
    ]
    told["happened"] = told["happened"][:2]
    brought(shipped_office, tmp_path, DAY_9, told)
    asked = {to for _, message, to in messages(shipped_office) if message == "request_for_information"}
    assert asked == {f"agency:{name}:contact" for name in ("police", "hospital_trust", "education")}
    assert list(audit_office(shipped_office)) == []


@pytest.mark.parametrize("reference", ["The Smith children", "NHS 943 476 5919"])
def test_a_reference_that_names_somebody_is_refused(shipped_office: Workspace, tmp_path: Path, reference: str) -> None:
    _, problems = checked(shipped_office, tmp_path, DAY_9, {**rapid_review(), "was": reference})
    assert len(problems) == 1
    assert problems[0].startswith("running.yaml, line 2: Our reference: ")
