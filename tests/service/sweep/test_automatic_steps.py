"""Automatic steps that cannot be carried out: why says so, and somebody may go on without them."""

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.views.why.account import why
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, finished, opened

BY = "the manager"


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
