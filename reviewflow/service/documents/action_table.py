"""The actions of a plan as a paper shows them: to a board, and to those who verify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reviewflow.case.model.ids import key_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.markdown import plain, table
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.registers.action_lines import ActionLine, Chosen, action_lines
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

HEAD = ("No.", "Recommendation", "Action", "Lead, and who takes part", "Due", "What will be different", "Stands", "RAG")
SEEN = (
    "No.",
    "Done as agreed? In time?",
    "Evidence that we saw ourselves, and of which day",
    "Does the front line know it? How do we know?",
    "Has practice changed? What is different for children?",
    "Will it last? What is left, looked at again on",
    "E, P, N",
    "Sure",
)
ROOM = 6
"""The empty rows of a table of actions where none are known."""


def actions_table(workspace: Workspace, reference: str, *, now: datetime) -> str:
    """Every action of a case and of the plans that it led to, or those chosen to be verified, as it stands today."""
    rows = [_row(line) for line in _lines(workspace, reference, now)] or [("",) * len(HEAD)] * ROOM
    return "\n".join(table(HEAD, rows))


def seen_table(workspace: Workspace, reference: str, *, now: datetime) -> str:
    """A row for each of these actions by its number, with room for what those who verify have seen."""
    numbers = [line.number for line in _lines(workspace, reference, now)] or [""] * ROOM
    return "\n".join(table(SEEN, [(plain(number), *("",) * (len(SEEN) - 1)) for number in numbers]))


def _lines(workspace: Workspace, reference: str, now: datetime) -> Sequence[ActionLine]:
    """Those that the case chose to verify, in that order; else all of its plans."""
    plan, case = workspace.plan_and_case(find(workspace, reference))
    chosen = chosen_to_verify(plan, case)
    plans = tuple(dict.fromkeys(number.partition("/")[0] for number in chosen))
    known = tuple(name for name in plans if workspace.store.load(name) is not None)
    lines = action_lines(workspace, Chosen(cases=known or _cases(workspace, case)), now=now)
    if not chosen:
        return lines
    by_number = {line.number: line for line in lines}
    return [by_number[number] for number in chosen if number in by_number]


def chosen_to_verify(plan: Plan, case: Case) -> tuple[str, ...]:
    """The actions of other cases' plans that a case verifies, by their numbers: 'AP-2026-001/2'."""
    items = (item for step in plan.verifies_for_plans for item in plan.items(step, case) if key_of(item))
    rows = (plan.line(item.partition("/")[0], case, key_of(item)) for item in items)
    return tuple(f"{str(row.get('plan', '')).strip().upper()}/{row.get('number', '')}" for row in rows)


def _cases(workspace: Workspace, case: Case) -> tuple[str, ...]:
    """The case, and the plan that led to it: what is verified stands there."""
    origin = workspace.store.load(case.origin) if case.origin else None
    return (case.reference, case.origin) if origin is not None else (case.reference,)


def _row(line: ActionLine) -> tuple[str, ...]:
    people = "; with ".join(filter(None, (line.lead, line.contributors)))
    due = day_words(line.due) if line.due else "no day yet"
    texts = (line.recommendation, line.action, people, due, line.change)
    return (plain(line.number), *map(plain, texts), str(line.state), str(line.rag))
