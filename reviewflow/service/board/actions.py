"""Actions: of every plan how many stand in which state and colour, and those that are red or amber by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.calendar import OFFICE
from reviewflow.case.rules.action_colours import ActionState, Colour, colour_of, state_of, why_coloured
from reviewflow.london import london_day
from reviewflow.service.board.today import number_words
from reviewflow.service.reports.registers.action import Action
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action, by its number; what it says is kept for the register, because somebody typed it."""

    number: str
    """'AP-2026-001/2'."""
    plan: str
    lead: str
    agency: str
    due: date | None
    days: int
    """Working days after its day; negative until it."""
    state: ActionState
    colour: Colour
    why: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan."""

    reference: str
    follows: str
    total: int
    colours: tuple[tuple[Colour, int], ...]
    """Red, amber, green, blue, in this order, and how many there are."""
    states: tuple[tuple[ActionState, int], ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """Every action, the worst first, and the plans that they are of."""

    office: str
    now: datetime
    rows: tuple[ActionRow, ...]
    plans: tuple[PlanLine, ...]

    def coloured(self, colour: Colour) -> int:
        """How many there are of a colour."""
        return sum(row.colour is colour for row in self.rows)

    @property
    def headline(self) -> str:
        """How many are red and amber, of how many."""
        if not self.rows:
            return "No action is agreed."
        red, amber = self.coloured(Colour.RED), self.coloured(Colour.AMBER)
        every = counted(len(self.rows), "action")
        return f"{number_words(red).capitalize()} red, {number_words(amber)} amber, of {every}."


WORST_FIRST = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.BLUE, Colour.NONE)


def actions_page(workspace: Workspace, register: Iterable[Action], *, now: datetime) -> Actions:
    """The page from the register of actions."""
    known = list(register)
    rows = sorted((_row(workspace, action, london_day(now)) for action in known), key=_worst)
    plans = dict.fromkeys((action.reference, action.follows) for action in known)
    lines = [_plan(reference, follows, [row for row in rows if row.plan == reference]) for reference, follows in plans]
    return Actions(workspace.partnership.partnership, now, tuple(rows), tuple(lines))


def _row(workspace: Workspace, action: Action, today: date) -> ActionRow:
    calendar = workspace.calendars.get(action.calendar) or workspace.calendars[OFFICE]
    due = action.standing.due
    return ActionRow(
        number=action.name,
        plan=action.reference,
        lead=recipient_title(workspace.partnership, action.owner) if action.owner else "nobody yet",
        agency=action.owner.removeprefix("agency:") if action.owner.startswith("agency:") else "",
        due=due,
        days=calendar.working_days_between(due, today) if due else 0,
        state=state_of(action.standing, today, calendar),
        colour=colour_of(action.standing, today, calendar),
        why=why_coloured(action.standing, today, calendar),
    )


def _worst(row: ActionRow) -> tuple[int, date, str]:
    return WORST_FIRST.index(row.colour), row.due or date.max, row.number


def _plan(reference: str, follows: str, rows: list[ActionRow]) -> PlanLine:
    colours, states = Counter(row.colour for row in rows), Counter(row.state for row in rows)
    return PlanLine(
        reference,
        follows,
        len(rows),
        tuple((colour, colours[colour]) for colour in WORST_FIRST if colours[colour]),
        tuple((state, states[state]) for state in ActionState if states[state]),
    )
