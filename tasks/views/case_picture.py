"""A case as a run that never runs, listed at its next limit, with a page among its artifacts."""

from __future__ import annotations

from collections.abc import Sequence

from reviewflow.service.views.in_prefect.shown import CaseView, Standing
from tasks.server.prefect_api import TAG, Prefect, Run, State, placed, state
from tasks.views.wound_up import wind_up

FLOW = "case"
KEY, SHAPE, NUMBER, DUE = "reviewflow.case", "reviewflow.picture", "reviewflow.number", "reviewflow.due"
FORMS, BY_THE_HOUR = "reviewflow.forms", "reviewflow.hourly"
"""Labels of a case's run, which no list shows: how many forms it has, and whether it changes within a day."""
OPENING = "Opening"


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
    prefect.write_page(run.id, page_key(case.reference), case.page, case.about)
    if (run.type, run.state, run.message) != (_kind(case), case.label, case.message):
        prefect.set_state(run.id, _state(case))
    if (run.name, run.tags) != (case.name, _tags(case)):
        prefect.amend(run.id, name=case.name, tags=sorted(_tags(case)))
    prefect.label(
        run.id, {SHAPE: case.shape, NUMBER: case.number, FORMS: case.forms, BY_THE_HOUR: int(case.by_the_hour)}
    )


def _tags(case: CaseView) -> frozenset[str]:
    return frozenset({TAG, case.reference, *case.tags})
