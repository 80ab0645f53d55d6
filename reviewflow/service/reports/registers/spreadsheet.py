"""Actions taken in from a spreadsheet: rows become the answers of the step that asks for them, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.form_answers import MOST_ROWS, read_answers
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.structure.registers import action_lists, as_brought_in, is_of_actions
from reviewflow.language.suggestions import unknown
from reviewflow.service.commands.carry_out import find
from reviewflow.service.commands.form_answers import agencies_by_name
from reviewflow.service.handed_in.headed_tables import NOTHING, HeadedTable, columns_left_out, tables_in
from reviewflow.service.handed_in.spreadsheet_file import Formula, Value, sheets_of
from reviewflow.service.reports.registers.action_lines import HEADINGS
from reviewflow.service.reports.registers.milestones import (
    COLUMN,
    MilestonesNotRead,
    have_no_days,
    lines_of,
    parts_of,
    plain_day,
    table_of,
)
from reviewflow.service.reports.registers.others_words import OthersWords
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import counted, listing

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a spreadsheet gives, and what of it is left out, each as words that go on from "Left out: "."""

    tables: dict[str, list[Row]]
    left_out: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    """The sheets that hold a table, where there is more than one."""
    understood: tuple[str, ...] = ()
    """What was taken for something else than stands there, with its rows."""
    unsaid: tuple[str, ...] = ()
    """What the file does not say and somebody is asked for afterwards: 'Kind of 2 actions'."""


def rows_of(workspace: Workspace, reference: str, step: str, path: Path) -> Taken:
    """The table of actions under its question, of all sheets that hold one, and that of their milestones.

    Raises Refused with all that is wrong, row by row.
    """
    asking = asking_for(workspace, reference, step)
    asking = replace(asking, columns=as_brought_in(asking.columns), takes_gaps=True)
    reading, tables = read_sheets(workspace, asking, path, asking.needed)
    name, beside = asking.name, asking.beside
    if len(reading.rows) > MOST_ROWS:
        reading.wrong.append(f"The file has {len(reading.rows)} actions; at most {MOST_ROWS} fit into one plan.")
    if reading.wrong or not reading.rows:
        none = [
            f"{path.name} has headings and no actions under them.",
            *(f"Left out: {told}" for told in reading.left_out),
        ]
        raise Refused(reading.wrong or none, NOTHING)
    milestones = {beside: reading.milestones} if reading.milestones else {}
    sheets = tuple(table.page.name for table in tables) if len(tables) > 1 else ()
    understood = tuple(f"{listing(places)}: {told}." for told, places in reading.understood.items())
    unsaid = tuple(f"{heading} of {counted(actions, 'action')}" for heading, actions in reading.unsaid.items())
    return Taken({name: reading.rows, **milestones}, tuple(reading.left_out), sheets, understood, unsaid)


@dataclass(frozen=True, slots=True)
class Asking:
    """The question of a step that asks for a table of actions."""

    name: str
    columns: FormFields
    agencies: Sequence[str]
    headings: Mapping[str, str]
    words: OthersWords
    beside: str
    """The table of milestones beside it; '' when there is none."""
    takes_gaps: bool = False
    """Whether what may come later, and a day of each milestone, need not be there."""

    @property
    def needed(self) -> Mapping[str, str]:
        """The questions of the columns that a spreadsheet must have, by name."""
        required = (name for name, asked in self.columns.items() if asked.always_required)
        return {name: self.columns[name].label for name in required if not self.words.stands_in(name)}


def asking_for(workspace: Workspace, reference: str, step: str) -> Asking:
    """What the step of a case asks for; raises UserError when it asks for no table of actions."""
    plan, case = workspace.plan_and_case(find(workspace, reference))
    name, asked = _question(plan, step_of(step))
    beside = table_of(action_lists(plan.definition.process), step_of(step), name)
    headings = _headings(workspace, asked.columns, milestones=bool(beside))
    words = OthersWords(workspace.partnership.spreadsheet_words)
    return Asking(name, asked.columns, case.agencies, headings, words, beside)


def read_sheets(
    workspace: Workspace, asking: Asking, path: Path, needed: Mapping[str, str]
) -> tuple[RegisterSheetReader, list[HeadedTable]]:
    """The rows of every sheet that has the `needed` columns; raises Refused when none has."""
    tables, left_out = tables_in(sheets_of(path), needed, asking.headings, path)
    own = (asking.agencies, asking.columns, asking.headings, asking.words, asking.takes_gaps)
    reading = RegisterSheetReader(workspace, *own, left_out=left_out)
    for table in tables:
        reading.table(table, named=len(tables) > 1)
    return reading, tables


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it was read: what its cells hold, what that means, and what is wrong with it."""

    cells: Mapping[str, Value]
    given: Row
    problems: tuple[str, ...]
    """Each begins with the heading of its column."""


@dataclass
class RegisterSheetReader:
    """The rows of one sheet after another."""

    office: Workspace
    agencies: Sequence[str]
    columns: FormFields
    headings: Mapping[str, str]
    words: OthersWords
    takes_gaps: bool
    rows: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    read: list[ReadRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    understood: dict[str, list[str]] = field(default_factory=dict)
    """What was not simply read, and the rows in which."""
    unsaid: dict[str, int] = field(default_factory=dict)
    """What may come later and is not said, by its heading: of how many actions."""

    def table(self, table: HeadedTable, *, named: bool) -> None:
        """Take in the rows of a sheet; `named`: each is told with the sheet on which it stands."""
        sheet = f' of the sheet "{table.page.name}"' if named else ""
        earlier = [*self.rows]
        for number, cells in table.rows:
            line = table.cells(cells)
            if number in table.page.hidden:
                self.left_out.append(f"row {number}{sheet}, which is hidden. To take it in, show it and save the file.")
            elif all(cell in {None, ""} for cell in line.values()):
                self.left_out.append(f"row {number}{sheet}: nothing stands under the headings of the plan.")
            elif self._given(line)[0] in earlier:
                self.left_out.append(f"row {number}{sheet}: the same action stands on a sheet before it.")
            else:
                self._row(f"Row {number}{sheet}", line)
        if columns := list(columns_left_out(table)):
            self.left_out.append(f"columns that the plan does not ask for{sheet}: {listing(columns)}.")

    def _given(self, line: Mapping[str, Value]) -> tuple[Row, list[str]]:
        titles = {name: agency.title for name, agency in self.office.partnership.agencies.items()}
        cells, told = self.words.read(self.columns, line)
        answers = {name: _plain(self.columns[name], value) for name, value in cells.items()}
        return agencies_by_name(self.columns, answers, titles), told

    def _row(self, place: str, line: Mapping[str, Value]) -> None:
        """Take in one row; what cannot be read is kept as a sentence."""
        given, told = self._given(line)
        for sentence in told:
            self.understood.setdefault(sentence, []).append(place)
        line = self._leave_unsaid(place, line, given)
        cells = {name: value for name, value in line.items() if name in self.columns}
        problems = _wrong(self.columns, cells, given, self.agencies, self.headings)
        self.rows.append(given)
        found = (*problems, *self._on_the_way(line.get(COLUMN), given))
        self.wrong += [f"{place}, {problem}" for problem in found]
        self.read.append(ReadRow(line, given, found))

    def _leave_unsaid(self, place: str, line: Mapping[str, Value], given: Row) -> Mapping[str, Value]:
        """The row without milestones that have no day, which are told; and note what it leaves to be said later."""
        for name, asked in self.columns.items():
            if asked.may_come_later and given.get(name) in {None, ""}:
                self.unsaid[self.headings[name]] = self.unsaid.get(self.headings[name], 0) + 1
        if not (self.takes_gaps and have_no_days(line.get(COLUMN))):
            return line
        parts = listing((f"“{part}”" for part in parts_of(line[COLUMN])), last="and")
        self.left_out.append(f"{place}, {self.headings[COLUMN]} without days: {parts}. They stand in the plan itself.")
        return {**line, COLUMN: None}

    def _on_the_way(self, cell: Value, given: Row) -> Iterator[str]:
        try:
            lines = list(lines_of(cell, len(self.rows), given.get("lead")))
        except MilestonesNotRead as error:
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
