"""Other ways than step by step, from the command line: steps opened by hand, silence, ways out and what comes after."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.cli import main
from reviewflow.language.built_in_messages import OF_EARLIER_LETTERS
from reviewflow.service.delivery.queue import next_letter, sent
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

TOY = Path(__file__).parent.parent / "toy"
PROCESS = """
language: 1
process: gate
version: 1
title: Gate
reference: GT-{year}-{number}
opening:
  dates: {notified: When it was notified}
endings:
  not_met:
    title: The criteria are not met
    when: {decide.met: no}
    start: {process: gate, dates: {notified: not_met}}
  elsewhere: {title: Another area leads}
steps:
  ask: {title: Ask for it, send: reminder, to: chair, about: check}
  check:
    title: Check the facts
    owner: chair
    due: 2 working days after notified
    silence: counts as agreed
  extra: {title: A further meeting, optional: yes, owner: chair}
  decide:
    title: Are the criteria met?
    owner: chair
    due: 3 working days after notified
    ladder: clock
    form: {met: {type: yes_no, label: "Met?"}}
"""
Run = Callable[..., tuple[int, str, str]]
CASE = "GT-2026-001"
WHY = ("--reason", "all have agreed so", "--by", "manager")


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    folder = tmp_path / "definitions"
    shutil.copytree(TOY, folder)
    (folder / "processes" / "gate.yaml").write_text(PROCESS, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path}/cases.db")
    store.migrate()
    return Workspace(store, folder)


@pytest.fixture
def reviewflow(
    tmp_path: Path, office: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/cases.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(office.folder))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    run("open", "gate", "--date", "notified=2026-05-05", "--now", "2026-05-05")
    return run


def at(day: int) -> datetime:
    return datetime(2026, 5, day, 10, tzinfo=UTC)


def words_of(reviewflow: Run, case: str = CASE) -> list[str]:
    return [each["words"] for each in json.loads(reviewflow("history", case, "--json")[1])]


def test_an_optional_step_is_opened_by_hand(reviewflow: Run) -> None:
    _, page, _ = reviewflow("show", CASE, "--now", "2026-05-05")
    assert "Not needed: A further meeting" in page
    status, page, _ = reviewflow("start-step", CASE, "extra", *WHY, "--due", "2026-05-20", "--now", "2026-05-06")
    assert status == 0
    assert "Wed 20 May 2026" in page
    said = "Opened by hand: A further meeting, because all have agreed so."
    assert any(said in each for each in words_of(reviewflow))
    assert reviewflow("start-step", CASE, "decide", *WHY, "--now", "2026-05-06")[0] == 1


def test_silence_is_found_by_the_sweep(reviewflow: Run, office: Workspace) -> None:
    while ready := next_letter(office, now=at(6), waits=False):
        sent(office, ready, now=at(6), detail="")
    chase_due_items(office, now=at(7))
    assert "counts as agreed" not in " ".join(words_of(reviewflow))
    assert chase_due_items(office, now=at(8)) == 1
    _, page, _ = reviewflow("show", CASE, "--now", "2026-05-08")
    assert "Agreed by silence" in page
    said = "Check the facts: nothing had come by the end of Thu 7 May 2026, which counts as agreed."
    assert said in words_of(reviewflow)


def test_a_case_that_ended_is_over_everywhere(reviewflow: Run, office: Workspace) -> None:
    chase_due_items(office, now=at(6))
    assert {each.status for each in office.store.notices(CASE)} == {"queued"}
    _, page, _ = reviewflow("end", CASE, "elsewhere", *WHY, "--now", "2026-05-06", "--show")
    assert f"{CASE} · Gate · ended: Another area leads" in page
    assert {each.status for each in office.store.notices(CASE) if each.message not in OF_EARLIER_LETTERS} == {
        "withdrawn"
    }
    assert chase_due_items(office, now=at(29)) == 0
    assert CASE not in reviewflow("cases", "--now", "2026-05-29")[1]
    assert "ended" in reviewflow("cases", "--all", "--now", "2026-05-29")[1]
    assert "Nothing is due." in reviewflow("due", "--now", "2026-05-29")[1]
    ended = "The case ended: Another area leads. Reason: all have agreed so. No longer owed: "
    assert f"{ended}Check the facts; Are the criteria met?." in words_of(reviewflow)
    status, _, refusal = reviewflow("complete", CASE, "decide", "met=no", "--now", "2026-05-29")
    assert (status, "is ended (Another area leads)" in refusal) == (1, True)
    assert reviewflow("complete", CASE, "check", "--now", "2026-05-29")[0] == 0, "what others owed is kept, if late"
    assert audit(office) == (1, [])


def test_what_an_ended_case_becomes_is_opened_once(reviewflow: Run, office: Workspace) -> None:
    reviewflow("complete", CASE, "decide", "met=no", "--now", "2026-05-06")
    assert run_automatic_steps(office, now=at(7)) == 1
    assert run_automatic_steps(office, now=at(8)) == 0
    _, page, _ = reviewflow("show", CASE, "--now", "2026-05-07")
    assert "ended: The criteria are not met" in page
    assert "GT-2026-002" in page
    _, page, _ = reviewflow("show", "GT-2026-002", "--now", "2026-05-07")
    assert "When it was notified: Wed 6 May 2026" in page
    assert CASE in page
    assert "The criteria are not met: GT-2026-002 was opened." in words_of(reviewflow)
    assert audit(office) == (2, [])
