"""Actions as lines that people read, and as a sheet: in their state and colour as seen on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby

from reviewflow.calendar import OFFICE
from reviewflow.case.rules.action_colours import ActionState, Colour, colour_of, state_of, why_coloured
from reviewflow.language.suggestions import unknown_agency
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.registers.action import Action, Milestone
from reviewflow.service.reports.registers.actions import actions, served_by, verification_days
from reviewflow.service.reports.sheets import Sheet
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as it stands on a day. Its fields are the columns of the sheet, in their order."""

    number: str
    case: str
    follows: str
    recommendation: str
    action: str
    kind: str
    strength: str
    lead: str
    contributors: str
    milestones: str
    """'2027-01-15 Form drafted (reached 2027-01-12); 2027-03-01 Form in use', as a spreadsheet may give them too."""
    due: date | None
    original_due: date | None
    state: ActionState
    rag: Colour
    why: str
    """What the colour follows from, where the state does not say it, and what nobody has said of it yet."""
    extensions: int
    extended_by: str
    change: str
    measure: str
    evidence: str
    done: date | None
    verified: date | None
    judgement: str
    verification_days: int | None
    """From the day it was done to the day it was verified; until today while it is not."""


HEADINGS = {
    "number": "No.",
    "case": "Plan",
    "follows": "Follows from",
    "recommendation": "Recommendation",
    "action": "Action",
    "kind": "Kind",
    "strength": "Strength",
    "lead": "Lead",
    "contributors": "Contributors",
    "milestones": "Milestones",
    "due": "Due",
    "original_due": "First due",
    "state": "State",
    "rag": "RAG",
    "why": "Why",
    "extensions": "Extensions",
    "extended_by": "Extended by",
    "change": "Expected change",
    "measure": "Measure",
    "evidence": "Evidence asked for",
    "done": "Done",
    "verified": "Verified",
    "judgement": "Judgement",
    "verification_days": "Days to verification",
}
"""How the columns are headed, unless partnership.yaml has headings of its own."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which actions: of these cases (with the plans that serve them), of an agency, in a state. Empty: all."""

    cases: tuple[str, ...] = ()
    agency: str | None = None
    state: ActionState | None = None


def action_lines(workspace: Workspace, chosen: Chosen, *, now: datetime) -> list[ActionLine]:
    """Raises UnknownCase, or UserError for an agency that there is none of."""
    chosen_actions = _chosen(workspace, chosen)
    lines = [line_of(workspace, action, london_day(now)) for action in chosen_actions]
    return [line for line in lines if chosen.state in {None, line.state}]


def _chosen(workspace: Workspace, chosen: Chosen) -> Iterator[Action]:
    for reference in chosen.cases:
        find(workspace, reference)
    known = workspace.partnership.agencies
    if chosen.agency is not None and chosen.agency not in known:
        raise UserError(unknown_agency(chosen.agency, known))
    agency = f"agency:{chosen.agency}"
    references = served_by(workspace, chosen.cases) if chosen.cases else None
    return (
        action
        for action in actions(workspace, references)
        if chosen.agency is None or agency in {action.owner, *action.contributors}
    )


def line_of(workspace: Workspace, action: Action, today: date) -> ActionLine:
    """One action as it stands on a day."""
    calendar = workspace.calendars.get(action.calendar) or workspace.calendars[OFFICE]
    last = action.verifications[-1] if action.verifications else None
    return ActionLine(
        number=action.name,
        case=action.reference,
        follows=action.follows,
        recommendation=action.says("recommendation"),
        action=action.says("action"),
        kind=action.says("kind"),
        strength=action.says("strength").partition(" - ")[0],
        lead=recipient_title(workspace.partnership, action.owner) if action.owner else "",
        contributors="; ".join(recipient_title(workspace.partnership, agency) for agency in action.contributors),
        milestones="; ".join(map(_milestone, action.milestones)),
        due=action.standing.due,
        original_due=action.original,
        state=state_of(action.standing, today, calendar),
        rag=colour_of(action.standing, today, calendar),
        why="; ".join(filter(None, (why_coloured(action.standing, today, calendar), _unsaid(workspace, action)))),
        extensions=len(action.extensions),
        extended_by=_extended_by(workspace, action),
        change=action.says("change"),
        measure=action.says("measure"),
        evidence=action.says("evidence"),
        done=action.done,
        verified=last.on if last and action.done else None,
        judgement=last.judgement.replace("_", " ") if last else "",
        verification_days=verification_days(action, today),
    )


def _unsaid(workspace: Workspace, action: Action) -> str:
    """'not yet said: Strength, Evidence asked for', in the office's headings; '' where the line says it all."""
    own = workspace.partnership.headings
    columns = ((name, action.columns[name]) for name in action.not_yet_said)
    said = ", ".join(own.get(name) or HEADINGS.get(name) or asked.label for name, asked in columns)
    return f"not yet said: {said}" if said else ""


def _milestone(milestone: Milestone) -> str:
    reached = f" (reached {milestone.reached})" if milestone.reached else ""
    return f"{milestone.due or 'no day'} {milestone.what}{reached}"


def _extended_by(workspace: Workspace, action: Action) -> str:
    return "; ".join(
        f"{extension.body or recipient_title(workspace.partnership, f'role:{extension.by_role}')},"
        f" to {day_words(extension.to)}: {extension.reason}"
        for extension in action.extensions
    )


def weak_plans(workspace: Workspace, references: Sequence[str]) -> list[str]:
    """Plans whose every action is weak: training and reminders seldom change anything."""
    served = actions(workspace, served_by(workspace, references) if references else None)
    return [
        reference
        for reference, group in groupby(served, key=lambda action: action.reference)
        if {action.row.get("strength") for action in group} == {"weak"}
    ]


def action_sheet(workspace: Workspace, lines: Iterable[ActionLine]) -> Sheet:
    """The lines under the headings of the office's own spreadsheets, where it has some."""
    names = [column.name for column in fields(ActionLine)]
    own = workspace.partnership.headings
    columns = tuple(own.get(name, HEADINGS[name]) for name in names)
    rows = tuple(tuple(_cell(getattr(line, name)) for name in names) for line in lines)
    return Sheet("actions", "Actions", "Every action, as it stands today.", columns, rows)


def _cell(value: object) -> str | int | date | None:
    match value:
        case date() | int() | None:
            return value
        case _:
            return str(value)
