"""The board in its folder: only what changed is written, whole, and an answer shows at once."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reviewflow.case.model import commands
from reviewflow.service.board.case_file import case_file
from reviewflow.service.board.facts import seen
from reviewflow.service.board.pages.writing import write_after, write_board
from reviewflow.service.board.place import GLANCES, board_folder
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Destroyed
from reviewflow.text import moment_words
from tests.service.board.conftest import NOW
from tests.service.builders import BY, at
from tests.service.views.plans import TYPED, planned

PAGES = {"index.html", "cases.html", "agencies.html", "actions.html", "year.html", "health.html"}
RELEASED = commands.Release("publication", "the trial is over")


def test_a_sweep_writes_a_page_a_case_and_then_only_what_changed(changing_office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    first = write_board(changing_office, folder, {}, now=NOW)
    assert {*first.files} == PAGES | {f"case/{row.reference}.html" for row in changing_office.store.cases()}
    assert write_board(changing_office, folder, {}, now=NOW).files == ()
    carry_out(changing_office, "CSPR-2026-001", RELEASED, by=BY, now=NOW)
    changed = {*write_board(changing_office, folder, {}, now=NOW).files}
    assert {name for name in changed if "/" in name} == {"case/CSPR-2026-001.html"}
    assert "index.html" in changed
    assert not list(folder.glob("**/.*"))
    assert (folder / "index.html").stat().st_mode & 0o077 == 0


def test_the_events_of_all_cases_are_read_once_a_day(
    changing_office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_board(changing_office, tmp_path, {}, now=NOW)
    read: list[str] = []
    stored = changing_office.store.events
    monkeypatch.setattr(changing_office.store, "events", lambda *of: read.append(of[0]) or stored(*of))
    changing_office.read_before.clear()
    write_board(changing_office, tmp_path, {}, now=NOW + timedelta(minutes=15))
    assert {*read} <= {"LE-2026-001"}  # which has actions
    counted = f"counted once a day, last at {moment_words(NOW)}: what was recorded since then is counted tomorrow."
    said = {name for name in PAGES if counted in (tmp_path / name).read_text()}
    assert said == {"year.html", "agencies.html"}
    write_board(changing_office, tmp_path, {}, now=NOW + timedelta(days=1))
    assert len({*read}) == 5


def test_an_answer_shows_at_once(changing_office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    write_board(changing_office, folder, {}, now=NOW)
    others = (folder / "case" / "RR-2026-003.html").read_bytes()
    carry_out(changing_office, "CSPR-2026-001", RELEASED, by=BY, now=NOW)
    write_after(changing_office, folder, "CSPR-2026-001", now=NOW)
    assert "waits for a court, since" not in (folder / "index.html").read_text()
    assert "No hold." in (folder / "case" / "CSPR-2026-001.html").read_text()
    assert (folder / "case" / "RR-2026-003.html").read_bytes() == others


def test_in_a_large_office_an_answer_leaves_what_is_about_all_cases_to_the_next_sweep(
    changing_office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "AT_ONCE", 3_000)
    folder = tmp_path / "board"
    write_board(changing_office, folder, {}, now=NOW)
    carry_out(changing_office, "CSPR-2026-001", RELEASED, by=BY, now=NOW)
    write_after(changing_office, folder, "CSPR-2026-001", now=NOW)
    assert "waits for a court, since" in (folder / "index.html").read_text()
    assert "No hold." in (folder / "case" / "CSPR-2026-001.html").read_text()
    write_board(changing_office, folder, {}, now=NOW + timedelta(minutes=15))
    assert "waits for a court, since" not in (folder / "index.html").read_text()


def test_without_a_board_an_answer_writes_none(changing_office: Workspace, tmp_path: Path) -> None:
    write_after(changing_office, tmp_path / "board", "CSPR-2026-001", now=NOW)
    assert not (tmp_path / "board").exists()


def test_a_case_that_ended_says_so_on_its_page_and_is_in_no_list(changing_office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    write_board(changing_office, folder, {}, now=NOW)
    carry_out(changing_office, "LE-2026-001", commands.Withdraw("opened by mistake"), by=BY, now=NOW)
    write_board(changing_office, folder, {}, now=NOW)
    assert "Withdrawn." in (folder / "case" / "LE-2026-001.html").read_text()
    assert "LE-2026-001" not in (folder / "cases.html").read_text()


def test_the_page_of_a_case_that_was_destroyed_long_after_its_end_goes_with_the_next_sweep(
    changing_office: Workspace, tmp_path: Path
) -> None:
    write_board(changing_office, tmp_path, {}, now=NOW)
    ended, *others = sorted(page.stem for page in (tmp_path / "case").glob("*.html"))
    carry_out(changing_office, ended, commands.Withdraw("opened twice"), by=BY, now=NOW)
    write_board(changing_office, tmp_path, {}, now=NOW)
    assert (tmp_path / "case" / f"{ended}.html").exists()
    row = changing_office.store.load(ended)
    assert row is not None
    assert changing_office.store.mark_destroyed(row, Destroyed(ended, "2033-05-08T10:00:00+00:00", BY, "{}"))
    changing_office.store.destroy(row)
    write_board(changing_office, tmp_path, {}, now=NOW)
    assert sorted(page.stem for page in (tmp_path / "case").glob("*.html")) == others


def test_a_legal_hold_stands_on_the_page_of_its_case_without_its_matter(
    changing_office: Workspace, tmp_path: Path
) -> None:
    hold = commands.PlaceLegalHold("Hollyhock inquiry", "told to keep all")
    carry_out(changing_office, "LE-2026-001", hold, by=BY, now=NOW)
    write_board(changing_office, tmp_path, {}, now=NOW)
    page = (tmp_path / "case" / "LE-2026-001.html").read_text()
    assert "<strong>Legal hold</strong> since Fri 27 Nov 2026" in page
    assert "Hollyhock" not in page


def test_no_word_that_was_typed_is_written(office: Workspace, reference: str, tmp_path: Path) -> None:
    planned(office, reference)
    hold = commands.Hold("court", "because Hollyhock asked", requested_by="Foxglove")
    carry_out(office, reference, hold, by=BY, now=at(5))
    carry_out(office, reference, commands.Link("parallel", "Foxglove 17", "as Hollyhock said"), by=BY, now=at(5))
    write_board(office, tmp_path / "board", {}, now=at(29))
    files = [path for path in (tmp_path / "board").rglob("*") if path.is_file()]
    assert len(files) > len(PAGES)
    assert (tmp_path / "board" / GLANCES) in files
    assert [(path.name, word) for path in files for word in TYPED if word in path.read_text().lower()] == []


def test_it_lies_beside_the_database_unless_the_office_says_where() -> None:
    assert board_folder({"REVIEWFLOW_DATABASE": "sqlite:////x/reviewflow.db"}) == Path("/x/board")
    assert board_folder({"REVIEWFLOW_DATABASE": "sqlite:////x/rehearsal.db"}) == Path("/x/rehearsal-board")
    assert board_folder({"REVIEWFLOW_DATABASE": "postgresql://x"}) == Path("var/board")
    assert board_folder({"REVIEWFLOW_BOARD": "/y"}) == Path("/y")


def test_limits_that_stand_near_each_other_have_one_word(changing_office: Workspace, tmp_path: Path) -> None:
    """Of a practice review the report goes to the Panel nine days before it is published."""
    write_board(changing_office, tmp_path, {}, now=NOW)
    page = (tmp_path / "case" / "CSPR-2026-001.html").read_text()
    words = re.findall(r'<text class="t-b"[^>]*>(\w*)</text>', page)
    assert [word for word in words if word.startswith("Limit")] == ["Limits"]


def test_what_was_sent_stands_in_the_order_in_which_it_went(changing_office: Workspace) -> None:
    """The first message that was written waited, and went last."""
    first = "(SELECT MIN(id) FROM notices WHERE case_id IN (SELECT id FROM cases WHERE reference = 'CSPR-2026-001'))"
    changing_office.store.driver.commit(
        [(f"UPDATE notices SET status = 'sent', sent_at = '2027-01-04T09:30:00+00:00' WHERE id = {first}", ())]
    )
    row = changing_office.store.load("CSPR-2026-001")
    assert row is not None
    moments = [
        datetime.strptime(each.at, "%a %d %b %Y %H:%M") for each in case_file(changing_office, row, now=NOW).messages
    ]
    assert len(moments) > 3
    assert moments == sorted(moments, reverse=True)
