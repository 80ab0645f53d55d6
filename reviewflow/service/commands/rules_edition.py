"""Open cases that are run by an earlier edition of reviewflow's own rules: what would move, and moving it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.advance import work_out
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.input_checks import read_screened_reason
from reviewflow.service.commands.carry_out import carry_out, current, find
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow


@dataclass(frozen=True, slots=True)
class Moved:
    """What becomes of one item: what it was before and would be after, as the engine would have it."""

    item: str
    status: tuple[Status, Status]
    due: tuple[date | None, date | None]
    next_message: tuple[datetime | None, datetime | None]
    """In UTC."""


@dataclass(frozen=True, slots=True)
class WouldMove:
    """A case that is run by earlier rules, and what would move in it; nothing moves in most."""

    reference: str
    rules: int
    status: tuple[str, str]
    moved: tuple[Moved, ...]


def would_move(workspace: Workspace, references: Iterable[str] = (), *, now: datetime) -> Iterator[WouldMove]:
    """For each open case that is run by earlier rules, or each of `references`: what would move. Changes nothing.

    Raises UnknownCase, or Refused for a case that is over.
    """
    for row in _rows(workspace, references):
        if load(row.reference, row.state).rules < edition.CURRENT:
            yield _would_move(workspace, row, now)


def _rows(workspace: Workspace, references: Iterable[str]) -> list[CaseRow]:
    named = [find(workspace, reference) for reference in references]
    return named or list(workspace.store.cases("open"))


def _would_move(workspace: Workspace, row: CaseRow, now: datetime) -> WouldMove:
    plan, before = workspace.plan_and_case(row)
    draft = work_out(plan, before, c.AdoptRules("to see what moves"), now=now, calendars=workspace.calendars)
    items = {**before.items, **draft.case.items}
    moved = [_moved(workspace, item, (plan, before), (draft.plan, draft.case)) for item in items]
    changed = tuple(item for item in moved if item is not None)
    return WouldMove(row.reference, before.rules, (before.status, draft.case.status), changed)


Standing = tuple[Plan, Case]


def _moved(workspace: Workspace, item: str, before: Standing, after: Standing) -> Moved | None:
    states = [case.items.get(item) for _, case in (before, after)]
    status = [state.status if state else Status.PENDING for state in states]
    due = [state.due if state else None for state in states]
    calendars, send_at = workspace.calendars, workspace.partnership.send_at
    coming = [
        next_chase(plan, case, item, calendars, send_at) if case.items.get(item) else None
        for plan, case in (before, after)
    ]
    if all(one == other for one, other in (status, due, coming)):
        return None
    return Moved(item, (status[0], status[1]), (due[0], due[1]), (coming[0], coming[1]))


def adopt_rules(
    workspace: Workspace, references: Iterable[str], because: str, *, by: str, now: datetime
) -> dict[str, int]:
    """Have these cases, or all open ones where none is named, go on by the present rules; by reference, days moved.

    Raises Refused for a reason that is empty or may identify a child, and for a case that does so already.
    """
    words = read_screened_reason(because)
    moved = {}
    for row in _rows(workspace, references):
        if not references and current(workspace, row.reference).rules >= edition.CURRENT:
            continue
        events = carry_out(workspace, row.reference, c.AdoptRules(words), by=by, now=now).events
        moved[row.reference] = sum(len(event.items) for event in events if isinstance(event, e.DueMoved))
    return moved
