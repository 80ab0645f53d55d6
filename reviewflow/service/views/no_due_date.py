"""What is owed and has no day, so that no reminder ever comes of it: over all open cases, with why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.views.case_page.naming import Naming, in_full
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Undated:
    """One piece of work that has no due day, with why."""

    reference: str
    line: Line
    why: str


def undated(workspace: Workspace, *, now: datetime, naming: Callable[[CaseContext], Naming] = in_full) -> list[Undated]:
    """Work that somebody owes without a due day, the cases in the order in which they were opened."""
    found: list[Undated] = []
    for row in workspace.store.without_a_day():
        with workspace.aside(row.reference):
            context = workspace.context(row, now)
            found += _of_case(context, naming(context))
    return found


def _of_case(context: CaseContext, naming: Naming) -> Iterator[Undated]:
    plan, case = context.plan, context.case
    for item, state in case.items.items():
        step = step_of(item)
        nobody_acts = step not in plan.steps or plan.is_automatic(step) or plan.steps[step].waits_for
        nobody_acts = nobody_acts or leader_of(plan, case, item)
        if state.status is Status.OPEN and state.due is None and not nobody_acts and not stopped_by(plan, case, item):
            yield Undated(case.reference, item_line(context, item, naming), _why(context, step))


def _why(context: CaseContext, step: str) -> str:
    rule = context.plan.rule(step)
    if rule is None:
        return "Its process gives it no day"
    return f"Due {Teller(context.plan.definition, context.partnership).rule(rule, step)}, which has not happened yet"
