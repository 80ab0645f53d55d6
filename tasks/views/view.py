"""Prefect's view: compared with the store at each sweep, and corrected where it differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from prefect import task
from prefect.runtime import flow_run

from reviewflow.case.model.state import CaseStatus
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.views.in_prefect.owed_forms import ended_by_itself
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.views.in_prefect.shown import CaseView, Standing, WorkView
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from tasks.office import the_workspace
from tasks.server.prefect_api import Prefect, Run, connected
from tasks.views import case_picture, work_items
from tasks.views.case_picture import close_case, reconcile_case
from tasks.views.dead_runs import end_the_dead
from tasks.views.what_to_draw import MOST, case_of, to_draw
from tasks.views.work_items import Unfinished, finish, reconcile_work
from tasks.views.wound_up import wind_up_others

ASKED = 50
"""Cases that Prefect is asked for by name; where more are shown anew, all that it has are listed."""


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What one reconciliation did, as counts by word; `calls` is how many requests it took."""

    calls: int
    cases: Mapping[str, int]
    work: Mapping[str, int]

    @property
    def changed(self) -> int:
        """How many cases and items were not as they should be."""
        quiet = {"unchanged", "left_alone"}
        return sum(number for counts in (self.cases, self.work) for word, number in counts.items() if word not in quiet)


def reconcile(
    cases: Sequence[CaseView],
    work: Sequence[WorkView],
    ended: Mapping[str, Standing],
    *,
    within: Collection[str] | None = None,
    without: Collection[str] = (),
    own: str = "",
) -> ViewReport:
    """Make Prefect show these cases and this open work, and nothing else.

    `ended` says how work that is no longer open ended, by key. With `within`, a set of references, only what Prefect
    has of those cases is listed and changed; `without` are cases that stay as they are shown. `own` is the id of the
    run that asks, when it is about to end.
    """
    with connected(own) as prefect:
        return reconcile_with(prefect, cases, work, ended, within=within, without=without)


def reconcile_with(
    prefect: Prefect,
    cases: Sequence[CaseView],
    work: Sequence[WorkView],
    ended: Mapping[str, Standing],
    *,
    within: Collection[str] | None = None,
    without: Collection[str] = (),
    listed: Sequence[Run] | None = None,
) -> ViewReport:
    """As `reconcile`, on a server that the caller is connected to, and has perhaps `listed` the runs of."""
    before = prefect.calls
    runs = prefect.runs(within) if listed is None else listed
    again = wind_up_others(prefect, within)
    pictures, items = _ours(run for run in [*runs, *again] if case_of(run) not in without)
    drawn = _cases(prefect, pictures, cases, ended)
    items_done = _work(prefect, items, work, ended)
    return ViewReport(calls=prefect.calls - before, cases=drawn, work=items_done)


def _ours(runs: Iterable[Run]) -> tuple[dict[str, list[Run]], dict[str, list[Run]]]:
    """The pictures by case, and the runs of work items by key; a page may repeat a run, hence by id."""
    pictures: defaultdict[str, list[Run]] = defaultdict(list)
    items: defaultdict[str, list[Run]] = defaultdict(list)
    for run in {run.id: run for run in runs}.values():
        if reference := run.labels.get(case_picture.KEY):
            pictures[reference].append(run)
        elif key := run.labels.get(work_items.KEY):
            items[key].append(run)
    return pictures, items


def _cases(
    prefect: Prefect, pictures: Mapping[str, Sequence[Run]], cases: Sequence[CaseView], ended: Mapping[str, Standing]
) -> Counter[str]:
    counts = Counter(reconcile_case(prefect, pictures.get(case.reference, ()), case) for case in cases)
    for reference in pictures.keys() - {case.reference for case in cases}:
        for run in pictures[reference]:
            close_case(prefect, run, ended.get(reference, Standing.NOT_NEEDED))
        counts["closed"] += 1
    return counts


def _work(
    prefect: Prefect,
    items: Mapping[str, Sequence[Run]],
    work: Sequence[WorkView],
    ended: Mapping[str, Standing],
) -> Counter[str]:
    work_by_key = {view.key: view for view in work}
    counts: Counter[str] = Counter()
    unfinished: list[Unfinished] = []
    for key in (*work_by_key, *(items.keys() - work_by_key.keys())):
        view = work_by_key.get(key)
        outcome = ended.get(key) or ended_by_itself(key)
        done, run = reconcile_work(prefect, items.get(key, ()), view, outcome)
        counts[done] += 1
        if run and view:
            unfinished.append((run, view))
    finish(prefect, unfinished)
    return counts


@task(name="show", retries=2, retry_delay_seconds=10)
def show(now: datetime, own: str = "", references: Sequence[str] = ()) -> str:
    """Bring Prefect's view up to date with the store; says in a sentence what was done.

    After an answer only the cases that it named (`references`) are shown anew, however many are open. A sweep shows
    those that changed since they were last shown, and those that somebody touched in Prefect; the first of a day all.
    A run whose answer was refused says that it is about to end (`own`), so that a new form is there at once.
    """
    with the_workspace() as workspace, connected(own) as prefect:
        if references:
            report = _show_these(workspace, prefect, workspace.store.load_these(references), set(references), now=now)
        else:
            report = _show_all(workspace, prefect, now=now)
    return f"{report.changed} changes, {report.calls} calls"


def _show_all(workspace: Workspace, prefect: Prefect, *, now: datetime) -> ViewReport:
    end_the_dead(prefect, str(flow_run.id))
    before, opened = prefect.calls, workspace.store.cases()
    chosen = to_draw(workspace, prefect, {row.reference for row in opened}, now=now)
    boundary = Boundary(workspace, "show", now)
    workspace.aside = boundary.case
    rows = [*(row for row in opened if chosen is None or row.reference in chosen), *_just_over(workspace)]
    listed = list(_runs_of(prefect, chosen))
    report = _show_these(workspace, prefect, rows, None, listed, now=now)
    if chosen is None:
        boundary.end("case")
    return replace(report, calls=prefect.calls - before)


def _runs_of(prefect: Prefect, chosen: Collection[str] | None) -> Iterable[Run]:
    """What Prefect has of these cases; of all for None."""
    if chosen is None:
        return prefect.runs(None)
    if len(chosen) <= ASKED:
        return prefect.runs(chosen) if chosen else ()
    return (run for run in prefect.runs(None) if case_of(run) in chosen)


def _show_these(
    workspace: Workspace,
    prefect: Prefect,
    rows: Sequence[CaseRow],
    within: Collection[str] | None,
    listed: Sequence[Run] | None = None,
    *,
    now: datetime,
) -> ViewReport:
    cases, work, ended = pictures(workspace, rows, now=now)
    unread = {row.reference for row in rows} - {view.reference for view in cases}
    report = reconcile_with(prefect, cases, work, ended, within=within, without=unread, listed=listed)
    for row in rows:
        if row.reference not in unread:
            workspace.store.mirrored(row.reference, row.number)
    return report


def _just_over(workspace: Workspace) -> list[CaseRow]:
    """Cases that are over and have not been shown so yet."""
    rows = [workspace.store.load(reference) for reference, _ in workspace.store.unmirrored(MOST)]
    return [row for row in rows if row is not None and row.status != CaseStatus.OPEN]
