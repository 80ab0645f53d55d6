"""What is said of many actions in a spreadsheet or in YAML, with what is wrong by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reviewflow.case.model.refusal import Refused
from reviewflow.language.reading.parser import read_file, read_source
from reviewflow.language.reading.tree import Entries, Items, Node, Text
from reviewflow.service.commands.together import NOTHING
from reviewflow.service.handed_in.headed_tables import tables_in
from reviewflow.service.handed_in.spreadsheet_file import Formula, sheets_of
from reviewflow.service.reports.registers.milestones import plain_day
from reviewflow.service.reports.sheets import Sheet
from reviewflow.service.verifying.verdicts import ActionVerdict, VerifiedAs
from reviewflow.service.verifying.waiting import Waiting
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import listing

NUMBER, VERDICT, WHY, NEEDED, BY_WHEN = "number", "verified", "why", "still_needed", "by_when"
HEADINGS: Mapping[str, str] = {
    NUMBER: "No.",
    VERDICT: "Verified",
    WHY: "Why not, or only in part",
    NEEDED: "What is still needed",
    BY_WHEN: "By when",
}
"""The columns of the spreadsheet, and the names in YAML."""
_SHOWN = ("Action", "Lead", "Done", "Evidence")
_WORDS: Mapping[str, VerifiedAs] = {
    **dict.fromkeys(("as evidenced", "verified", "yes", "embedded"), VerifiedAs.EVIDENCED),
    **dict.fromkeys(("in part", "partly"), VerifiedAs.PARTLY),
    **dict.fromkeys(("not verified", "no", "not embedded"), VerifiedAs.NOT),
    **dict.fromkeys(("not now", "later"), VerifiedAs.LATER),
}


@dataclass(frozen=True, slots=True)
class Read:
    """The lines of a file, and what is wrong with others, each by its row."""

    lines: tuple[ActionVerdict, ...]
    wrong: tuple[str, ...]


def sheet_to_fill_in(found: list[Waiting]) -> Sheet:
    """What waits, with room to say what is not verified as evidenced; `read_lines` reads it back."""
    rows = tuple(
        (action.name, action.words, action.lead, action.done, action.evidence or "none was named", "", "", "", "")
        for action in found
    )
    number, *said = HEADINGS.values()
    says = "What is left empty is verified as evidenced, where there is evidence."
    return Sheet("verification", "Actions to be verified", says, (number, *_SHOWN, *said), rows)


def read_lines(path: Path) -> Read:
    """The lines of a .yaml, .xlsx or .csv file; rows in which nothing is said of an action are left out.

    Raises UserError or Refused for a file that is no such file, or has no such table.
    """
    rows = _yaml_rows(path) if path.suffix.lower() in {".yaml", ".yml"} else _sheet_rows(path)
    lines: list[ActionVerdict] = []
    wrong: list[str] = []
    for place, cells in rows:
        said = {name: _text(cells.get(name)) for name in HEADINGS}
        if not said[VERDICT] and not any(said[name] for name in (WHY, NEEDED, BY_WHEN)):
            continue
        verdict = _WORDS.get(said[VERDICT].casefold())
        if any(isinstance(cell, Formula) for cell in cells.values()):
            wrong.append(f"{place}: a formula stands here. Paste its value in its place.")
        elif verdict is None or not said[NUMBER]:
            wrong.append(_unread(place, said))
        else:
            day = plain_day(said[BY_WHEN])
            lines.append(ActionVerdict(said[NUMBER].upper(), verdict, said[WHY], said[NEEDED], day, place))
    return Read(tuple(lines), tuple(wrong))


def _unread(place: str, said: Mapping[str, str]) -> str:
    if not said[NUMBER]:
        return f"{place}: the number of the action is missing, such as AP-2026-001/3."
    return f"{place}, {said[NUMBER]}: whether it is verified is not understood. Write {listing(VerifiedAs, last='or')}."


def _text(cell: object) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case None | Formula():
            return ""
        case _:
            return " ".join(str(cell).split())


def _sheet_rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    needed = {NUMBER: "the number of the action", VERDICT: "whether it is verified"}
    tables, _ = tables_in(sheets_of(path), needed, HEADINGS, path)
    for table in tables:
        yield from ((f"Row {number}", table.cells(cells)) for number, cells in table.rows)


def _yaml_rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not path.exists():
        raise UserError(f"There is no file {path}.")
    source = read_source(path.name, read_file(path))
    if source.root is None or source.problems:
        raise Refused([str(problem) for problem in source.problems] or [f"{path.name} is empty."], NOTHING)
    if not isinstance(source.root, Items) or not all(isinstance(node, Entries) for node in source.root.nodes):
        example = (
            f"- {{{NUMBER}: AP-2026-001/3, {VERDICT}: {VerifiedAs.NOT}, {WHY}: ..., {NEEDED}: ..., {BY_WHEN}: ...}}"
        )
        raise Refused([f"{path.name} is no list of actions. Write a line for each: {example}"], NOTHING)
    for node in source.root.nodes:
        yield f"Line {node.mark.line}", dict(_entries(node, path))


def _entries(node: Node, path: Path) -> Iterator[tuple[str, object]]:
    for key, value in node.pairs if isinstance(node, Entries) else ():
        if key.value not in HEADINGS or not isinstance(value, Text):
            known = listing(HEADINGS, last="and")
            raise Refused([f'{path.name}, line {key.mark.line}: "{key.value}" is not one of {known}.'], NOTHING)
        yield key.value, value.value
