"""What is owed and overdue, or due soon, over all cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from reviewflow.case.model.state import CaseStatus
from reviewflow.case.rules.standing import Standing
from reviewflow.london import london_day
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.views.case_page.items import item_line, limit_line
from reviewflow.service.views.case_page.listed import CalledAlike, Listed, listed
from reviewflow.service.views.case_page.look_again import review_lines, unexplained_breaches
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.views.lateness import Dated, dated_items
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

Shown = Line | Listed


def due_lines(
    workspace: Workspace,
    *,
    now: datetime,
    days: int,
    line_of: Callable[[CaseContext, Dated], Shown] | None = None,
    of: Collection[str] = (),
) -> list[tuple[str, Shown]]:
    """What is overdue, or due within so many days (not working days), each with its case; most urgent first.

    Only `of` these processes, where any are named. `line_of` describes what is owed: by `foreseen_line` with all that
    a page says of it, which takes far longer.
    """
    line_of = line_of or partial(listed, known=CalledAlike())
    last = london_day(now) + timedelta(days=days)
    owed = list[tuple[str, Shown]]()
    for row in _of(of, workspace.store.cases(CaseStatus.OPEN)):
        with workspace.aside(row.reference):
            owed += [(row.reference, line) for line in _due_in(workspace.context(row, now), last, line_of)]
    owed += unexplained(workspace, now=now, of=of)
    return sorted(owed, key=lambda entry: (entry[1].due or last, entry[0], entry[1].item))


def foreseen_line(context: CaseContext, dated: Dated) -> Line:
    """All of a line, and of a limit what is foreseen of it; those who owe the step that meets it are its owner."""
    if context.plan.is_limit(dated.item):
        return replace(limit_line(context, dated.item), owner=owner_title(context, dated.item))
    return item_line(context, dated.item, standing=dated.standing)


def _of(processes: Collection[str], rows: Iterable[CaseRow]) -> Iterator[CaseRow]:
    return (row for row in rows if not processes or row.process in processes)


def unexplained(workspace: Workspace, *, now: datetime, of: Collection[str] = ()) -> Iterator[tuple[str, Line]]:
    """Of cases that are over, the limits that were not met and of whose reason, which is asked, nobody has spoken."""
    for row in _of(of, workspace.store.cases(CaseStatus.CLOSED)):
        with workspace.aside(row.reference):
            yield from ((row.reference, line) for line in list(unexplained_breaches(workspace.context(row, now))))


def looks_overdue(workspace: Workspace, *, now: datetime) -> Mapping[str, int]:
    """By case: how much is overdue that is no step: to be looked at again, decided or explained."""
    late = Counter[str]()
    for row in workspace.store.cases(CaseStatus.OPEN):
        with workspace.aside(row.reference):
            late[row.reference] += sum(map(_is_overdue, review_lines(workspace.context(row, now))))
    late.update(reference for reference, _ in unexplained(workspace, now=now))
    return late


def _is_overdue(line: Line) -> bool:
    return line.standing is Standing.OVERDUE


def _due_in(context: CaseContext, last: date, line_of: Callable[[CaseContext, Dated], Shown]) -> Iterator[Shown]:
    """Only what falls due is described: a morning's summary looks at every open case."""
    for dated in dated_items(context, until=last):
        line = line_of(context, dated)
        if line.days:
            yield line
    yield from (line for line in review_lines(context) if line.days and line.due is not None and line.due <= last)
