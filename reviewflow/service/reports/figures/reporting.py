"""A report: which cases, which agency, which period, as seen on which day."""

from __future__ import annotations

from datetime import datetime

from reviewflow.calendar import OFFICE
from reviewflow.language.suggestions import unknown_agency
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.facts import facts
from reviewflow.service.reports.figures.drawing import Report
from reviewflow.service.reports.figures.movements import actions_sheet, movement_sheets
from reviewflow.service.reports.figures.remains import remains
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.reports.sheets import View, Wanted, sheets
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words


def make_report(workspace: Workspace, wanted: Wanted, *, now: datetime) -> Report:
    """All figures that are wanted; raises UnknownCase, or UserError for an agency that there is none of."""
    known = workspace.partnership.agencies
    if wanted.case is not None:
        find(workspace, wanted.case)
    if wanted.agency is not None and wanted.agency not in known:
        raise UserError(unknown_agency(wanted.agency, known))
    today = london_day(now)
    view = View(today, workspace.calendars[OFFICE], workspace.partnership)
    whom = known[wanted.agency].title if wanted.agency else wanted.case or "All cases"
    period = _period(wanted)
    says = f"{workspace.partnership.partnership}. {whom}, {period}. Seen on {day_words(today)}."
    every = sorted((*facts(workspace), *remains(workspace)), key=lambda case: (case.opened, case.reference))
    cases = [case for case in every if wanted.takes_case(case)]
    found = actions(workspace, (case.reference for case in cases))
    drawn = (*sheets(cases, wanted, view), actions_sheet(found, wanted, view), *movement_sheets(cases, wanted, view))
    return Report("How reviews have kept their time", says, drawn)


def _period(wanted: Wanted) -> str:
    match wanted.since, wanted.until:
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
