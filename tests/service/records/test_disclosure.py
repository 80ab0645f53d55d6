"""What is handed over is whole, proves itself, and says nothing that is not in the store."""

import csv
import hashlib
import hmac
import html
import json
import re
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.commands.legal_holds import Matter, place
from reviewflow.service.delivery.queue import failed, next_letter
from reviewflow.service.messages.answer_places import filled
from reviewflow.service.records.disclosure.gathering import ADDRESS
from reviewflow.service.records.disclosure.writing import disclose
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.views.history import history
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.chain import link
from reviewflow.store.records import EventRow
from tests.service.plans import on


def test_a_case_is_handed_over_with_its_proof(office: Workspace, plan: str, tmp_path: Path) -> None:
    office.papers = tmp_path / "papers"
    (office.papers / plan).mkdir(parents=True)
    (office.papers / plan / "timetable.md").write_text("A timetable")
    folder = tmp_path / "out"
    disclose(office, plan, folder, by="Business support", now=on(6, 1))
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert {*sums, "SHA256SUMS"} == {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    words = html.unescape((folder / "history.html").read_text())
    assert all(entry.words in words for entry in history(office, plan))
    assert (folder / "papers" / "timetable.md").read_text() == "A timetable"
    assert sums["papers/timetable.md"] in (folder / "index.html").read_text()


def test_the_chain_can_be_followed_from_the_file_alone(office: Workspace, plan: str, tmp_path: Path) -> None:
    disclose(office, plan, tmp_path / "out", by="t", now=on(6, 1))
    found = json.loads((tmp_path / "out" / "events.json").read_text())
    head = found["case"]
    for each in found["events"]:
        event = EventRow(**each)
        head = link(head, event.number, event, event.recorded_at)
        assert head == event.hash
    assert head == found["head"]


def test_nothing_is_mixed_up_with_what_stands_there(office: Workspace, plan: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match="is not an empty folder"):
        disclose(office, plan, tmp_path, by="t", now=on(6, 1))


@pytest.fixture
def rich(office: Workspace, plan: str, tmp_path: Path) -> Path:
    """The folder of a plan that was chased in vain, linked, extended, held for an inquest and withdrawn."""
    chase_due_items(office, now=on(6, 8))
    while ready := next_letter(office, now=on(6, 9)):
        failed(office, ready, now=on(6, 9), detail="550 no such mailbox", next_try=None)
    by = "R. Ahmed, scrutineer"
    carry_out(office, plan, c.Link("parallel", "T20260044", "a trial is listed"), by=by, now=on(6, 10))
    carry_out(office, plan, c.RecordLinkedFrom("JR-2026-002", "derived_from"), by=by, now=on(6, 10))
    place(office, [plan], Matter("inquest", "it was asked for", "the coroner"), by=by, now=on(6, 11))
    carry_out(office, plan, c.Withdraw("taken <over> & closed"), by=by, now=on(6, 12))
    disclose(office, plan, tmp_path / "out", by="Business manager", now=on(6, 15))
    return tmp_path / "out"


def test_its_first_page_says_how_it_stands_and_what_a_person_must_do(rich: Path) -> None:
    page = html.unescape((rich / "index.html").read_text())
    for said in (
        "Nothing has been left out or blacked out.",
        "Redact a copy",
        "inquest (since Thu 11 Jun 2026: it was asked for)",
        "T20260044",
        "JR-2026-002",
        "Written by Business manager on Mon 15 Jun 2026",
        "R. Ahmed, scrutineer",
        "Withdrawn",
    ):
        assert said in page, said
    linked = set(re.findall(r'href="([^"#]+)"', page))
    assert linked
    assert all((rich / name).is_file() for name in linked)


def test_its_history_is_told_with_who_about_when_and_recorded_when(rich: Path) -> None:
    page = (rich / "history.html").read_text()
    assert "Recorded Thu 11 Jun 2026" in page
    row = next(line for line in page.splitlines() if "Legal hold for inquest" in line)
    assert [cell in row for cell in ("Thu 11 Jun 2026", "R. Ahmed, scrutineer", "11:00")] == [True] * 3
    assert "taken &lt;over&gt; &amp; closed" in page


def test_its_messages_are_told_word_for_word_with_what_became_of_them(office: Workspace, plan: str, rich: Path) -> None:
    page = html.unescape((rich / "messages.html").read_text())
    notices = office.store.notices(plan)
    assert notices
    assert all(filled(each.text, lambda _: ADDRESS) in page and each.subject in page for each in notices)
    assert "Refused for good: 550 no such mailbox" in page


def test_anybody_can_prove_who_recorded_it(rich: Path) -> None:
    events = json.loads((rich / "events.json").read_text())["events"]
    with (rich / "people.csv").open(encoding="utf-8-sig") as file:
        people = {row["Key"]: row for row in csv.DictReader(file)}
    assert {each["key"] for each in events} == set(people)
    for each in events:
        person = people[each["key"]]
        told = hmac.new(bytes.fromhex(person["Salt"]), person["Name"].encode(), "sha256").hexdigest()
        assert (told[:32], person["Name"]) == (each["key"], each["by"])
