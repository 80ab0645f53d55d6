"""Which cases a sweep shows anew: what changed, what somebody touched in Prefect, and in the first of a day all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from reviewflow.london import london_day, read_stamp
from reviewflow.service.workspace.workspace import Workspace
from tasks.server.prefect_api import Run
from tasks.views import case_picture, work_items

MOST = 10_000


def to_draw(workspace: Workspace, runs: Iterable[Run], is_open: Collection[str], *, now: datetime) -> set[str] | None:
    """The references of those cases, also of some that are over; None for all."""
    last = workspace.store.last_sweep()
    if last is None or london_day(read_stamp(last.finished)) < london_day(now):
        return None
    return {reference for reference, _ in workspace.store.unmirrored(MOST)} | touched(runs, is_open)


def touched(runs: Iterable[Run], is_open: Collection[str]) -> set[str]:
    """The cases of which Prefect does not have what was last shown, or which change by the hour."""
    pictures: defaultdict[str, list[Run]] = defaultdict(list)
    forms: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        (pictures if case_picture.KEY in run.labels else forms)[case_of(run)].append(run)
    there = pictures.keys() | forms.keys()
    whole = {reference for reference in pictures if _is_whole(pictures[reference], forms.get(reference, ()))}
    return {*(set(is_open) - whole), *(there - set(is_open))}


def case_of(run: Run) -> str:
    """The reference of the case that a run of ours belongs to; '' for any other run."""
    return str(run.labels.get(case_picture.KEY) or str(run.labels.get(work_items.KEY, "")).partition("/")[0])


def _is_whole(pictures: Sequence[Run], forms: Sequence[Run]) -> bool:
    """Whether a case has its run, and as many forms that wait as were last laid out."""
    if len(pictures) != 1 or any(run.type != "PAUSED" for run in (*pictures, *forms)):
        return False
    labels = pictures[0].labels
    return labels.get(case_picture.FORMS) == len(forms) and not labels.get(case_picture.BY_THE_HOUR)
