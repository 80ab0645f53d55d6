"""A case as a picture: a run that never runs, whose task runs Prefect draws as bars with arrows between them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from reviewflow.service.views.board.shown import CaseView, Standing, TaskView
from tasks.prefect_api import TAG, Json, Prefect, Run, State, placed, state, task_run_event
from tasks.wound_up import wind_up

FLOW = "case"
KEY, SHAPE, NUMBER, DUE = "reviewflow.case", "reviewflow.picture", "reviewflow.number", "reviewflow.due"
OPENING = "Opening"
DRAWING = timedelta(seconds=10)
"""How long the server may take to store what was reported to it; 0.3 s was measured."""

COLOURS = {
    Standing.NOT_YET: "PENDING",  # grey
    Standing.OPEN: "RUNNING",  # blue
    Standing.DUE_SOON: "SCHEDULED",  # amber
    Standing.OVERDUE: "FAILED",  # red
    Standing.EXPECTED: "RUNNING",
    Standing.NOT_COME: "SCHEDULED",
    Standing.ON_HOLD: "PENDING",  # grey: it stands still
    Standing.DONE: "COMPLETED",  # green
    Standing.DONE_LATE: "COMPLETED",
    Standing.DISSENT: "COMPLETED",
    Standing.LATE: "COMPLETED",
    Standing.LATE_DISSENT: "COMPLETED",
    Standing.AGREED: "COMPLETED",
    Standing.SILENT: "COMPLETED",
    Standing.NOT_NEEDED: "CANCELLED",  # dark
    Standing.NO_MORE: "CANCELLED",
    Standing.SKIPPED: "CANCELLED",
}
"""The type of a state gives only the colour of its bar here; its name is the standing."""


def reconcile_case(prefect: Prefect, runs: Sequence[Run], case: CaseView) -> str:
    """Make the run of a case as it should be, on the day of its next limit; returns in one word what was done."""
    if any(_is_newer(run, case) for run in runs):
        return "unchanged"
    current = next((run for run in runs if case.closed or run.labels.get(DUE) == str(case.due)), None)
    if current is None and case.closed:
        return "unchanged"
    run = current or _open(prefect, case)
    done = _what_is_done(runs, current, case)
    if done != "unchanged":
        _draw(prefect, run, case)
    for other in runs:
        if other is not run:
            prefect.delete_run(other.id)
    return done


def close_case(prefect: Prefect, run: Run, ended: Standing) -> None:
    """End the picture of a case that is no longer shown."""
    prefect.set_state(run.id, state("COMPLETED", ended, run.message))
    wind_up(prefect, run, ended)


def _what_is_done(runs: Sequence[Run], current: Run | None, case: CaseView) -> str:
    if current is None:
        return "moved" if runs else "opened"
    if _is_drawn(current, case):
        return "unchanged"
    return "closed" if case.closed else "drawn"


def page_key(reference: str) -> str:
    """The key of the page in Prefect, which takes small letters, figures and hyphens."""
    return reference.lower()


def task_run_id(case_run: str, key: str) -> str:
    """The id of a bar, the same each time, so that arrows can be drawn before the bars that they start from."""
    return str(uuid.uuid5(uuid.UUID(case_run), key))


def behind(case_run: str, keys: Iterable[str]) -> Json:
    """The arrows from these bars, as the server takes them."""
    return {"wait_for": [{"input_type": "task_run", "id": task_run_id(case_run, key)} for key in keys]}


def _is_drawn(run: Run, case: CaseView) -> bool:
    return run.labels.get(SHAPE) == case.shape and (run.type, run.state) == (_kind(case), case.label)


def _is_newer(run: Run, case: CaseView) -> bool:
    return int(run.labels.get(NUMBER, 0)) > case.number and run.type == "PAUSED"


def _kind(case: CaseView) -> str:
    return "COMPLETED" if case.closed else "PAUSED"


def _state(case: CaseView) -> State:
    """Without rescheduling: whoever presses Resume on a picture starts no process."""
    return state(_kind(case), case.label, case.message, **({} if case.closed else {"pause_reschedule": False}))


def _open(prefect: Prefect, case: CaseView) -> Run:
    """The run of a case at this day, also one that somebody cancelled. Prefect moves none to another day."""
    labels = {KEY: case.reference, NUMBER: 0, DUE: str(case.due)}
    return prefect.create_picture(
        FLOW,
        f"{case.reference}#{case.due}",
        name=case.name,
        tags=sorted(_tags(case)),
        labels=labels,
        state=placed(case.due, OPENING),
    )


def _draw(prefect: Prefect, run: Run, case: CaseView) -> None:
    _clear(prefect, run.id, case.tasks)
    drawn = _paint(prefect, run.id, case.tasks)
    prefect.write_page(run.id, page_key(case.reference), case.page)
    prefect.set_state(run.id, _state(case))
    if (run.name, run.tags) != (case.name, _tags(case)):
        prefect.amend(run.id, name=case.name, tags=sorted(_tags(case)))
    if drawn:  # or else the next reconciliation draws it again
        prefect.label(run.id, {SHAPE: case.shape, NUMBER: case.number})


def _tags(case: CaseView) -> frozenset[str]:
    return frozenset({TAG, case.reference, *case.tags})


def _clear(prefect: Prefect, run_id: str, tasks: Sequence[TaskView]) -> None:
    """Delete bars that are no longer in the case."""
    bars = {task_run_id(run_id, task.key) for task in tasks}
    for run in prefect.task_runs(run_id):
        if run["id"] not in bars:
            prefect.delete_task_run(run["id"])


def _paint(prefect: Prefect, run_id: str, tasks: Sequence[TaskView]) -> bool:
    """Report the bars; whether the server stored all of them in time."""
    if not tasks:
        return True
    moment = prefect.now()
    events = [_event(run_id, task, moment) for task in tasks]
    prefect.record(events)
    sent = {event["id"] for event in events}
    while prefect.now() - moment < DRAWING:
        if sent <= {run["state_id"] for run in prefect.task_runs(run_id)}:
            return True
        time.sleep(0.1)
    return False


def _event(run_id: str, task: TaskView, moment: datetime) -> Json:
    open_or_over = task.standing not in {Standing.NOT_YET, Standing.ON_HOLD}
    starts = task.starts if task.starts and (open_or_over or task.starts > moment) else moment
    bar = {
        "name": task.title,
        "task_key": task.key,
        "dynamic_key": "step",
        "task_inputs": behind(run_id, task.after),
        "expected_start_time": starts.isoformat(),
        "start_time": starts.isoformat() if open_or_over else None,
        "end_time": task.ended.isoformat() if task.ended else None,
    }
    return task_run_event(
        flow_run_id=run_id,
        task_run_id=task_run_id(run_id, task.key),
        kind=COLOURS[task.standing],
        name=task.standing,
        message=task.message,
        occurred=moment,
        task_run=bar,
    )
