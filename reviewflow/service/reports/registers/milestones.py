"""The milestones of an action, as one cell of a spreadsheet holds them: 2027-01-15 Form drafted; 2027-03-01 In use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reviewflow.errors import ReviewflowError
from reviewflow.language.structure.registers import ActionList

COLUMN = "milestones"
"""The name of the column, beside those of the table of actions."""
_ONE = re.compile(r"(?P<day>[\d/.-]+)[:,]?\s+(?P<what>.+?)(?:\s*\(reached [^)]*\))?")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")

Line = Mapping[str, object]


class MilestonesNotRead(ReviewflowError):
    """What a cell holds instead of milestones, as a sentence."""


def lines_of(cell: object, number: int, lead: object) -> Iterator[Line]:
    """A line of the table of milestones for each part of the cell, of the action in this line. Raises NotRead."""
    for part in parts_of(cell):
        match = _ONE.fullmatch(part)
        if not match:
            raise MilestonesNotRead(
                f'"{part[:60]}" is not a day and what is reached then. Write: 2027-01-15 Form drafted.'
            )
        yield {"number": number, "milestone": match["what"], "lead": lead, "due": plain_day(match["day"])}


def parts_of(cell: object) -> list[str]:
    """The parts of a cell, one on a line or with semicolons between."""
    return [part.strip() for part in re.split(r"[;\n]", str(cell or "")) if part.strip()]


def have_no_days(cell: object) -> bool:
    """Whether a cell names what is reached, and no day of any of it."""
    parts = parts_of(cell)
    return bool(parts) and not any(re.search(r"\d[/.-]\d", part) for part in parts)


def plain_day(text: str) -> str:
    """15/01/2027 as a form takes it: 2027-01-15; anything else as it is."""
    match = _BRITISH.fullmatch(text.strip())
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text


def table_of(lists: Iterator[ActionList], step: str, field: str) -> str:
    """The table of milestones beside this table of actions; '' when there is none."""
    of_actions = (action_list for action_list in lists if (action_list.source, action_list.field) == (step, field))
    return next((action_list.milestones for action_list in of_actions), "")
