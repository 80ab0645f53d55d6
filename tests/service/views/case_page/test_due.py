"""What a manager is shown as owed: late, coming, and left open by a case that is over."""

import shutil
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.case_page.due import due_lines, foreseen_line
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.listed import listed


def test_a_limit_that_was_not_met_wants_its_reason_when_the_case_is_over_too(office: Workspace) -> None:
    reference = opened(office)
    for agency in ("police", "health"):
        done(office, reference, f"agency_return/{agency}", at(12))
        done(office, reference, f"read/{agency}", at(12))
    done(office, reference, "meeting", at(19), held_on="2026-05-19", learning="no")
    chase_due_items(office, now=at(1, month=6))
    done(office, reference, "submit", at(1, month=6))
    assert office.store.cases("open") == []
    [(of, line)] = due_lines(office, now=at(3, month=6), days=7)
    assert (of, line.item, line.days) == (reference, "breach:submission", "reason wanted")
    carry_out(office, reference, c.RecordBreach("submission", "A return came late"), by=BY, now=at(3, month=6))
    assert due_lines(office, now=at(3, month=6), days=7) == []


def test_what_falls_due_later_is_left_out_and_what_is_most_urgent_stands_first(office: Workspace) -> None:
    opened(office, ("police",))
    days = [(line.item, str(line.due)) for _, line in due_lines(office, now=at(12), days=7)]
    assert days == [("agency_return/police", "2026-05-14")]
    days = [(line.item, str(line.due)) for _, line in due_lines(office, now=at(12), days=30)]
    assert days == [("agency_return/police", "2026-05-14"), ("submission", "2026-05-27")]
    [_, (_, limit)] = due_lines(office, now=at(12), days=30, line_of=foreseen_line)
    assert isinstance(limit, Line)
    assert (limit.forecast, limit.in_time) == ("tight, no slack", True)


def test_a_list_that_shows_no_forecast_asks_for_none(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(office, ("police",))
    [_, (_, limit)] = due_lines(office, now=at(12), days=30, line_of=foreseen_line)

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("It was asked for a forecast.")

    monkeypatch.setattr("reviewflow.service.messages.foreseen.forecasts", forbidden)
    [_, (_, listed)] = due_lines(office, now=at(12), days=30)
    assert (listed.due, listed.days, listed.owner) == (limit.due, limit.days, limit.owner)
    with pytest.raises(AssertionError, match="asked for a forecast"):
        due_lines(office, now=at(12), days=30, line_of=foreseen_line)


LISTS = listed(
    '{about: {type: list, label: "What is asked?"}}',
    "for_each: book.about, owner: chair, due: 5 working days after book",
)


def test_what_a_form_named_is_called_in_each_case_as_it_was_named_there(office: Workspace, tmp_path: Path) -> None:
    office.folder = tmp_path / "definitions"
    shutil.copytree(Path(__file__).parents[3] / "toy", office.folder)
    (office.folder / "processes" / "listed.yaml").write_text(LISTS, encoding="utf-8")
    for about in (["Housing", "School"], ["SCHOOL"]):
        case = open_case(office, "listed", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(5)).case
        carry_out(office, case.reference, c.Complete("book", {"about": about}), by=BY, now=at(5))
    titles = [(of, line.title.partition(" · ")[2]) for of, line in due_lines(office, now=at(12), days=30)]
    assert titles == [("ADV-2026-001", "Housing"), ("ADV-2026-001", "School"), ("ADV-2026-002", "SCHOOL")]


def test_a_local_limit_wants_its_reason_where_it_says_so(office: Workspace, tmp_path: Path) -> None:
    office.folder = tmp_path / "definitions"
    shutil.copytree(Path(__file__).parents[3] / "toy", office.folder)
    limit = "promise: {title: Promise, due: 2 weeks after notified, met_by: answer"
    for name, asks in (("asking", ", reason: asked}"), ("silent", "}")):
        (office.folder / f"processes/{name}.yaml").write_text(
            f"{{language: 1, process: {name}, version: 1, title: Promise, "
            f"reference: '{name[0].upper()}-{{year}}-{{number}}', "
            f"opening: {{dates: {{notified: When it was notified}}}}, limits: {{{limit}{asks}}}, "
            "steps: {answer: {title: Answer, owner: chair}}}"
        )
    for name in ("asking", "silent"):
        open_case(office, name, c.Open({"notified": NOTIFIED}), by=BY, now=at(5))
    wanted = [(of, line.item) for of, line in due_lines(office, now=at(29), days=7) if line.days == "reason wanted"]
    assert wanted == [("A-2026-001", "breach:promise")]
