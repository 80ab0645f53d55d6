"""A report: which cases, which agency, which period, as seen on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from reviewflow.case.model.state import Status
from reviewflow.language.suggestions import unknown_agency
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.facts import facts
from reviewflow.service.reports.figures.drawing import Report
from reviewflow.service.reports.figures.missed import missed_sheet
from reviewflow.service.reports.figures.movements import actions_sheet, movement_sheets
from reviewflow.service.reports.figures.remains import remains
from reviewflow.service.reports.figures.targets import targets_sheet
from reviewflow.service.reports.owed import CaseFacts, Owed
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.reports.sheets import ReportScope, View, late_by, sheets
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import counted, day_words

NONE: Mapping[str, int] = MappingProxyType({})


def make_report(
    workspace: Workspace, scope: ReportScope, *, now: datetime, looks_overdue: Mapping[str, int] = NONE
) -> Report:
    """All figures that are wanted; raises UnknownCase, or UserError for an agency that there is none of.

    `looks_overdue`, by case: what `reviewflow.service.views.case_page.due.looks_overdue` finds, which is no step.
    """
    known = workspace.partnership.agencies
    if scope.case is not None:
        find(workspace, scope.case)
    if scope.agency is not None and scope.agency not in known:
        raise UserError(unknown_agency(scope.agency, known))
    today = london_day(now)
    view = View(today, workspace.calendars, workspace.partnership, looks_overdue)
    whom = known[scope.agency].title if scope.agency else scope.case or "All cases"
    period = _period(scope)
    says = f"{workspace.partnership.partnership}. {whom}, {period}. Seen on {day_words(today)}."
    every = sorted((*facts(workspace), *remains(workspace)), key=lambda case: (case.opened, case.reference))
    cases = [case for case in every if scope.takes_case(case)]
    agreed = actions(workspace, (case.reference for case in cases))
    drawn = (
        *sheets(cases, scope, view),
        *targets_sheet(every, workspace.processes(), scope, view),
        *(() if scope.agency else (missed_sheet(cases, scope, view),)),
        actions_sheet(agreed, scope, view),
        *movement_sheets(cases, scope, view),
    )
    return Report("How cases have kept their time", says, drawn, _headline(cases, scope, view))


def nothing_to_report(workspace: Workspace, until: date) -> bool:
    """Whether the figures until a day are all empty, told without a look at what happened in the cases.

    So it is where no case was opened by then; where a process has a target, that is told of no case too.
    """
    if any(process.targets for process in workspace.processes().values()) or workspace.store.destroyed():
        return False
    return not any(_opened_by(workspace, row, until) for row in workspace.store.every_case())


def _opened_by(workspace: Workspace, row: CaseRow, until: date) -> bool:
    """Also of a case that cannot be read: then whatever reads its history says so."""
    with workspace.aside(row.reference):
        return workspace.plan_and_case(row)[1].opened <= until
    return True


def _headline(cases: Sequence[CaseFacts], scope: ReportScope, view: View) -> str:
    """How many cases, how many clocks ended in time, and how much of the agencies' work did."""
    owed = [work for case in cases for work in case.owed if scope.takes(work)]
    clocks = _in_time([work for work in owed if work.limit], view)
    answers = _in_time([work for work in owed if work.owner.startswith("agency:") and work.due], view)
    parts = (
        counted(len(cases), "case"),
        f"{clocks} clocks in time" if clocks and not scope.agency else "",
        f"{answers} answers of agencies in time" if answers else "",
    )
    return f"{', '.join(filter(None, parts))}."


def _in_time(owed: Sequence[Owed], view: View) -> str:
    """'5 of 6', of those that have ended or are late; '' where there is none."""
    late = sum(work.ended in {Status.DONE, Status.OPEN} and late_by(work, view) > 0 for work in owed)
    met = sum(work.ended is Status.DONE and not late_by(work, view) for work in owed)
    return f"{met} of {met + late}" if met + late else ""


def _period(scope: ReportScope) -> str:
    match scope.since, scope.until:
        case None, None:
            return "from the first day on"
        case since, None:
            assert since is not None
            return f"since {day_words(since)}"
        case None, until:
            assert until is not None
            return f"until {day_words(until)}"
        case since, until:
            assert since is not None
            assert until is not None
            return f"{day_words(since)} to {day_words(until)}"
