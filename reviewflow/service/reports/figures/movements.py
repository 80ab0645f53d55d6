"""Sheets about what did not go as planned: extensions, holds, dates that moved; and about actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median

from reviewflow.case.rules.action_colours import ActionState, Colour, colour_of, state_of
from reviewflow.service.reports.owed import CaseFacts
from reviewflow.service.reports.registers.action import Action
from reviewflow.service.reports.registers.actions import verification_days
from reviewflow.service.reports.sheets import Cell, ReportScope, Sheet, View
from reviewflow.service.wording.people import recipient_title


def movement_sheets(cases: Sequence[CaseFacts], scope: ReportScope, view: View) -> Iterator[Sheet]:
    """Of one agency only its extensions."""
    yield _extensions(cases, scope, view)
    if not scope.agency:
        yield _holds(cases, scope, view)
        yield _dates(cases, scope)


def _in_period(day: date, scope: ReportScope) -> bool:
    return (scope.since is None or day >= scope.since) and (scope.until is None or day <= scope.until)


def _extensions(cases: Sequence[CaseFacts], scope: ReportScope, view: View) -> Sheet:
    rows = [
        (
            *(case.reference, extension.title, _owner(extension.owner, view)),
            *(extension.was, extension.to, view.days_between(extension.was, extension.to, extension.calendar)),
            *(extension.body or recipient_title(view.partnership, f"role:{extension.by_role}"), extension.on),
        )
        for case in cases
        for extension in case.granted
        if _in_period(extension.on, scope) and scope.agency in {None, extension.owner.removeprefix("agency:")}
    ]
    columns = ("Case", "What", "Who owes it", "Was due", "Now due", "Working days", "Granted by", "On")
    says = "Later days that were granted in the period. Reasons stand in the history."
    return Sheet("extensions", "Extensions", says, columns, tuple(rows))


def _owner(owner: str, view: View) -> str:
    return recipient_title(view.partnership, owner) if owner else ""


def _holds(cases: Sequence[CaseFacts], scope: ReportScope, view: View) -> Sheet:
    rows = [
        (case.reference, hold.title, hold.placed, hold.released, ((hold.released or view.today) - hold.placed).days)
        for case in cases
        for hold in case.held
        if (scope.until is None or hold.placed <= scope.until)
        and (scope.since is None or hold.released is None or hold.released >= scope.since)
    ]
    columns = ("Case", "Why it stood still", "Since", "Until", "Days")
    return Sheet(
        "holds", "Holds", "What stood still, and for how many days; until today while it does.", columns, tuple(rows)
    )


def _dates(cases: Sequence[CaseFacts], scope: ReportScope) -> Sheet:
    rows = [
        (
            case.reference,
            moved.title,
            moved.was,
            moved.to,
            (moved.to - moved.was).days,
            _how(corrected=moved.corrected),
            moved.on,
        )
        for case in cases
        for moved in case.moved
        if _in_period(moved.on, scope)
    ]
    columns = ("Case", "Date", "Was", "Is", "Days", "How", "On")
    return Sheet(
        "dates", "Dates that moved", "Dates set to another day, or put right, in the period.", columns, tuple(rows)
    )


def _how(*, corrected: bool) -> str:
    return "put right" if corrected else "moved"


STATES = tuple(state for state in ActionState if state is not ActionState.NOT_AGREED)


def actions_sheet(actions: Iterable[Action], scope: ReportScope, view: View) -> Sheet:
    """Every agreed action of the chosen cases, by who leads it."""
    by_lead: dict[str, list[Action]] = {}
    for action in actions:
        if scope.agency is None or action.owner == f"agency:{scope.agency}":
            by_lead.setdefault(_owner(action.owner, view), []).append(action)
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
    seen = [(action.standing, view.today, view.calendar(action.calendar)) for action in group]
    states = [state_of(*action) for action in seen]
    red = sum(colour_of(*action) is Colour.RED for action in seen)
    lags = [days for action in group if (days := verification_days(action, view.today)) is not None]
    extended = sum(bool(action.extensions) for action in group)
    return len(group), *(states.count(state) for state in STATES), red, extended, median(lags) if lags else None
