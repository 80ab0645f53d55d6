"""The milestones of an action, as one cell of a spreadsheet holds them: 2027-01-15 Form drafted; 2027-03-01 In use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reviewflow.language.structure.registers import ActionList

COLUMN = "milestones"
"""The name of the column, beside those of the table of actions."""
_ONE = re.compile(r"(?P<day>[\d/.-]+)[:,]?\s+(?P<what>.+?)(?:\s*\(reached [^)]*\))?")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")

Line = Mapping[str, object]


class NotRead(ValueError):
    """What a cell holds instead of milestones, as a sentence."""


def lines_of(cell: object, number: int, lead: object) -> Iterator[Line]:
    """A line of the table of milestones for each part of the cell, of the action in this line. Raises NotRead."""
    for part in filter(None, (each.strip() for each in str(cell or "").split(";"))):
        found = _ONE.fullmatch(part)
        if not found:
            raise NotRead(f'"{part[:60]}" is not a day and what is reached then. Write: 2027-01-15 Form drafted.')
        yield {"number": number, "milestone": found["what"], "lead": lead, "due": plain_day(found["day"])}


def plain_day(text: str) -> str:
    """15/01/2027 as a form takes it: 2027-01-15; anything else as it is."""
    found = _BRITISH.fullmatch(text.strip())
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text


def table_of(lists: Iterator[ActionList], step: str, field: str) -> str:
    """The table of milestones beside this table of actions; '' when there is none."""
    return next((each.milestones for each in lists if (each.source, each.field) == (step, field)), "")
