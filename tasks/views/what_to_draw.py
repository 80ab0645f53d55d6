"""Which cases a sweep shows anew: what changed, what somebody touched in Prefect, and in the first of a day all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from reviewflow.london import london_day, read_stamp
from reviewflow.service.workspace.workspace import Workspace
from tasks.server.prefect_api import Prefect, Run
from tasks.views import case_picture, work_items

MOST = 10_000


def to_draw(workspace: Workspace, prefect: Prefect, is_open: Collection[str], *, now: datetime) -> set[str] | None:
    """The references of those cases, also of some that are over; None for all."""
    last = workspace.store.last_sweep()
    if last is None or london_day(read_stamp(last.finished)) < london_day(now):
        return None
    return {reference for reference, _ in workspace.store.unmirrored(MOST)} | touched(prefect, is_open)


def touched(prefect: Prefect, is_open: Collection[str]) -> set[str]:
    """The cases of which Prefect does not have what was last shown, or which change by the hour.

    The run of each case says how many of its forms wait. While as many wait as all of them say, none is listed: they
    are a dozen a case. Where one was taken away and another copied by hand in the same quarter of an hour, the first
    sweep of the next day sees it, which shows all.
    """
    pictures = _by_case(prefect.unended(case_picture.FLOW))
    laid_out = Counter({reference: _forms(runs) for reference, runs in pictures.items()})
    stirred = {case_of(run) for run in prefect.unended(work_items.FLOW, "PAUSED")}
    if prefect.waiting(work_items.FLOW) != laid_out.total():
        stirred |= _differ(laid_out, Counter(map(case_of, prefect.unended(work_items.FLOW))))
    whole = {reference for reference, runs in pictures.items() if _is_whole(runs)} - stirred
    return {*(set(is_open) - whole), *((pictures.keys() | stirred) - set(is_open))}


def case_of(run: Run) -> str:
    """The reference of the case that a run of ours belongs to; '' for any other run."""
    return str(run.labels.get(case_picture.KEY) or str(run.labels.get(work_items.KEY, "")).partition("/")[0])


def _by_case(runs: Iterable[Run]) -> dict[str, list[Run]]:
    found: defaultdict[str, list[Run]] = defaultdict(list)
    for run in {run.id: run for run in runs}.values():  # a page of the list may repeat one
        found[case_of(run)].append(run)
    return found


def _forms(pictures: Sequence[Run]) -> int:
    return sum(int(run.labels.get(case_picture.FORMS, 0)) for run in pictures)


def _differ(laid_out: Counter[str], there: Counter[str]) -> set[str]:
    return {reference for reference in laid_out.keys() | there.keys() if laid_out[reference] != there[reference]}


def _is_whole(pictures: Sequence[Run]) -> bool:
    """Whether a case has its one run, which waits and says how many forms were laid out."""
    if len(pictures) != 1 or pictures[0].type != "PAUSED":
        return False
    labels = pictures[0].labels
    return case_picture.FORMS in labels and not labels.get(case_picture.BY_THE_HOUR)
