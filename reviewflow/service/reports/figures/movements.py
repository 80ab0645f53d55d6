"""Sheets about what did not go as planned: extensions, holds, dates that moved; and about actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median

from reviewflow.case.rules.action_colours import ActionState, Colour, colour_of, state_of
from reviewflow.service.reports.facts import CaseFacts
from reviewflow.service.reports.registers.actions import Action, verification_days
from reviewflow.service.reports.sheets import Cell, Sheet, View, Wanted
from reviewflow.service.wording.people import recipient_title


def movement_sheets(cases: Sequence[CaseFacts], wanted: Wanted, view: View) -> Iterator[Sheet]:
    """Of one agency only its extensions."""
    yield _extensions(cases, wanted, view)
    if not wanted.agency:
        yield _holds(cases, wanted, view)
        yield _dates(cases, wanted)


def _in_period(day: date, wanted: Wanted) -> bool:
    return (wanted.since is None or day >= wanted.since) and (wanted.until is None or day <= wanted.until)


def _extensions(cases: Sequence[CaseFacts], wanted: Wanted, view: View) -> Sheet:
    rows = [
        (
            *(case.reference, each.title, recipient_title(view.partnership, each.owner) if each.owner else ""),
            *(each.was, each.to, view.calendar.working_days_between(each.was, each.to)),
            *(recipient_title(view.partnership, f"role:{each.by_role}"), each.on),
        )
        for case in cases
        for each in case.granted
        if _in_period(each.on, wanted) and wanted.agency in {None, each.owner.removeprefix("agency:")}
    ]
    columns = ("Case", "What", "Who owes it", "Was due", "Now due", "Working days", "Granted by", "On")
    says = "Later days that were granted in the period. Reasons stand in the history."
    return Sheet("extensions", "Extensions", says, columns, tuple(rows))


def _holds(cases: Sequence[CaseFacts], wanted: Wanted, view: View) -> Sheet:
    rows = [
        (case.reference, each.title, each.placed, each.released, ((each.released or view.today) - each.placed).days)
        for case in cases
        for each in case.held
        if (wanted.until is None or each.placed <= wanted.until)
        and (wanted.since is None or each.released is None or each.released >= wanted.since)
    ]
    columns = ("Case", "Why it stood still", "Since", "Until", "Days")
    return Sheet(
        "holds", "Holds", "What stood still, and for how many days; until today while it does.", columns, tuple(rows)
    )


def _dates(cases: Sequence[CaseFacts], wanted: Wanted) -> Sheet:
    rows = [
        (
            case.reference,
            each.title,
            each.was,
            each.to,
            (each.to - each.was).days,
            _how(corrected=each.corrected),
            each.on,
        )
        for case in cases
        for each in case.moved
        if _in_period(each.on, wanted)
    ]
    columns = ("Case", "Date", "Was", "Is", "Days", "How", "On")
    return Sheet(
        "dates", "Dates that moved", "Dates set to another day, or put right, in the period.", columns, tuple(rows)
    )


def _how(*, corrected: bool) -> str:
    return "put right" if corrected else "moved"


STATES = tuple(state for state in ActionState if state is not ActionState.NOT_AGREED)


def actions_sheet(found: Iterable[Action], wanted: Wanted, view: View) -> Sheet:
    """Every agreed action of the chosen cases, by who leads it."""
    by_lead: dict[str, list[Action]] = {}
    for each in found:
        if wanted.agency is None or each.owner == f"agency:{wanted.agency}":
            by_lead.setdefault(recipient_title(view.partnership, each.owner) if each.owner else "", []).append(each)
    rows = tuple((lead, *_counts(group, view)) for lead, group in sorted(by_lead.items()))
    columns = (
        "Lead",
        "Number",
        *(state.capitalize() for state in STATES),
        "Red",
        "Extended",
        "Days to verification, median",
    )
    says = "Actions as they stand today. Days run from the day an action was done until somebody else looked at it."
    return Sheet("actions", "Actions", says, columns, rows)


def _counts(group: Sequence[Action], view: View) -> tuple[Cell, ...]:
    states = [state_of(each.standing, view.today, view.calendar) for each in group]
    red = sum(colour_of(each.standing, view.today, view.calendar) is Colour.RED for each in group)
    lags = [days for each in group if (days := verification_days(each, view.today)) is not None]
    extended = sum(bool(each.extensions) for each in group)
    return len(group), *(states.count(state) for state in STATES), red, extended, median(lags) if lags else None
