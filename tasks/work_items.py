"""A work item as a run that waits for its form: opened, renamed as it gets late, closed, put back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from tasks.case_picture import MARKER, behind
from tasks.desired import Standing, WorkView
from tasks.prefect_api import TAG, Prefect, Run, State, state

DEPLOYMENT = "work-item/work-item"
KEY, DUE, PAPER = "reviewflow.work", "reviewflow.due", "reviewflow.paper"
"""Labels, which show on no list: whose run this is, when it fell due as it was opened, which form it has."""
OPENING = "Opening"
"""The state of a run until its form is there."""
FORM = {"schema": "form-schema", "response": "form-response", "description": "form-description"}
PATIENCE = timedelta(minutes=15)
"""How long recording an answer may take; after that its process is taken for dead."""


def reconcile_work(
    prefect: Prefect, runs: Sequence[Run], work: WorkView | None, ended: Standing, case_run: str | None
) -> str:
    """Make the runs of one key what they ought to be; says in one word what was done."""
    waiting = [run for run in runs if not _at_work(prefect, run)]
    if len(waiting) < len(runs):
        return "left_alone"
    kept = next((run for run in waiting if work and run.labels.get(DUE) == str(work.due)), None)
    for run in waiting:
        if run is not kept:
            _close(prefect, run, "Moved" if work else ended)
    if work is None:
        return "closed" if waiting else "unchanged"
    if kept is not None:
        return _refresh(prefect, kept, work)
    _open(prefect, work, case_run)
    return "moved" if waiting else "opened"


def waiting_state(work: WorkView) -> State:
    """Paused for as long as it takes, with the keys under which the form and the answers are kept."""
    return state(
        "PAUSED",
        work.standing,
        work.message,
        pause_reschedule=True,
        pause_key="form",
        run_input_keyset=FORM,
    )


def tags_of(work: WorkView) -> frozenset[str]:
    return frozenset({TAG, work.case, *work.tags})


def falls_due(day: date) -> datetime:
    """The last minute of the day in London: until then nothing is late."""
    return datetime.combine(day, time(23, 59), ZoneInfo("Europe/London")).astimezone(UTC)


def _at_work(prefect: Prefect, run: Run) -> bool:
    """Whether somebody answered and the flow is to record it; one whose process died is sent round again."""
    if run.type == "PAUSED":
        return False
    fresh = prefect.now() - run.since < PATIENCE
    if run.type != "SCHEDULED" and fresh:
        return True
    if prefect.read_input(run.id, FORM["response"]) is None:
        return False
    if run.type != "SCHEDULED":
        _resume(prefect, run.id)
    return True


def _open(prefect: Prefect, work: WorkView, case_run: str | None) -> None:
    """The first attempt whose run has not ended yet: each that was cancelled or refused keeps its own page."""
    attempts = (_create(prefect, work, f"{work.key}#{work.due}#{attempt}", case_run) for attempt in count(1))
    run = next(run for run in attempts if run is not None)
    _finish(prefect, run, work)


def _create(prefect: Prefect, work: WorkView, key: str, case_run: str | None) -> Run | None:
    marker = _marker(prefect, work, key, case_run) if case_run else None
    run = prefect.create(
        DEPLOYMENT,
        key,
        name=work.title,
        tags=sorted(tags_of(work)),
        labels={KEY: work.key, DUE: str(work.due), PAPER: OPENING},
        parameters={"item": work.key},
        parent_task_run_id=marker,
        state=_first_state(work),
    )
    if run.ended:
        _forget_marker(prefect, marker)
        return None
    return run


def _first_state(work: WorkView) -> State:
    """Only a first state that is Scheduled sets the day under which Prefect lists a run."""
    if work.due is None:
        return state("PAUSED", OPENING)
    return state("SCHEDULED", OPENING, scheduled_time=falls_due(work.due).isoformat())


def _finish(prefect: Prefect, run: Run, work: WorkView) -> None:
    if run.type != "PAUSED":
        prefect.set_state(run.id, state("PAUSED", OPENING, pause_reschedule=True))  # before a runner takes an old date
    _lay_out(prefect, run, work)
    _wait(prefect, run, work)


def _lay_out(prefect: Prefect, run: Run, work: WorkView) -> None:
    """Put the form where Prefect's Resume looks for it."""
    for key, value in ((FORM["schema"], work.form), (FORM["description"], work.help)):
        if run.labels.get(PAPER) != OPENING:
            prefect.forget_input(run.id, key)
        prefect.save_input(run.id, key, value)
    prefect.label(run.id, {PAPER: work.paper})


def _refresh(prefect: Prefect, run: Run, work: WorkView) -> str:
    if run.type != "PAUSED" or run.state == OPENING:
        _finish(prefect, run, work)
        return "put_back"
    done = "unchanged"
    if run.labels.get(PAPER) != work.paper:
        _lay_out(prefect, run, work)
        done = "changed"
    if (run.name, run.tags) != (work.title, tags_of(work)):
        prefect.amend(run.id, name=work.title, tags=sorted(tags_of(work)))
        done = "changed"
    if (run.state, run.message) != (work.standing, work.message):
        _wait(prefect, run, work)
        done = "changed"
    return done


def _wait(prefect: Prefect, run: Run, work: WorkView) -> None:
    _force(prefect, run, waiting_state(work))


def _close(prefect: Prefect, run: Run, name: str) -> None:
    _force(prefect, run, state("COMPLETED", name, run.message))
    _forget_marker(prefect, run.parent)


def _force(prefect: Prefect, run: Run, new: State) -> None:
    prefect.set_state(run.id, new)
    if prefect.read_input(run.id, FORM["response"]) is not None:  # answered since we listed it: not to be lost
        _resume(prefect, run.id)


def _resume(prefect: Prefect, run_id: str) -> None:
    prefect.set_state(run_id, state("SCHEDULED", "Resuming", scheduled_time=prefect.now().isoformat()))


def _marker(prefect: Prefect, work: WorkView, key: str, case_run: str) -> str:
    """The task run of the case in whose place the form is drawn, at the day it falls due, behind its step."""
    return prefect.create_task_run(
        flow_run_id=case_run,
        name=MARKER,
        task_key=key,
        dynamic_key=MARKER,
        task_inputs=behind(case_run, [work.key]),
        state=state("PENDING", MARKER),
    )


def _forget_marker(prefect: Prefect, parent: str | None) -> None:
    if parent is not None:
        prefect.delete_task_run(parent)
