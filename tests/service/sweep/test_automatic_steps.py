"""Automatic steps: the times that a start hands over, and what becomes of one that cannot be carried out."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules import edition
from reviewflow.service.commands.carry_out import carry_out, current
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.history import history
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, done, finished, opened

BY = "the manager"


def asking_for_the_time(office: Workspace, folder: Path) -> Workspace:
    """The office after the process that is started was changed: it asks for the time of day."""
    shutil.copytree(office.folder, folder)
    started = folder / "processes" / "follow_up.yaml"
    text = started.read_text(encoding="utf-8")
    started.write_text(text.replace("opening:", "opening:\n  times: decided", 1), encoding="utf-8")
    return Workspace(office.store, folder)


def test_a_start_without_the_time_that_is_asked_is_refused_in_words(office: Workspace, tmp_path: Path) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    assert run_automatic_steps(asking_for_the_time(office, tmp_path / "now"), now=at(20)) == 0
    assert current(office, reference).links == {}


def test_a_case_of_the_first_edition_starts_one_at_midnight_as_it_always_did(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "CURRENT", None)
    reference = opened(office)
    monkeypatch.undo()
    finished(office, reference, learning="yes")
    changed = asking_for_the_time(office, tmp_path / "now")
    assert run_automatic_steps(changed, now=at(20)) == 1
    assert current(office, "FU-2026-001").times == {"decided": time()}


def test_a_start_that_is_refused_is_told_and_can_be_skipped(office: Workspace) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    [job] = office.store.due_jobs("9999", 9)
    office.store.retry_job(job.id, next_try="2026-05-06T09:00:00Z", error='The date "meeting" is missing.')
    told = [reason.words for reason in why(office, reference, job.item, now=at(20)).reasons]
    assert 'It was tried 1 time, and refused: The date "meeting" is missing.' in told
    assert f"To go on without it: reviewflow skip {reference} {job.item} --reason ..." in told
    carry_out(office, reference, c.Skip(job.item, "it is opened by hand"), by=BY, now=at(20))
    assert run_automatic_steps(office, now=at(21)) == 1
    assert [row.reference for row in office.store.cases(None)] == [reference]
    assert office.store.due_jobs("9999", 9) == []


def ending_with_a_case(office: Workspace, folder: Path) -> Workspace:
    """The office with a way out of its process that opens another case."""
    shutil.copytree(office.folder, folder)
    review = folder / "processes" / "review.yaml"
    start = "start: {process: follow_up, dates: {decided: notified}, agencies: same}"
    ending = f"endings:\n  passed_on:\n    title: Passed on\n    {start}\nsteps:"
    review.write_text(review.read_text(encoding="utf-8").replace("\nsteps:", f"\n{ending}", 1), encoding="utf-8")
    return Workspace(office.store, folder)


def test_an_ending_that_was_taken_back_starts_nothing(office: Workspace, tmp_path: Path) -> None:
    """Neither does one that could not start its case: reopened, it is tried no more."""
    workspace = ending_with_a_case(office, tmp_path / "now")
    reference = opened(workspace)
    done(workspace, reference, "agency_return/police", at(6))
    carry_out(workspace, reference, c.End("passed_on", "so agreed"), by=BY, now=at(6))
    assert len(workspace.store.due_jobs("9999", 9)) == 1
    carry_out(workspace, reference, c.Reopen("agency_return/police", "a mistake"), by=BY, now=at(7))
    assert run_automatic_steps(workspace, now=at(7)) == 1
    assert [row.reference for row in workspace.store.cases(None)] == [reference]
    assert workspace.store.due_jobs("9999", 9) == []


def test_the_case_that_an_ending_cannot_open_is_gone_on_without(office: Workspace, tmp_path: Path) -> None:
    workspace = ending_with_a_case(office, tmp_path / "now")
    reference = opened(workspace)
    done(workspace, reference, "agency_return/police", at(6))
    carry_out(workspace, reference, c.End("passed_on", "so agreed"), by=BY, now=at(6))
    with pytest.raises(Refused, match="nothing is owed"):
        carry_out(workspace, reference, c.Skip("agency_return/police", "a mistake"), by=BY, now=at(6))
    carry_out(workspace, reference, c.Skip("passed_on", "it is opened by hand"), by=BY, now=at(7))
    assert run_automatic_steps(workspace, now=at(7)) == 1
    assert [row.reference for row in workspace.store.cases(None)] == [reference]
    assert [entry.words for entry in history(workspace, reference)][-1] == (
        "Passed on: no case is opened for it, because it is opened by hand."
    )


def test_a_case_that_ends_so_again_is_to_open_its_case_again(office: Workspace, tmp_path: Path) -> None:
    workspace = ending_with_a_case(office, tmp_path / "now")
    reference = opened(workspace)
    done(workspace, reference, "agency_return/police", at(6))
    for day, command in (
        (6, c.End("passed_on", "so agreed")),
        (6, c.Skip("passed_on", "it is opened by hand")),
        (7, c.Reopen("agency_return/police", "a mistake")),
        (7, c.End("passed_on", "so agreed")),
    ):
        carry_out(workspace, reference, command, by=BY, now=at(day))
    run_automatic_steps(workspace, now=at(8))
    assert len(workspace.store.cases(None)) == 2


def test_a_case_is_opened_with_those_who_take_part_by_then(office: Workspace) -> None:
    """Not with an agency whose work another does by now."""
    reference = opened(office)
    finished(office, reference, learning="yes")
    carry_out(office, reference, c.MergeAgencies("police", "school", "reorganised"), by=BY, now=at(20))
    run_automatic_steps(office, now=at(20))
    assert current(office, "FU-2026-001").agencies == current(office, reference).agencies == ("school", "health")


def test_a_case_that_was_refused_for_want_of_an_agency_opens_once_that_has_joined(
    office: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(office.folder, tmp_path / "now")
    started = tmp_path / "now" / "processes" / "follow_up.yaml"
    text = started.read_text(encoding="utf-8").replace("at least 1", "at least 1, school among them")
    started.write_text(text, encoding="utf-8")
    workspace = Workspace(office.store, tmp_path / "now")
    reference = opened(workspace)
    finished(workspace, reference, learning="yes")
    assert run_automatic_steps(workspace, now=at(20)) == 0
    carry_out(workspace, reference, c.AddAgency("school"), by=BY, now=at(20))
    assert run_automatic_steps(workspace, now=at(22)) == 1
    assert current(workspace, "FU-2026-001").agencies == ("police", "health", "school")


def test_a_case_is_opened_by_the_day_as_it_was_put_right(office: Workspace) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    carry_out(office, reference, c.Reopen("meeting", "the wrong day"), by=BY, now=at(20))
    done(office, reference, "meeting", at(20), held_on="2026-05-18", learning="yes")
    done(office, reference, "submit", at(20))
    run_automatic_steps(office, now=at(20))
    assert current(office, "FU-2026-001").dates == {"decided": date(2026, 5, 18)}
    assert len(office.store.cases(None)) == 2


def test_what_leads_to_a_case_is_sent_back_and_none_is_opened(office: Workspace) -> None:
    reference = opened(office)
    finished(office, reference, learning="yes")
    carry_out(office, reference, c.Reopen("meeting", "the wrong box"), by=BY, now=at(20))
    assert run_automatic_steps(office, now=at(20)) == 1
    done(office, reference, "meeting", at(20), held_on="2026-05-19", learning="no")
    done(office, reference, "submit", at(20))
    run_automatic_steps(office, now=at(21))
    assert [row.reference for row in office.store.cases(None)] == [reference]
