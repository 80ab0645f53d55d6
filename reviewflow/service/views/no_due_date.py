"""What is owed and has no day, so that no reminder ever comes of it: over all open cases, with why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow


@dataclass(frozen=True, slots=True)
class Undated:
    """One piece of work that has no due day, with why."""

    reference: str
    line: Line
    why: str


def undated(workspace: Workspace, *, now: datetime) -> list[Undated]:
    """Work that somebody owes without a due day, the cases in the order in which they were opened."""
    return [line for row in workspace.store.without_a_day() for line in _of_case(workspace, row, now)]


def _of_case(workspace: Workspace, row: CaseRow, now: datetime) -> Iterator[Undated]:
    context = workspace.context(row, now)
    plan, case = context.plan, context.case
    for item, state in case.items.items():
        step = step_of(item)
        nobody_acts = step not in plan.steps or plan.is_automatic(step) or plan.steps[step].waits_for
        if state.status is Status.OPEN and state.due is None and not nobody_acts and not stopped_by(plan, case, item):
            yield Undated(row.reference, item_line(context, item), _why(context, step))


def _why(context: CaseContext, step: str) -> str:
    rule = context.plan.rule(step)
    if rule is None:
        return "Its process gives it no day"
    return f"Due {Teller(context.plan.definition, context.partnership).rule(rule)}, which has not happened yet"
