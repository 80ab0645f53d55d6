"""The actions of a plan as a paper for a board shows them."""

from __future__ import annotations

from datetime import datetime

from reviewflow.markdown import plain, table
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.registers.action_lines import ActionLine, Chosen, action_lines
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

HEAD = ("No.", "Recommendation", "Action", "Lead, and who takes part", "Due", "What will be different", "Stands", "RAG")


def actions_table(workspace: Workspace, reference: str, *, now: datetime) -> str:
    """Every action of a case and of the plans that it led to, as it stands today; room for some where there is none."""
    lines = action_lines(workspace, Chosen(cases=_cases(workspace, reference)), now=now)
    rows = [_row(line) for line in lines] or [("",) * len(HEAD)] * 6
    return "\n".join(table(HEAD, rows))


def _cases(workspace: Workspace, reference: str) -> tuple[str, ...]:
    """The case, and the plan that led to it: what is verified stands there."""
    _, case = workspace.plan_and_case(find(workspace, reference))
    origin = workspace.store.load(case.origin) if case.origin else None
    return (reference, case.origin) if origin is not None else (reference,)


def _row(line: ActionLine) -> tuple[str, ...]:
    people = "; with ".join(filter(None, (line.lead, line.contributors)))
    due = day_words(line.due) if line.due else "no day yet"
    texts = (line.recommendation, line.action, people, due, line.change)
    return (plain(line.number), *map(plain, texts), str(line.state), str(line.rag))
