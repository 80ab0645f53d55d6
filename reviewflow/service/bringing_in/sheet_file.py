"""The past of cases from a workbook or from .csv files: sheets of cases, of what was done, of what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewflow.service.bringing_in.cells import NotUnderstood, words_in
from reviewflow.service.bringing_in.columns import (
    CASE,
    CHANGES,
    CONTACT,
    DONE,
    MAILBOX,
    ON,
    PEOPLE,
    PROCESS,
    STEP,
    WAS,
    WHAT,
    WHOM,
)
from reviewflow.service.bringing_in.shapes import Problems, SourceRow, ToldCase
from reviewflow.service.handed_in.spreadsheet_file import MOST_LINES, SheetPage, Value, sheets_of
from reviewflow.text import folded

SEARCHED = 20
"""Rows in which the headings are looked for; above them a sheet may have a title."""
ROWS, DATES = "rows.", "dates."
"""What the name of a cell begins with that holds a table of answers, or a date of the case."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet whose headings were found: the columns by name, and the rows below with their numbers."""

    file: str
    page: SheetPage
    head: int
    columns: Mapping[str, int]
    others: Mapping[str, int]
    """Columns under other headings, by heading as it stands there."""

    @property
    def rows(self) -> Iterator[SourceRow]:
        for number, cells in enumerate(self.page.lines[self.head + 1 :], start=self.head + 2):
            if any(cell not in {None, ""} for cell in cells):
                columns = {**self.columns, **{f"{DATES}{name}": at for name, at in self.others.items()}}
                values = {name: cells[at] for name, at in columns.items() if at < len(cells)}
                yield SourceRow(self.place(number), values)

    def place(self, number: int) -> str:
        sheet = f', sheet "{self.page.name}"' if self.page.name else ""
        return f"{self.file}{sheet}, row {number}"


@dataclass
class SheetReader:
    """Sheet after sheet, of one file or several."""

    problems: Problems
    cases: dict[str, SourceRow] = field(default_factory=dict)
    happened: dict[str, list[SourceRow]] = field(default_factory=dict)
    people: dict[str, list[SourceRow]] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Take in a file; raises UserError for one that is no spreadsheet."""
        pages = [page for page in sheets_of(path) if not page.is_hidden]
        tables = [(page, kind, table) for page in pages for kind, table in _tables(path.name, page)]
        if not tables:
            headings = " and ".join(f'"{heading}"' for heading in (CASE[WAS], CASE[PROCESS]))
            self.problems.add(
                path.name, f"a sheet with the headings {headings} is expected in its first {SEARCHED} rows."
            )
        for page, kind, table in sorted(tables, key=lambda entry: _ORDER.index(entry[1])):
            if len(page.lines) > MOST_LINES:
                self.problems.add(path.name, f"more than {MOST_LINES:,} rows. Take out those below the table.")
            for row in table.rows:
                self._row(kind, page, row)

    def all_cases(self) -> Iterator[ToldCase]:
        """The cases, each with what was told of it; what belongs to none is a problem."""
        for told in (self.happened, self.people):
            for was in told.keys() - self.cases.keys():
                for row in told[was]:
                    known = f'"{words_in(row.cells.get(WAS))}" is no reference in the sheet of cases.'
                    self.problems.add(row.place, known)
        for was, case in self.cases.items():
            yield ToldCase(case, tuple(self.happened.get(was, ())), tuple(self.people.get(was, ())))

    def _row(self, kind: str, page: SheetPage, row: SourceRow) -> None:
        number = int(row.place.rpartition(" ")[2])
        if number in page.hidden:
            self.problems.add(row.place, "this row is hidden. Show it, or take it out.")
            return
        try:
            was = words_in(row.cells.get(WAS)).casefold()
        except NotUnderstood as error:
            self.problems.add(row.place, f"{CASE[WAS]}: {error}")
            return
        if not was:
            self.problems.add(row.place, f'"{CASE[WAS]}" is empty. By it the rows of a case are known.')
        elif kind == _CASES and was in self.cases:
            self.problems.add(row.place, f"this case stands in {self.cases[was].place} already.")
        elif kind == _CASES:
            self.cases[was] = row
        elif kind == _LISTS:
            self._list_row(was, page.name, row)
        else:
            (self.people if kind == _PEOPLE else self.happened).setdefault(was, []).append(row)

    def _list_row(self, was: str, name: str, row: SourceRow) -> None:
        """A line of a table that a step asks for: it belongs to the row in which that step was done."""
        step, _, question = name.partition(".")
        whom = words_in(row.cells.get(WHOM))
        cells = {column.removeprefix(DATES): cell for column, cell in row.cells.items() if column.startswith(DATES)}
        line = {column: cell for column, cell in cells.items() if cell not in {None, ""}}
        rows = self.happened.setdefault(was, [])
        for place, told in enumerate(rows):
            if words_in(told.cells.get(STEP)).casefold() == step and words_in(told.cells.get(WHOM)) == whom:
                so_far = told.cells.get(f"{ROWS}{question}")
                lines = [*so_far, line] if isinstance(so_far, list) else [line]
                rows[place] = SourceRow(told.place, {**told.cells, f"{ROWS}{question}": lines})
                return
        self.problems.add(row.place, f'no row says on which day the step "{step}" of this case was done.')


_CASES, _DONE, _CHANGES, _LISTS, _PEOPLE = "cases", "done", "changes", "lists", "people"
_ORDER = (_CASES, _DONE, _CHANGES, _PEOPLE, _LISTS)
_KNOWN: Mapping[str, tuple[Mapping[str, str], Sequence[str]]] = {
    _CASES: (CASE, (WAS, PROCESS)),
    _DONE: (DONE, (WAS, STEP, ON)),
    _CHANGES: (CHANGES, (WAS, WHAT, ON)),
    _PEOPLE: (PEOPLE, (WAS, CONTACT, MAILBOX)),
}


def _tables(file: str, page: SheetPage) -> Iterator[tuple[str, _Table]]:
    """The table of a page with what it is one of; none for a page of guidance."""
    for number, row in enumerate(page.lines[:SEARCHED]):
        written = {folded(cell): at for at, cell in reversed(list(enumerate(row))) if isinstance(cell, str)}
        for kind, (headings, needed) in _KNOWN.items():
            places = {name: written[at] for name, title in headings.items() if (at := folded(title)) in written}
            if set(needed) <= set(places):
                yield kind, _Table(file, page, number, places, _others(row, places))
                return
        if folded(CASE[WAS]) in written and "." in page.name:
            places = {name: written[at] for name in (WAS, WHOM) if (at := folded({**CASE, **DONE}[name])) in written}
            yield _LISTS, _Table(file, page, number, places, _others(row, places))
            return


def _others(row: Sequence[Value], places: Mapping[str, int]) -> Mapping[str, int]:
    taken = set(places.values())
    return {
        " ".join(cell.split()): at for at, cell in enumerate(row) if isinstance(cell, str) and cell and at not in taken
    }
