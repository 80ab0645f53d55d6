"""The columns of a chronology, however an agency has headed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from reviewflow.service.handed_in.spreadsheet_file import Formula, Sheet, Value
from reviewflow.text import folded

NO_HEADING = "(no heading)"
SEARCHED = 40
"""Rows in which the headings are looked for; above them a chronology often has a title."""
DATE, TIME, AGENCY, NUMBER = "date", "time", "agency", "number"
COLUMNS: Mapping[str, str] = {
    NUMBER: "No.",
    DATE: "Date",
    TIME: "Time",
    AGENCY: "Agency",
    "source": "Source of the information",
    "who": "Who, by post",
    "event": "Event or contact",
    "child": "Child seen? Spoken to alone? How did the child seem?",
    "decided": "What was done or decided, and why",
    "outcome": "What came of it",
    "expected": "What would have been expected?",
    "weight": "H, M, L, K",
    "paper": "Paper",
}
"""The columns of the merged chronology, those of the shipped template with the agency beside them."""
_ALSO: Mapping[str, str] = {
    NUMBER: "no|number|#|ref no|item|item no",
    DATE: "date of event|event date|date of contact|contact date|date of incident|date and time|date time|day|when",
    TIME: "time of event|event time|time of contact|time if known|clock",
    AGENCY: "agency name|organisation|organization|service",
    "source": "source|source of information|information source|record|record type|agency source",
    "who": "who|people involved|persons involved|person s involved|professionals involved|who was involved|by post",
    "event": "event|contact|significant event|event contact|what happened|details|details of event|description",
    "child": "child seen|child seen spoken to alone|was the child seen|presentation|voice of the child",
    "decided": "action|action taken|actions taken|action and rationale|decision|decisions|what was done",
    "outcome": "outcome|outcomes|result",
    "expected": "comment|comments|analysis|expected practice|comment analysis|comments and analysis",
    "weight": "significance|weight|importance",
    "paper": "document|document reference|paper reference|source document|evidence",
}
"""Other headings under which agencies write the same, as `heading` leaves them."""
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_BETWEEN = re.compile(r"[^\w#]+")


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """Where the headings of a sheet stand: the row, counted from 0, and what each column holds."""

    at: int
    known: Mapping[int, str]
    others: Mapping[int, str]
    """The headings, as they are written, of columns that are not the template's."""


def head_of(sheet: Sheet) -> HeadingRow | None:
    """The first row with a heading for dates and another that is known, else the first with one for dates."""
    heads = [_head(at, row, sheet) for at, row in enumerate(sheet[:SEARCHED]) if any(map(_is_date, row))]
    return next((head for head in heads if len(head.known) > 1), heads[0] if heads else None)


def heading(text: str) -> str:
    """A heading as it is compared: without brackets, points and breaks, and in whatever letters."""
    return _BETWEEN.sub(" ", _IN_BRACKETS.sub(" ", text)).strip().casefold()


def _head(at: int, row: Sequence[Value], sheet: Sheet) -> HeadingRow:
    known: dict[int, str] = {}
    others: dict[int, str] = {}
    for place in range(max(map(len, sheet[at:]))):
        text = _text(row[place]) if place < len(row) else ""
        name = _NAMES.get(heading(text))
        if name is None or name in known.values():
            others[place] = _unlike(others.values(), text.strip() or NO_HEADING)
        else:
            known[place] = name
    return HeadingRow(at, known, others)


def _unlike(taken: Iterable[str], title: str) -> str:
    """The heading, with a number where it stands in the row already: each column is kept."""
    before = {folded(other) for other in taken}
    numbered = (f"{title} {number}" for number in count(2))
    return next(name for name in chain([title], numbered) if folded(name) not in before)


def _is_date(cell: Value) -> bool:
    return isinstance(cell, str) and _NAMES.get(heading(cell)) == DATE


def _text(cell: Value) -> str:
    return "" if cell is None else cell.text if isinstance(cell, Formula) else str(cell)


_NAMES = {
    **{other: name for name, words in _ALSO.items() for other in words.split("|")},
    **{heading(title): name for name, title in COLUMNS.items()},
}
