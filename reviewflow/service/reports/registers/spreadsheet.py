"""Actions taken in from a spreadsheet: rows become the answers of the step that asks for them, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.form_answers import MOST_ROWS, read_answers
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.structure.registers import action_lists, is_of_actions
from reviewflow.language.suggestions import unknown
from reviewflow.service.commands.carry_out import find
from reviewflow.service.commands.forms import agencies_by_name
from reviewflow.service.reports.registers.action_lines import HEADINGS
from reviewflow.service.reports.registers.milestones import COLUMN, NotRead, lines_of, plain_day, table_of
from reviewflow.service.reports.registers.spreadsheet_file import MOST_LINES, Formula, Sheet, Value, sheets_of
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing

SEARCHED = 20
"""Rows in which the headings are looked for; above them a spreadsheet often has a title."""
NOTHING = "Nothing was taken in. Correct the file and send it again."


Row = dict[str, object]


def rows_of(workspace: Workspace, reference: str, step: str, path: Path) -> dict[str, list[Row]]:
    """The table of actions under its question, and that of their milestones where there is one.

    Raises Refused with all that is wrong, row by row.
    """
    row = find(workspace, reference)
    plan, case = workspace.plan_and_case(row)
    name, asked = _question(plan, step_of(step))
    beside = table_of(action_lists(plan.definition.process), step_of(step), name)
    headings = _headings(workspace, asked.columns, milestones=bool(beside))
    sheet, head, places = _found(sheets_of(path), headings, path)
    if len(sheet) > MOST_LINES:
        raise UserError(
            f"{path.name} has more than {MOST_LINES:,} rows. Take out those below the table, empty ones too."
        )
    wrong = [*_missing(asked.columns, places, headings, sheet[head]), *_twice(places, headings)]
    if wrong:
        raise Refused(wrong, NOTHING)
    reading = _SheetReader(workspace, case.agencies, asked.columns, headings)
    for number, cells in enumerate(sheet[head + 1 :], start=head + 2):
        reading.row(number, {column: cells[at[0]] if at[0] < len(cells) else None for column, at in places.items()})
    if len(reading.rows) > MOST_ROWS:
        reading.wrong.append(f"The file has {len(reading.rows)} actions; at most {MOST_ROWS} fit into one plan.")
    if reading.wrong or not reading.rows:
        raise Refused(reading.wrong or [f"{path.name} has headings and no actions under them."], NOTHING)
    return {name: reading.rows, **({beside: reading.milestones} if reading.milestones else {})}


@dataclass
class _SheetReader:
    """The rows of a sheet, one after another."""

    office: Workspace
    agencies: Sequence[str]
    columns: FormFields
    headings: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def row(self, number: int, line: Mapping[str, Value]) -> None:
        """Take in one row of the spreadsheet; what cannot be read is kept as a sentence."""
        if all(cell in {None, ""} for cell in line.values()):
            return
        titles = {name: agency.title for name, agency in self.office.partnership.agencies.items()}
        cells = {name: value for name, value in line.items() if name in self.columns}
        given = agencies_by_name(self.columns, {c: _plain(self.columns[c], v) for c, v in cells.items()}, titles)
        problems = _wrong(self.columns, cells, given, self.agencies, self.headings)
        self.rows.append(given)
        self.wrong += [
            f"Row {number}, {problem}" for problem in (*problems, *self._on_the_way(line.get(COLUMN), given))
        ]

    def _on_the_way(self, cell: Value, given: Row) -> Iterator[str]:
        try:
            lines = list(lines_of(cell, len(self.rows), given.get("lead")))
        except NotRead as error:
            yield f"{self.headings[COLUMN]}: {error}"
            return
        self.milestones += [dict(milestone) for milestone in lines]


def _question(plan: Plan, step: str) -> tuple[str, FormField]:
    if step not in plan.steps:
        raise UserError(unknown("a step of this process", step, plan.steps, "Its steps"))
    tables = {name: field for name, field in plan.form(step).items() if field.type is FieldType.ROWS}
    chosen = {name: field for name, field in tables.items() if is_of_actions(field)} or tables
    if len(chosen) != 1:
        asking = [name for name in plan.steps if any(is_of_actions(field) for field in plan.form(name).values())]
        raise UserError(
            f'"{step}" does not ask for one table of actions. Steps that do: {listing(asking, none="none")}.'
        )
    return next(iter(chosen.items()))


def _headings(workspace: Workspace, columns: FormFields, *, milestones: bool) -> Mapping[str, str]:
    """The heading of each column: the office's own, else ours, else the question."""
    own = workspace.partnership.headings
    beside = {COLUMN: own.get(COLUMN) or HEADINGS[COLUMN]} if milestones else {}
    return {name: own.get(name) or HEADINGS.get(name) or asked.label for name, asked in columns.items()} | beside


def _found(sheets: Sequence[Sheet], headings: Mapping[str, str], path: Path) -> tuple[Sheet, int, dict[str, list[int]]]:
    """The sheet and the row in which most headings stand, and the columns under each."""
    candidates = [
        (len(places), sheet, number, places)
        for sheet in sheets
        for number, row in enumerate(sheet[:SEARCHED])
        if (places := _places(row, headings))
    ]
    if not candidates:
        known = listing(headings.values())
        raise Refused([f"{path.name} has none of the headings in its first {SEARCHED} rows: {known}."], NOTHING)
    _, sheet, number, places = max(candidates, key=lambda candidate: candidate[0])
    return sheet, number, places


def _places(row: Sequence[Value], headings: Mapping[str, str]) -> dict[str, list[int]]:
    written = [_heading(cell) if isinstance(cell, str) else "" for cell in row]
    known = {name: {name, name.replace("_", " "), _heading(heading)} for name, heading in headings.items()}
    places = {name: [at for at, word in enumerate(written) if word in words] for name, words in known.items()}
    return {name: at for name, at in places.items() if at}


def _heading(text: str) -> str:
    """A heading as it is compared: however it is broken over lines, and in whatever letters."""
    return " ".join(text.split()).casefold()


def _missing(
    columns: FormFields, places: Mapping[str, list[int]], headings: Mapping[str, str], head: Sequence[Value]
) -> Iterator[str]:
    for name, asked in columns.items():
        if asked.always_required and name not in places:
            there = listing((str(cell) for cell in head if cell), none="none")
            yield f'There is no column "{headings[name]}" ({asked.label}). Headings in the file: {there}.'


def _twice(places: Mapping[str, list[int]], headings: Mapping[str, str]) -> Iterator[str]:
    for name, at in places.items():
        if len(at) > 1:
            yield f'The column "{headings[name]}" stands {len(at)} times in the file. Keep one of them.'


def _plain(asked: FormField, value: Value) -> object:
    """The cell as somebody would have typed it into the form."""
    match value:
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return int(value)
        case str() if asked.type is FieldType.DATE:
            return plain_day(value)
        case str() if asked.type is FieldType.AGENCIES:
            return [part.strip() for part in value.split(";") if part.strip()]
        case str() if asked.options:
            return _option(asked, value)
        case Formula():
            return None
        case _:
            return value


def _option(asked: FormField, text: str) -> str:
    """'Strong' is enough for 'Strong - the mistake becomes impossible'."""
    near = [
        name for name, label in asked.options.items() if label.casefold().startswith(f"{text.strip().casefold()} -")
    ]
    return near[0] if len(near) == 1 else text


def _wrong(
    columns: FormFields,
    line: Mapping[str, Value],
    given: Mapping[str, object],
    agencies: Sequence[str],
    headings: Mapping[str, str],
) -> Iterator[str]:
    formulas = {name for name, value in line.items() if isinstance(value, Formula)}
    for name in formulas:
        yield f"{headings[name]}: a formula stands here. Paste its value in its place."
    for problem in read_answers(columns, given, agencies)[1]:
        name, _, what_is_wrong = problem.partition(": ")
        if name not in formulas:
            yield f"{headings.get(name, name)}: {what_is_wrong}"
