"""One case through the service, on a real database: what is stored is what the events say."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.language.problem import DefinitionError
from reviewflow.service.commands.carry_out import carry_out, current, open_case
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.case_page.due import due_lines
from reviewflow.service.views.history import history
from reviewflow.service.views.linked_cases import overview
from reviewflow.service.workspace.errors import NotUsable, UnknownCase
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, finished, opened
from tests.service.conftest import TOY


def test_a_review_runs_to_its_close(office: Workspace) -> None:
    reference = opened(office)
    assert reference == "TR-2026-001"
    finished(office, reference)
    assert current(office, reference).status is CaseStatus.CLOSED
    assert audit(office) == (1, [])


def test_what_is_stored_for_queries_is_what_the_case_says(office: Workspace) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/police", at(6))
    stored = {row.item: row.due for _, row in office.store.items(reference, Status.OPEN)}
    assert stored == {"agency_return/health": "2026-05-14", "read/police": "2026-05-07", "submission": "2026-05-27"}


def test_the_same_key_opens_one_case_and_completes_once(office: Workspace) -> None:
    first, second = opened(office, key="form-1"), opened(office, key="form-1")
    assert first == second
    assert done(office, first, "agency_return/police", at(6), key="run-7").events
    before = office.store.load(first)
    assert done(office, first, "agency_return/police", at(7), key="run-7").events == ()
    assert office.store.load(first) == before


def test_a_refusal_changes_nothing_and_says_what_is_possible(office: Workspace) -> None:
    reference = opened(office)
    before = office.store.load(reference)
    with pytest.raises(Refused, match=r"waits for read/police and read/health(.|\n)*Open now: agency_return/police"):
        done(office, reference, "meeting", at(6), held_on="2026-05-06", learning="no")
    with pytest.raises(Refused, match="quality_assured: this must be confirmed"):
        done(office, reference, "agency_return/police", at(6), kind="summary", quality_assured="no")
    assert office.store.load(reference) == before


def test_opening_names_all_that_is_missing(office: Workspace) -> None:
    with pytest.raises(Refused, match=r'date "notified" is missing(.|\n)*needs at least 1 agency'):
        open_case(office, "review", c.Open({}), by=BY, now=at(5))
    with pytest.raises(Refused, match=r'"polcie" is not an agency.* Did you mean "police"'):
        opened(office, ("polcie",))
    with pytest.raises(NotUsable, match=r'"reviw" is not a process. Did you mean "review"'):
        open_case(office, "reviw", c.Open({}), by=BY, now=at(5))
    assert office.store.cases(None) == []


def test_an_unknown_case_is_met_with_the_nearest(office: Workspace) -> None:
    opened(office)
    with pytest.raises(UnknownCase, match=r'There is no case "TR-2026-01". Did you mean TR-2026-001\?'):
        current(office, "TR-2026-01")


def test_a_case_runs_on_its_own_copy_whatever_happens_to_the_file(office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(office.folder, folder)
    reference = opened(Workspace(office.store, folder))
    (folder / "processes" / "review.yaml").write_text("language: 1\nprocess: review\nnonsense: yes\n")
    (folder / "ladders.yaml").unlink()
    broken = Workspace(office.store, folder)
    with pytest.raises(DefinitionError):
        opened(broken)
    finished(broken, reference)
    assert current(broken, reference).status is CaseStatus.CLOSED


def test_the_next_step_starts_a_linked_case_once(office: Workspace) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    assert current(office, reference).status is CaseStatus.OPEN
    assert run_automatic_steps(office, now=at(20)) == 1
    assert run_automatic_steps(office, now=at(20)) == 0
    child = current(office, "FU-2026-001")
    assert child.origin == reference
    assert child.dates == {"decided": date(2026, 5, 19)}
    assert child.agencies == ("police", "health")
    assert current(office, reference).links == {"follow_up": "FU-2026-001"}
    assert current(office, reference).status is CaseStatus.CLOSED
    assert audit(office) == (2, [])


def test_a_start_that_is_refused_is_kept_and_tried_again(office: Workspace, tmp_path: Path) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    (tmp_path / "nothing").mkdir()
    shutil.copy(TOY / "calendars.yaml", tmp_path / "nothing")
    broken = Workspace(office.store, tmp_path / "nothing", own_partnership=office.partnership)
    assert run_automatic_steps(broken, now=at(20)) == 0
    assert run_automatic_steps(office, now=at(20)) == 0
    assert run_automatic_steps(office, now=at(20, 12)) == 1


def test_a_correction_moves_what_counts_from_it_and_says_so(office: Workspace) -> None:
    reference = opened(office)
    carry_out(office, reference, c.CorrectDate("notified", date(2026, 5, 1), "sent a day early"), by=BY, now=at(6))
    assert [line.due for line in overview(office, reference, now=at(6)).limits] == [date(2026, 5, 26)]
    words = [entry.words for entry in history(office, reference)]
    corrected, moved, *told = words[-4:]
    assert corrected.startswith("Corrected from Tue 5 May 2026 to Fri 1 May 2026: When the notification was sent")
    assert moved.startswith("Due days moved, because what it counts from changed:")
    assert told == [
        f"Agency return · {name}: “Another day” goes to {name}. It was to be on Thu 14 May 2026."
        for name in ("Police", "Hospital trust")
    ]


def test_due_lists_the_most_urgent_first_over_all_cases(office: Workspace) -> None:
    opened(office)
    opened(office)
    lines = due_lines(office, now=at(15), days=30)
    assert [(reference, line.item, line.days) for reference, line in lines][:2] == [
        ("TR-2026-001", "agency_return/health", "1 working day overdue"),
        ("TR-2026-001", "agency_return/police", "1 working day overdue"),
    ]
    assert lines[-1][1].item == "submission"


def test_withdrawing_stops_everything(office: Workspace) -> None:
    reference = opened(office)
    carry_out(office, reference, c.Withdraw("criteria are no longer met"), by=BY, now=at(6))
    assert office.store.due_items("2027-01-01T00:00:00+00:00", 10) == []
    assert office.store.items(reference, Status.OPEN) == []
    with pytest.raises(Refused, match="is withdrawn"):
        done(office, reference, "agency_return/police", at(7))
    assert audit(office) == (1, [])
