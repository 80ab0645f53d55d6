"""What waits in a case and needs only its day is recorded together: all of it or none."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.service.answers.case_change import ChangeForm, change_case, change_form
from reviewflow.service.answers.result import AnswerResult
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.commands.ticking import ALL, tick, to_tick
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.plans import SHIPPED, on

CASE = "CSPR-2026-001"
POST = "business_support"
TOY = Path(__file__).parents[2] / "toy"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    """A practice review, with two secure messages that wait beside the booking of a meeting."""
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    here = Workspace(store, SHIPPED, papers=tmp_path / "papers")
    opening = c.Open({"decision": date(2026, 5, 5)}, ("police", "education"))
    open_case(here, "cspr", opening, by="us", now=on(5, 5))
    yield here
    store.close()


def ticked(office: Workspace, *names: str, day: date | None = None, now: datetime, **answers: str) -> list[str]:
    results = tick(office, CASE, names, answers, post=POST, on=day, by="us", now=now, key="once")
    return [name for result in results for name, item in result.case.items.items() if item.done == (day or now.date())]


def test_the_office_sees_what_it_owes_and_what_each_asks_besides_its_day(office: Workspace) -> None:
    owed = {one.item: one.asks for one in to_tick(office, CASE, POST, now=on(5, 5))}
    assert owed["send_about"] == ()
    assert owed["book_panel"] == ("For which day is it booked?", "Which of its members are invited?")
    assert "tell_national" not in owed, "the business manager owes it"


def test_all_takes_what_needs_only_its_day(office: Workspace) -> None:
    assert "send_about" in ticked(office, ALL, day=date(2026, 5, 6), now=on(5, 7))
    assert [one.item for one in to_tick(office, CASE, POST, now=on(5, 7))] == ["book_panel"]
    with pytest.raises(Refused, match="Nothing that needs only its day is owed now by business_support"):
        tick(office, CASE, [ALL], {}, post=POST, on=None, by="us", now=on(5, 7), key="twice")


def test_one_that_asks_more_stops_all_until_its_answer_is_given(office: Workspace) -> None:
    with pytest.raises(Refused, match="book_panel: booked_for: an answer is needed"):
        ticked(office, "send_about", "book_panel", now=on(5, 6))
    assert {"send_about", "book_panel"} == {one.item for one in to_tick(office, CASE, POST, now=on(5, 6))}
    both = ("send_about", "book_panel")
    done = ticked(office, *both, now=on(5, 6), booked_for="2026-06-08", panel_members="all")
    assert {"send_about", "book_panel"} <= {*done}


def test_an_answer_that_none_of_them_asks_is_refused(office: Workspace) -> None:
    with pytest.raises(Refused, match='"papr" is asked by none of them'):
        ticked(office, "send_about", now=on(5, 6), papr="SEC-7")


def test_what_was_recorded_with_this_key_is_recorded_once(office: Workspace) -> None:
    ticked(office, "send_about", now=on(5, 6))
    assert ticked(office, "send_about", now=on(5, 6)) == []
    carry_out(office, CASE, c.Reopen("send_about", "One had not gone"), by="us", now=on(5, 7))
    assert "send_about" in {one.item for one in to_tick(office, CASE, POST, now=on(5, 7))}


PAPERS = """language: 1
process: papers
version: 1
title: A review with papers
reference: PA-{year}-{number}
opening:
  dates: {notified: When was it notified?}
steps:
  agenda: {title: Send the agenda, owner: chair, due: 3 working days after notified}
  minutes: {title: Send the minutes, owner: chair, due: 3 working days after notified}
  decide:
    title: Decide
    owner: chair
    due: 3 working days after notified
    form: {outcome: {type: yes_no, label: Is it agreed?}}
"""
TOGETHER = "Record together as done: Send the agenda and Send the minutes (Chair of the review group)"


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(TOY, tmp_path / "definitions")
    (tmp_path / "definitions/processes/papers.yaml").write_text(PAPERS)
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    here = Workspace(store, tmp_path / "definitions", papers=tmp_path / "made")
    open_case(here, "papers", c.Open({"notified": date(2026, 5, 5)}), by="us", now=on(5, 5))
    yield here
    store.close()


def offered(office: Workspace) -> list[str]:
    made = change_form(office, "PA-2026-001", now=on(5, 6))
    assert isinstance(made, ChangeForm)
    return [words for words in made.schema["properties"]["change"]["enum"] if words.startswith("Record together")]


def changed(office: Workspace, key: str, **answers: str) -> AnswerResult:
    given = {"change": TOGETHER, "answered_by": "A manager", **answers}
    return change_case(office, "PA-2026-001", given, key=key, now=on(5, 6))


def test_the_form_of_what_can_be_changed_records_together_what_a_post_owes(papers: Workspace) -> None:
    assert offered(papers) == [TOGETHER]
    assert changed(papers, "once", day="2026-05-05").name == "Done"
    done = {one.item for one in to_tick(papers, "PA-2026-001", "chair", now=on(5, 6))}
    assert done == {"decide"}, "what asks for an answer is still owed"
    assert offered(papers) == []


def test_the_form_records_nothing_when_somebody_has_done_one_of_them_meanwhile(papers: Workspace) -> None:
    carry_out(papers, "PA-2026-001", c.Complete("agenda", {}), by="us", now=on(5, 6))
    refused = changed(papers, "late")
    assert "can no longer be changed" in refused.message
    assert [one.item for one in to_tick(papers, "PA-2026-001", "chair", now=on(5, 6))] == ["minutes", "decide"]
