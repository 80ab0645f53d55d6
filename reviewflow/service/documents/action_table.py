"""The actions of a plan as a paper for a board shows them."""

from __future__ import annotations

from datetime import datetime

from reviewflow.markdown import plain, table
from reviewflow.service.reports.registers.action_lines import ActionLine, Chosen, action_lines
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words

HEAD = ("No.", "Recommendation", "Action", "Lead, and who takes part", "Due", "What will be different", "Stands", "RAG")


def actions_table(workspace: Workspace, reference: str, *, now: datetime) -> str:
    """Every action of a case and of the plans that it led to, as it stands today; room for some where there is none."""
    lines = action_lines(workspace, Chosen(cases=(reference,)), now=now)
    rows = [_row(line) for line in lines] or [("",) * len(HEAD)] * 6
    return "\n".join(table(HEAD, rows))


def _row(line: ActionLine) -> tuple[str, ...]:
    people = "; with ".join(filter(None, (line.lead, line.contributors)))
    due = day_words(line.due) if line.due else "no day yet"
    texts = (line.recommendation, line.action, people, due, line.change)
    return (plain(line.number), *map(plain, texts), str(line.state), str(line.rag))
