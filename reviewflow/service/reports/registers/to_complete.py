"""Another's action plan as a spreadsheet to fill in: what could be read, and in each row what is missing or unclear.

Nothing is made up: what the plan does not say stays empty until a person says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reviewflow.case.model.refusal import Refused
from reviewflow.service.handed_in.headed_tables import NOTHING
from reviewflow.service.handed_in.spreadsheet_file import Formula
from reviewflow.service.reports.registers.milestones import COLUMN
from reviewflow.service.reports.registers.spreadsheet import Asking, ReadRow, asking_for, read_sheets
from reviewflow.service.reports.sheets import Sheet
from reviewflow.service.workspace.workspace import Workspace

STILL = "To complete"
"""The heading of the column that says what is to be done in a row."""
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class ToComplete:
    """The spreadsheet, and how much of it waits for a person."""

    sheet: Sheet
    actions: int
    cells: int


def to_complete(workspace: Workspace, reference: str, step: str, path: Path) -> ToComplete:
    """What `actions import` can read of a file, under the headings by which it reads it again.

    Raises Refused when nothing of it can be read, and UserError when the step asks for no actions.
    """
    asking = asking_for(workspace, reference, step)
    reading, _ = read_sheets(workspace, asking, path, {})
    if not reading.read:
        raise Refused([f"{path.name} has headings and no actions under them."], NOTHING)
    rows = tuple(_row(workspace, asking, row) for row in reading.read)
    says = f"What the plan does not say is empty. The column “{STILL}” names it; take that column out or leave it."
    sheet = Sheet("actions", "Actions to complete", says, (*asking.headings.values(), STILL), rows)
    return ToComplete(sheet, len(rows), sum(len(row.problems) for row in reading.read))


def _row(workspace: Workspace, asking: Asking, row: ReadRow) -> tuple[Cell, ...]:
    unread = {name for name, heading in asking.headings.items() if _is_wrong(row, heading)}
    cells = (
        _plain(row.cells.get(name)) if name in unread or name == COLUMN else _meant(workspace, asking, name, row)
        for name in asking.headings
    )
    return (*cells, "\n".join(" ".join(problem.split()) for problem in row.problems))


def _is_wrong(row: ReadRow, heading: str) -> bool:
    return any(problem.startswith(f"{heading}: ") for problem in row.problems)


def _meant(workspace: Workspace, asking: Asking, name: str, row: ReadRow) -> Cell:
    """What was read, in the words of the form."""
    value, agencies = row.given.get(name), workspace.partnership.agencies
    if isinstance(value, list):
        return "; ".join(agencies[key].title if key in agencies else str(key) for key in value)
    text = str(value or "")
    if text in agencies:
        return agencies[text].title
    return asking.columns[name].options.get(text, text) if text else None


def _plain(value: object) -> Cell:
    match value:
        case datetime():
            return value.date()
        case str() | int() | date() | None:
            return value
        case Formula():
            return None
        case _:
            return str(value)
