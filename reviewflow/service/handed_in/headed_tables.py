"""Which sheets of a spreadsheet hold the table that is asked for, and what of the file stands outside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewflow.case.model.refusal import Refused
from reviewflow.service.handed_in.spreadsheet_file import MOST_LINES, SheetPage, Value
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import folded, listing

SEARCHED = 20
"""Rows in which the headings are looked for; above them a spreadsheet often has a title."""
NOTHING = "Nothing was taken in. Correct the file and send it again."


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A sheet, the line of it in which the headings stand (counted from 0), and the columns under each heading."""

    page: SheetPage
    head: int
    places: Mapping[str, Sequence[int]]

    @property
    def rows(self) -> Iterator[tuple[int, list[Value]]]:
        """The rows under the headings that hold anything, by their number in the sheet."""
        lines = enumerate(self.page.lines[self.head + 1 :], start=self.head + 2)
        return ((number, cells) for number, cells in lines if not all(cell in {None, ""} for cell in cells))

    def cells(self, cells: Sequence[Value]) -> dict[str, Value]:
        """What stands in a row under each heading."""
        return {name: cells[at[0]] if at[0] < len(cells) else None for name, at in self.places.items()}


def tables_in(
    pages: Sequence[SheetPage], needed: Mapping[str, str], headings: Mapping[str, str], path: Path
) -> tuple[list[HeadedTable], list[str]]:
    """Every sheet with all the columns that are `needed` (their questions), and why each other one is left out.

    Raises Refused when no sheet has them all, with what the nearest lacks, and UserError for one that is too long.
    """
    seen = [page for page in pages if not page.is_hidden]
    tables = {page.name: table for page in seen if (table := _best(page, headings))}
    if not tables:
        known = listing(headings.values())
        raise Refused([f"{path.name} has none of the headings in its first {SEARCHED} rows: {known}."], NOTHING)
    wrong = {name: list(_wrong(table, needed, headings)) for name, table in tables.items()}
    taken = [table for name, table in tables.items() if not wrong[name]]
    if not taken:
        nearest = max(tables, key=lambda name: len(tables[name].places))
        lacking = [name for name in needed if name not in tables[nearest].places]
        raise Refused(wrong[nearest], f"{NOTHING}{_instead(lacking)}")
    if any(len(table.page.lines) > MOST_LINES for table in taken):
        raise UserError(
            f"{path.name} has more than {MOST_LINES:,} rows. Take out those below the table, empty ones too."
        )
    return taken, list(_sheets_left_out(pages, wrong))


def _instead(lacking: Sequence[str]) -> str:
    """How others' spreadsheets are taken in that have not all columns, or head them in their own words."""
    if not lacking:
        return ""
    return (
        " If the column has another heading there, write that under headings in partnership.yaml; if there is none, "
        f"write under spreadsheet_words what is taken instead, such as {lacking[0]}: {{empty: ...}}. Or say the same "
        "command with --to-complete FILE.xlsx: what can be read is written there, for you to fill in the rest."
    )


def _best(page: SheetPage, headings: Mapping[str, str]) -> HeadedTable | None:
    """The row in which most headings stand, the first of several."""
    rows = enumerate(page.lines[:SEARCHED])
    candidates = [HeadedTable(page, number, places) for number, row in rows if (places := _places(row, headings))]
    return max(candidates, key=lambda table: len(table.places), default=None)


def _places(row: Sequence[Value], headings: Mapping[str, str]) -> dict[str, list[int]]:
    written = [folded(cell) if isinstance(cell, str) else "" for cell in row]
    known = {name: {name, name.replace("_", " "), folded(heading)} for name, heading in headings.items()}
    places = {name: [at for at, word in enumerate(written) if word in words] for name, words in known.items()}
    return {name: at for name, at in places.items() if at}


def _wrong(table: HeadedTable, needed: Mapping[str, str], headings: Mapping[str, str]) -> Iterator[str]:
    for name, question in needed.items():
        if name not in table.places:
            there = listing((str(cell) for cell in table.page.lines[table.head] if cell), none="none")
            yield f'There is no column "{headings[name]}" ({question}). Headings in the file: {there}.'
    for name, at in table.places.items():
        if len(at) > 1:
            yield f'The column "{headings[name]}" stands {len(at)} times in the file. Keep one of them.'


def _sheets_left_out(pages: Sequence[SheetPage], wrong: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for page in pages:
        if not any(cell not in {None, ""} for line in page.lines for cell in line):
            continue
        if page.is_hidden:
            yield f'the sheet "{page.name}", which is hidden. To take its actions in, show it and save the file.'
        elif page.name not in wrong:
            yield f'the sheet "{page.name}": none of the headings stands in its first {SEARCHED} rows.'
        elif wrong[page.name]:
            yield f'the sheet "{page.name}". {wrong[page.name][0]}'


def columns_left_out(table: HeadedTable) -> Iterator[str]:
    """The headings of the columns that hold something and that no question takes, as they stand in the file."""
    taken = {at for places in table.places.values() for at in places}
    head = table.page.lines[table.head]
    filled = {at for _, cells in table.rows for at, cell in enumerate(cells) if cell not in {None, ""}}
    for at in sorted(filled - taken):
        title = " ".join(str(head[at] or "").split()) if at < len(head) else ""
        yield f'"{title}"' if title else f"column {at + 1}, which has no heading"
