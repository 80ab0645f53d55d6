"""A report: which cases, which agency, which period, as seen on which day."""

from __future__ import annotations

from datetime import datetime

from reviewflow.case.advance import london_day
from reviewflow.case.plan import OFFICE
from reviewflow.case.words import day_words
from reviewflow.language.problem import unknown
from reviewflow.service.cases import find
from reviewflow.service.errors import UserError
from reviewflow.service.figures.drawing import Report
from reviewflow.service.figures.facts import facts
from reviewflow.service.figures.movements import actions_sheet, movement_sheets
from reviewflow.service.figures.remains import remains
from reviewflow.service.figures.sheets import View, Wanted, sheets
from reviewflow.service.office import Office
from reviewflow.service.registers.actions import actions


def make_report(office: Office, wanted: Wanted, *, now: datetime) -> Report:
    """All figures that are wanted; raises UnknownCase, or UserError for an agency that there is none of."""
    known = office.partnership.agencies
    if wanted.case is not None:
        find(office, wanted.case)
    if wanted.agency is not None and wanted.agency not in known:
        raise UserError(unknown("an agency in partnership.yaml", wanted.agency, known, "Agencies"))
    today = london_day(now)
    view = View(today, office.calendars[OFFICE], office.partnership)
    whom = known[wanted.agency].title if wanted.agency else wanted.case or "All cases"
    period = _period(wanted)
    says = f"{office.partnership.partnership}. {whom}, {period}. Seen on {day_words(today)}."
    every = sorted((*facts(office), *remains(office)), key=lambda case: (case.opened, case.reference))
    cases = [case for case in every if wanted.takes_case(case)]
    found = actions(office, (case.reference for case in cases))
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
