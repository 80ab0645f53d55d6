"""What is looked at again: a form for each kind, and what its answer does in the case, once."""

from datetime import date, datetime

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.answers.form_key import form_key
from reviewflow.service.answers.result import AnswerResult
from reviewflow.service.answers.work_item import record_answer, recorded_before
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.views.in_prefect.shown import Standing, WorkView
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened

LATE = at(1, month=6)


@pytest.fixture
def review(office: Workspace) -> str:
    """The reference of a toy review, whose national limit ends on 27 May."""
    return opened(office, ("police",))


def looks(office: Workspace, reference: str, now: datetime) -> dict[str, WorkView]:
    """The forms of what is looked at again, by id."""
    _, work, _ = pictures(office, [find(office, reference)], now=now)
    return {view.item: view for view in work if ":" in view.item}


def answered(office: Workspace, view: WorkView, now: datetime, key: str = "k", **answers: str) -> AnswerResult:
    given = {"reason": "it is so agreed", "answered_by": "Chair, Northmoor", **answers}
    return record_answer(office, form_key(view.key), given, key=key, now=now)


def decisions(view: WorkView) -> list[str]:
    return list(view.form["properties"].get("decision", {}).get("enum", ()))


def test_a_missed_limit_asks_for_its_reason_until_it_has_one(office: Workspace, review: str) -> None:
    assert looks(office, review, at(20)) == {}
    [view] = looks(office, review, LATE).values()
    assert (view.title, view.standing, view.due) == (
        f"{review} · Record why it was not met: Rapid review",
        Standing.OVERDUE,
        date(2026, 5, 27),
    )
    assert {"owed", "overdue", "owner:business_manager"} <= set(view.tags)
    assert view.form["required"] == ["reason", "answered_by"]
    assert answered(office, view, LATE, "without", reason="").name == "Refused"
    assert answered(office, view, LATE).name == "Done"
    assert looks(office, review, LATE) == {}
    assert recorded_before(office, form_key(view.key), key="k", now=LATE) == answered(office, view, LATE)
    assert recorded_before(office, form_key(view.key), key="another", now=LATE) is None


def test_whoever_does_the_work_of_a_post_in_the_case_is_asked_to_look(office: Workspace, review: str) -> None:
    for post in ("business_manager", "business_support"):
        carry_out(office, review, c.Delegate(post, "chair", None, "is away"), by=BY, now=at(6))
    carry_out(office, review, c.Respond("agency_return/police", "need_more_time"), by=BY, now=at(12))
    views = looks(office, review, LATE)
    assert len(views) == 2
    for view in views.values():
        assert {tag for tag in view.tags if tag.startswith("owner:")} == {"owner:chair"}
        assert "Chair of the review group" in view.message


def test_a_hold_is_kept_until_another_day_or_released(office: Workspace, reference: str) -> None:
    carry_out(office, reference, c.Hold("court", "a trial", review=date(2026, 5, 20)), by=BY, now=at(6))
    view = looks(office, reference, at(6))["hold:court"]
    assert (view.due, view.title) == (date(2026, 5, 20), f"{reference} · Look again at the hold: A court")
    assert "owner:chair" in view.tags
    assert decisions(view) == ["It stays held", "It is released"]
    assert answered(office, view, at(20), decision="It stays held", day="2026-06-10").name == "Done"
    assert looks(office, reference, at(20))["hold:court"].due == date(2026, 6, 10)
    assert answered(office, view, at(21), "2", decision="It is released").name == "Done"
    assert looks(office, reference, at(21)) == {}
    over = answered(office, view, at(21), "3", decision="It is released")
    assert (over.name, "decided already" in over.message) == ("Refused", True)


def test_more_time_is_given_or_not(office: Workspace, review: str) -> None:
    item = "agency_return/police"
    carry_out(office, review, c.Respond(item, "need_more_time", until=date(2026, 5, 20)), by=BY, now=at(12))
    [view] = looks(office, review, at(12)).values()
    assert "owner:business_support" in view.tags
    assert decisions(view) == ["More time is given", "No more time: the day stands"]
    without = answered(office, view, at(12), decision="More time is given", post="Business manager")
    assert (without.name, "A day is needed" in without.message) == ("Refused", True)
    granted = answered(
        office, view, at(12), "2", decision="More time is given", post="Business manager", day="2026-05-20"
    )
    assert granted.name == "Done"
    assert office.plan_and_case(find(office, review))[1].items[item].due == date(2026, 5, 20)
    assert looks(office, review, at(12)) == {}


@pytest.mark.parametrize(
    ("kind", "decision", "status"),
    [
        ("need_more_time", "No more time: the day stands", "open"),
        ("wrong_person", "It is put right: remind as before", "open"),
        ("wrong_person", "Go on without", "skipped"),
    ],
)
def test_what_was_answered_is_decided(office: Workspace, review: str, kind: str, decision: str, status: str) -> None:
    item = "agency_return/police"
    carry_out(office, review, c.Respond(item, kind), by=BY, now=at(12))
    [view] = looks(office, review, at(12)).values()
    assert decision in decisions(view)
    assert answered(office, view, at(12), decision=decision).name == "Done"
    assert office.plan_and_case(find(office, review))[1].items[item].status == status
    assert looks(office, review, at(12)) == {}


def test_a_link_goes_on_or_is_over_and_its_reference_is_not_shown(office: Workspace, review: str) -> None:
    link = c.Link("parallel", "HOLLYHOCK-7", "it is so", review=date(2026, 5, 20), outside=True)
    carry_out(office, review, link, by=BY, now=at(6))
    [view] = looks(office, review, at(6)).values()
    assert "ollyhock" not in f"{view}"
    assert answered(office, view, at(20), decision="It goes on", day="2026-06-10").name == "Done"
    [again] = looks(office, review, at(20)).values()
    assert (again.key, again.due) == (view.key, date(2026, 6, 10))
    assert answered(office, again, at(20), "2", decision="It is over").name == "Done"
    assert looks(office, review, at(20)) == {}


def test_a_refusal_repeats_nothing_that_was_typed(office: Workspace, review: str) -> None:
    [view] = looks(office, review, LATE).values()
    refused = answered(office, view, LATE, reason="NHS 943 476 5919", answered_by="Chair")
    assert (refused.name, "943" in refused.message) == ("Refused", False)
    named = answered(office, view, LATE, "2", answered_by="born 12 March 2011")
    assert (named.name, "March" in named.message) == ("Refused", False)
