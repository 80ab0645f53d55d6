"""What is owed and has no day, so that no reminder ever comes of it: over all open cases, with why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Status, step_of
from reviewflow.case.rules.holds import stopped_by
from reviewflow.service.views.case_page import Line, describe_item
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import Desk
from reviewflow.service.workspace.workspace import Office
from reviewflow.store.records import CaseRow


@dataclass(frozen=True, slots=True)
class Undated:
    reference: str
    line: Line
    why: str


def undated(office: Office, *, now: datetime) -> list[Undated]:
    """Work that somebody owes without a due day, the cases in the order in which they were opened."""
    return [found for row in office.store.cases("open") for found in _of_case(office, row, now)]


def _of_case(office: Office, row: CaseRow, now: datetime) -> Iterator[Undated]:
    desk = Desk(office.plan(row.definition), load(row.reference, row.state), office.partnership, office.calendars, now)
    plan, case = desk.plan, desk.case
    for item, held in case.items.items():
        step = step_of(item)
        nobody_acts = step not in plan.steps or plan.is_automatic(step) or plan.steps[step].waits_for
        if held.status is Status.OPEN and held.due is None and not nobody_acts and not stopped_by(plan, case, item):
            yield Undated(row.reference, describe_item(desk, item), _why(desk, step))


def _why(desk: Desk, step: str) -> str:
    rule = desk.plan.rule(step)
    if rule is None:
        return "Its process gives it no day"
    return f"Due {Teller(desk.plan.definition, desk.partnership).rule(rule)}, which has not happened yet"
