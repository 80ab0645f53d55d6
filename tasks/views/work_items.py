"""A work item as a run that waits for its form: opened, renamed when it is late, closed, put back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from reviewflow.service.views.in_prefect.shown import Standing, WorkView
from tasks.server.prefect_api import FORM, TAG, Prefect, Run, State, falls_due, placed, state
from tasks.views.wound_up import run_again, wind_up

FLOW = "work-item"
DEPLOYMENT = f"{FLOW}/work-item"
KEY, DUE, PAPER = "reviewflow.work", "reviewflow.due", "reviewflow.paper"
"""Labels of a run, which no list shows: its work item, the due day when it was opened, its form."""
OPENING = "Opening"
"""The state of a run until its form is there."""
PATIENCE = timedelta(minutes=15)
"""How long recording an answer may take; after that its process counts as dead."""
SETTLING = 1.0
"""Seconds that the slowest runner takes from being offered a run to asking for it."""


Unfinished = tuple[Run, WorkView]
"""A run that has no form yet, with its work item."""


def reconcile_work(
    prefect: Prefect, runs: Sequence[Run], work: WorkView | None, ended: Standing
) -> tuple[str, Run | None]:
    """Make the runs of one key as they should be; returns in one word what was done, and a run that needs its form."""
    waiting = [run for run in runs if not _at_work(prefect, run)]
    if len(waiting) < len(runs):
        return "left_alone", None
    current = next((run for run in waiting if work and run.labels.get(DUE) == str(work.due)), None)
    answered = [_close(prefect, run, "Moved" if work else ended) for run in waiting if run is not current]
    if any(answered):
        return "left_alone", None
    if work is None:
        return ("closed" if waiting else "unchanged"), None
    if current is None:
        return ("moved" if waiting else "opened"), _open(prefect, work)
    if current.type != "PAUSED" or current.state == OPENING:
        return "put_back", _hide(prefect, current)
    return _refresh(prefect, current, work), None


def finish(prefect: Prefect, unfinished: Sequence[Unfinished]) -> None:
    """Store the forms with their runs and pause them.

    Not at once where the day is past: a runner that was just offered the run has yet to ask for it, is refused
    while it is pending, and would die of being refused while it is paused (Prefect 3.9).
    """
    if any(work.due and falls_due(work.due) < prefect.now() for _, work in unfinished):
        time.sleep(SETTLING)
    for run, work in unfinished:
        _lay_out(prefect, run, work)
        _force(prefect, run, waiting_state(work))


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


def _at_work(prefect: Prefect, run: Run) -> bool:
    """Whether an answer is being recorded; a run whose process died is resumed."""
    if run.type == "PAUSED" or run.state == OPENING:
        return False
    fresh = prefect.now() - run.since < PATIENCE
    if run.type != "SCHEDULED" and fresh:
        return True
    if prefect.read_input(run.id, FORM["response"]) is None:
        return False
    if run.type != "SCHEDULED":
        run_again(prefect, run)
    return True


def _open(prefect: Prefect, work: WorkView) -> Run:
    """A run for the item, the first of its attempts that has not ended: those cancelled or refused keep their pages."""
    attempts = (_create(prefect, work, f"{work.key}#{work.due}#{attempt}") for attempt in count(1))
    return _hide(prefect, next(run for run in attempts if run is not None))


def _hide(prefect: Prefect, run: Run) -> Run:
    """Make a scheduled run pending, before a runner takes it because its day has passed."""
    if run.type == "SCHEDULED":
        prefect.set_state(run.id, state("PENDING", OPENING))
    return run


def _create(prefect: Prefect, work: WorkView, key: str) -> Run | None:
    run = prefect.create(
        DEPLOYMENT,
        key,
        name=work.name,
        tags=sorted(tags_of(work)),
        labels={KEY: work.key, DUE: str(work.due), PAPER: OPENING},
        parameters={"item": work.key},
        state=placed(work.due, OPENING),
    )
    return None if run.ended or run.id == prefect.own else run


def _lay_out(prefect: Prefect, run: Run, work: WorkView) -> None:
    """Store the form where Prefect's Resume looks for it."""
    for key, value in ((FORM["schema"], work.form), (FORM["description"], work.help)):
        if run.labels.get(PAPER) != OPENING:
            prefect.forget_input(run.id, key)
        prefect.save_input(run.id, key, value)
    prefect.label(run.id, {PAPER: work.paper})


def _refresh(prefect: Prefect, run: Run, work: WorkView) -> str:
    done = "unchanged"
    if run.labels.get(PAPER) != work.paper:
        _lay_out(prefect, run, work)
        done = "changed"
    if (run.name, run.tags) != (work.name, tags_of(work)):
        prefect.amend(run.id, name=work.name, tags=sorted(tags_of(work)))
        done = "changed"
    if (run.state, run.message) != (work.standing, work.message) and prefect.run(run.id).type == "PAUSED":
        _force(prefect, run, waiting_state(work))
        done = "changed"
    return done


def _close(prefect: Prefect, run: Run, name: str) -> bool:
    answered = _force(prefect, run, state("COMPLETED", name, run.message))
    if not answered:
        wind_up(prefect, run, name)
    return answered


def _force(prefect: Prefect, run: Run, new: State) -> bool:
    """Set a state; whether the form was answered meanwhile: then the run is resumed to record it."""
    prefect.set_state(run.id, new)
    answered = prefect.read_input(run.id, FORM["response"]) is not None
    if answered:
        run_again(prefect, run)
    return answered
