"""A case for each round of a step that comes again: one and never two, whatever happens on the way."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.sweep import start_linked_case
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.goes_on import goes_on_words
from reviewflow.service.views.history import history
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at

SHIPPED = Path(__file__).parents[3] / "definitions"
BY = "the manager"
PLACEMENT = """language: 1
process: placement
version: 1
title: Visits
reference: PLC-{year}-{number}
opening: {dates: {placed: When was the child placed?}}
holds: {quiet: {title: Quiet, stops: record, send: reminder}}
steps:
  visit: {title: Visit, owner: business_manager, due: 1 month after placed, repeats: every 1 month until ended}
  record: {title: Open the record, after: visit, after_round: each, start: {process: record, dates: {seen: visit}}}
  ended: {title: It has ended, owner: business_manager}
"""
RECORD = """language: 1
process: record
version: 1
title: Record
reference: REC-{year}-{number}
opening: {dates: {seen: When was the child seen?}}
steps:
  write: {title: Write, owner: business_manager, due: 1 week after seen}
"""


@pytest.fixture
def visits(office: Workspace, tmp_path: Path) -> Workspace:
    folder = tmp_path / "visits"
    shutil.copytree(office.folder, folder)
    (folder / "processes" / "placement.yaml").write_text(PLACEMENT, encoding="utf-8")
    (folder / "processes" / "record.yaml").write_text(RECORD, encoding="utf-8")
    return Workspace(office.store, folder)


def begun(visits: Workspace) -> str:
    opened = c.Open({"placed": date(2026, 5, 5)}, (), "", {}, "")
    return open_case(visits, "placement", opened, by=BY, now=at(5), key="k").case.reference


def visited(visits: Workspace, reference: str, day: int) -> None:
    carry_out(visits, reference, c.Complete("visit", {}), by=BY, now=at(day))


def seen(visits: Workspace) -> list[date]:
    rows = (row.reference for row in visits.store.cases(None) if row.process == "record")
    return [current(visits, reference).dates["seen"] for reference in rows]


def test_two_rounds_between_two_sweeps_have_two_cases(visits: Workspace) -> None:
    reference = begun(visits)
    visited(visits, reference, 6)
    visited(visits, reference, 7)
    assert run_automatic_steps(visits, now=at(8)) == 2
    assert run_automatic_steps(visits, now=at(9)) == 0
    assert seen(visits) == [date(2026, 5, 6), date(2026, 5, 7)]
    told = [entry.words for entry in history(visits, reference)]
    assert "Open the record: REC-2026-002 was opened, for the round of Thu 7 May 2026." in told


def test_a_sweep_that_broke_off_opens_no_second_case(visits: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = begun(visits)
    visited(visits, reference, 6)

    def away(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start_linked_case, "carry_out", away)
    with pytest.raises(KeyboardInterrupt):
        run_automatic_steps(visits, now=at(7))
    monkeypatch.undo()
    visited(visits, reference, 7)
    assert run_automatic_steps(visits, now=at(8)) == 2
    assert seen(visits) == [date(2026, 5, 6), date(2026, 5, 7)]
    assert sorted(current(visits, reference).links) == ["record@1", "record@2"]


def test_a_round_that_is_gone_on_without_opens_none_and_the_next_does(visits: Workspace) -> None:
    reference = begun(visits)
    visited(visits, reference, 6)
    carry_out(visits, reference, c.Skip("record", "it is written by hand"), by=BY, now=at(6))
    visited(visits, reference, 7)
    jobs = [json.loads(job.body)["nth"] for job in visits.store.due_jobs("9999", 9)]
    assert (jobs, run_automatic_steps(visits, now=at(8))) == ([1, 2], 2)
    assert seen(visits) == [date(2026, 5, 7)]


def test_cases_of_rounds_go_on_when_the_case_is_withdrawn(visits: Workspace) -> None:
    reference = begun(visits)
    visited(visits, reference, 6)
    run_automatic_steps(visits, now=at(6))
    carry_out(visits, reference, c.Withdraw("a mistake"), by=BY, now=at(7))
    [words] = goes_on_words(visits, current(visits, reference))
    assert words.startswith("REC-2026-001, which came from this case, is open, and does not end with it.")


def test_none_is_opened_for_a_round_that_is_held_before_the_sweep(visits: Workspace) -> None:
    reference = begun(visits)
    visited(visits, reference, 6)
    carry_out(visits, reference, c.Hold("quiet", "police ask for it"), by=BY, now=at(6, 11))
    run_automatic_steps(visits, now=at(6, 12))
    assert seen(visits) == []
    carry_out(visits, reference, c.Release("quiet", "it is over"), by=BY, now=at(7))
    run_automatic_steps(visits, now=at(7))
    assert sorted(current(visits, reference).links) == ["record@1"]


def test_why_says_of_one_that_is_held_by_which_answer_it_is_needed(visits: Workspace) -> None:
    file = visits.folder / "processes" / "placement.yaml"
    asked = "until ended, form: {wanted: {type: yes_no, label: Is a record wanted?}}}"
    text = PLACEMENT.replace("until ended}", asked).replace("each, start", "each, when: {visit.wanted: yes}, start")
    file.write_text(text, encoding="utf-8")
    office = Workspace(visits.store, visits.folder)
    reference = begun(office)
    carry_out(office, reference, c.Complete("visit", {"wanted": "yes"}), by=BY, now=at(6))
    carry_out(office, reference, c.Hold("quiet", "police ask for it"), by=BY, now=at(6, 11))
    said = [reason.words for reason in why(office, reference, "record", now=at(6, 12)).reasons]
    assert "It is needed, as “Is a record wanted?” in “Visit” is answered “yes”." in said
    assert not any("that is not so" in words for words in said)


def test_none_is_opened_with_the_day_of_an_answer_that_was_sent_back_before_the_sweep(visits: Workspace) -> None:
    once = PLACEMENT.replace("placement", "once").replace("PLC", "ONE")
    once = once.replace(", repeats: every 1 month until ended", "").replace(" after_round: each,", "")
    (visits.folder / "processes" / "once.yaml").write_text(once, encoding="utf-8")
    office = Workspace(visits.store, visits.folder)
    reference = open_case(office, "once", c.Open({"placed": date(2026, 5, 5)}, ()), by=BY, now=at(5)).case.reference
    visited(office, reference, 6)
    carry_out(office, reference, c.Reopen("visit", "it was another child"), by=BY, now=at(6, 11))
    run_automatic_steps(office, now=at(6, 12))
    assert seen(office) == []
    visited(office, reference, 8)
    run_automatic_steps(office, now=at(8))
    assert seen(office) == [date(2026, 5, 8)]


def test_none_is_opened_by_a_case_that_was_withdrawn_before_the_sweep(visits: Workspace) -> None:
    reference = begun(visits)
    visited(visits, reference, 6)
    carry_out(visits, reference, c.Withdraw("entered twice"), by=BY, now=at(6, 11))
    run_automatic_steps(visits, now=at(6, 12))
    assert seen(visits) == []
    assert visits.store.due_jobs("9999", 9) == []


ASKED = PLACEMENT.replace("{seen: visit}", "{seen: visit.seen_on}").replace(
    "until ended}",
    "until ended, form: {seen_on: {type: date, label: When?}, worrying: {type: yes_no, label: Is it worrying?}}}",
)
ASKED = ASKED.replace("after_round: each,", "after_round: each, when: {visit.worrying: yes},")


def found(visits: Workspace, reference: str, day: int, *, worrying: bool) -> None:
    answers = {"seen_on": date(2026, 5, day).isoformat(), "worrying": worrying}
    carry_out(visits, reference, c.Complete("visit", answers), by=BY, now=at(day))


@pytest.fixture
def asked(visits: Workspace) -> str:
    (visits.folder / "processes" / "placement.yaml").write_text(ASKED, encoding="utf-8")
    return begun(visits)


def test_a_case_has_the_day_of_its_round_though_the_next_one_opens_none(visits: Workspace, asked: str) -> None:
    found(visits, asked, 6, worrying=True)
    found(visits, asked, 7, worrying=False)
    run_automatic_steps(visits, now=at(8))
    assert seen(visits) == [date(2026, 5, 6)]


def test_none_is_opened_for_a_round_that_was_sent_back_before_the_sweep(visits: Workspace) -> None:
    file = visits.folder / "processes" / "placement.yaml"
    first = "steps:\n  plan: {title: Plan, owner: business_manager}\n  visit: {title: Visit, after: plan, "
    file.write_text(PLACEMENT.replace("steps:\n  visit: {title: Visit, ", first), encoding="utf-8")
    reference = begun(visits)
    carry_out(visits, reference, c.Complete("plan", {}), by=BY, now=at(5))
    visited(visits, reference, 6)
    carry_out(visits, reference, c.Reopen("plan", "it was another child"), by=BY, now=at(6, 11))
    run_automatic_steps(visits, now=at(6, 12))
    assert seen(visits) == []


def test_a_round_that_is_held_is_not_forgotten_for_the_next_that_needs_none(visits: Workspace, asked: str) -> None:
    found(visits, asked, 6, worrying=True)
    carry_out(visits, asked, c.Hold("quiet", "police ask for it"), by=BY, now=at(6, 11))
    assert run_automatic_steps(visits, now=at(6, 12)) == 0
    found(visits, asked, 7, worrying=False)
    run_automatic_steps(visits, now=at(7))
    assert seen(visits) == []
    carry_out(visits, asked, c.Release("quiet", "it is over"), by=BY, now=at(8))
    run_automatic_steps(visits, now=at(8))
    assert seen(visits) == [date(2026, 5, 6)]


def test_of_two_rounds_that_are_held_each_has_its_case(visits: Workspace, asked: str) -> None:
    found(visits, asked, 6, worrying=True)
    carry_out(visits, asked, c.Hold("quiet", "police ask for it"), by=BY, now=at(6, 11))
    found(visits, asked, 7, worrying=True)
    carry_out(visits, asked, c.Release("quiet", "it is over"), by=BY, now=at(8))
    for day in (8, 9, 10):
        run_automatic_steps(visits, now=at(day))
    assert seen(visits) == [date(2026, 5, 6), date(2026, 5, 7)]
    assert sorted(current(visits, asked).links) == ["record@1", "record@2"]
