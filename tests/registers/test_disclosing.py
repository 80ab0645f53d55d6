"""What is handed over is whole, proves itself, and says nothing that is not in the store."""

import hashlib
import html
import json
from pathlib import Path

import pytest

from reviewflow.service.disclosing.writing import disclose
from reviewflow.service.errors import UserError
from reviewflow.service.history import history
from reviewflow.service.office import Office
from reviewflow.store.chain import link
from reviewflow.store.records import EventRow
from tests.registers.conftest import on


def test_a_case_is_handed_over_with_its_proof(office: Office, plan: str, tmp_path: Path) -> None:
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


def test_the_chain_can_be_followed_from_the_file_alone(office: Office, plan: str, tmp_path: Path) -> None:
    disclose(office, plan, tmp_path / "out", by="t", now=on(6, 1))
    found = json.loads((tmp_path / "out" / "events.json").read_text())
    head = found["case"]
    for each in found["events"]:
        event = EventRow(**each)
        head = link(head, event.number, event, event.recorded_at)
        assert head == event.hash
    assert head == found["head"]


def test_nothing_is_mixed_up_with_what_stands_there(office: Office, plan: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match="is not an empty folder"):
        disclose(office, plan, tmp_path, by="t", now=on(6, 1))
