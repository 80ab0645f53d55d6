"""What happened, row by row, as the commands that record it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import TypeVar

from reviewflow.case.model import commands as c
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import AGENCY, FieldType, FormField, FormFields
from reviewflow.language.structure.outside import bodies
from reviewflow.language.suggestions import AN_AGENCY, not_among, suggestion
from reviewflow.service.bringing_in.cells import NotUnderstood, answers_in, clock_in, day_in, moment_in, words_in
from reviewflow.service.bringing_in.columns import (
    ANSWERS,
    ASKED,
    AT,
    BY,
    CHANGES,
    DONE,
    EFFECT,
    KIND,
    KINDS,
    NAME,
    ON,
    REASON,
    STEP,
    UNTIL,
    WHAT,
    WHOM,
)
from reviewflow.service.bringing_in.shapes import BroughtInCommand, Problems, SourceRow
from reviewflow.service.bringing_in.sheet_file import ROWS
from reviewflow.service.commands.form_answers import agencies_by_name
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words, listing

_Read = TypeVar("_Read")
_OF_STEPS = frozenset({"extend", "skip", "open", "reopen", "started", "responded"})
"""What names a step, or an ending that started a case."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The cells of a row that changed something, read."""

    name: str
    on: date
    until: date | None
    by: str
    reason: str
    asked: str
    kind: str
    effect: str


@dataclass(frozen=True, slots=True)
class HappeningsReader:
    """Reads the rows of one case; what is wrong goes to the problems."""

    office: Workspace
    plan: Plan
    today: date
    problems: Problems
    unread: set[str] = field(default_factory=set)
    """The steps of whose rows one could not be read."""

    def read(self, told: SourceRow) -> BroughtInCommand | None:
        """What happened, or None when it cannot be told; why stands among the problems then."""
        day = self._unless_wrong(told, self._day)
        on, at = day or (self.today, None)
        command = self._unless_wrong(told, lambda row: self._command(row, on, at))
        if day is not None and command is not None:
            return BroughtInCommand(told.place, on, at, command)
        self.unread.add(words_in(told.cells.get(STEP)).partition("/")[0])
        return None

    def _unless_wrong(self, told: SourceRow, read: Callable[[SourceRow], _Read]) -> _Read | None:
        try:
            return read(told)
        except NotUnderstood as error:
            self.problems.add(told.place, str(error))
            return None

    def _day(self, told: SourceRow) -> tuple[date, time | None]:
        on, clock = _said(told, ON, moment_in)
        if on is None:
            raise NotUnderstood(f'"{DONE[ON]}" is expected: the day on which it happened.')
        if on > self.today:
            raise NotUnderstood(f"{day_words(on)} lies ahead; today is {day_words(self.today)}.")
        return on, _said(told, AT, clock_in) or clock

    def _command(self, told: SourceRow, on: date, at: time | None) -> c.Command:
        if told.cells.get(STEP) in {None, ""}:
            return self._change(told, on)
        item = self._item(told, words_in(told.cells.get(STEP)))
        return c.Complete(item, self._answers(told, item, on), on, at, brought_in=True)

    def _answers(self, told: SourceRow, item: str, on: date) -> Mapping[str, object]:
        """Its answers in the words of the form; the day of a question that says when it was done is that of the row."""
        form = self.plan.form(item.partition("/")[0])
        answers = dict(_said(told, ANSWERS, lambda cell: answers_in(cell, form)))
        for column, cell in told.cells.items():
            if column.startswith(ROWS) and isinstance(cell, list):
                question = _question(form, column.removeprefix(ROWS))
                answers[question] = [_row(form.get(question), row) for row in cell]
        answers |= {name: on.isoformat() for name, field in form.items() if field.completes and name not in answers}
        titles = {name: agency.title for name, agency in self.office.partnership.agencies.items()}
        return agencies_by_name(form, answers, titles)

    def _change(self, told: SourceRow, on: date) -> c.Command:
        what = words_in(told.cells.get(WHAT)).casefold()
        if what not in COMMANDS:
            raise NotUnderstood(f'"{what}" is not known in "{CHANGES[WHAT]}". Expected: {listing(KINDS, last="or")}.')
        name = words_in(told.cells.get(NAME))
        if not name:
            raise NotUnderstood(f'"{CHANGES[NAME]}" is expected: what was meant.')
        if what in _OF_STEPS:
            name = self._item(told, name, endings=what == "started")
        elif what in {"joins", "leaves"}:
            name = self._agency(name)
        by = self._decided_by(what, words_in(told.cells.get(BY)))
        until, reason = _said(told, UNTIL, day_in), words_in(told.cells.get(REASON))
        if until is None and what in {"extend", "set"}:
            raise NotUnderstood(f'"{CHANGES[UNTIL]}" is expected: the day to which it was moved.')
        asked, kind, effect = (words_in(told.cells.get(column)) for column in (ASKED, KIND, EFFECT))
        return COMMANDS[what](_Change(name, on, until, by, reason, asked, kind, effect))

    def _decided_by(self, what: str, words: str) -> str:
        """A post by its name, or a body outside by its name or title where it may give more time; '' where none is."""
        outside = bodies(self.plan.definition.process, self.office.partnership) if what == "extend" else {}
        called = {title.casefold(): name for name, title in outside.items()}
        by = called.get(words.casefold(), words)
        if by and by not in {**self.office.partnership.roles, **self.office.partnership.agencies, **outside}:
            known = listing(self.office.partnership.roles)
            others = f" Bodies outside: {listing(outside)}." if outside else ""
            raise NotUnderstood(f'{CHANGES[BY]}: "{words}" is no post of partnership.yaml. Posts: {known}.{others}')
        return by

    def _item(self, told: SourceRow, words: str, *, endings: bool = False) -> str:
        """The step by its name or its title, with whose it is."""
        process = self.plan.definition.process
        step, _, key = words.partition("/")
        called = {one.title.casefold(): name for name, one in process.steps.items()}
        name = step if step in process.steps else called.get(words.casefold(), step)
        if endings and name in process.endings:
            return name
        if name not in {**process.steps, **self.plan.limits}:
            near = suggestion(words, process.steps)
            raise NotUnderstood(f'"{words}" is no step of this process.{near} Steps: {listing(process.steps)}.')
        whom = key or words_in(told.cells.get(WHOM))
        if whom and name in process.steps and process.steps[name].for_each == AGENCY:
            whom = self._agency(whom)
        return f"{name}/{whom}" if whom else name

    def _agency(self, words: str) -> str:
        partners = self.office.partnership.agencies
        called = {agency.title.casefold(): name for name, agency in partners.items()}
        name = called.get(words.casefold(), words)
        if name not in partners:
            raise NotUnderstood(f"{not_among(AN_AGENCY, words, partners)} Agencies: {listing(partners)}.")
        return name


def _said(told: SourceRow, column: str, read: Callable[[object], _Read]) -> _Read:
    """A cell as it is read, or why it cannot be, after the heading of its column."""
    try:
        return read(told.cells.get(column))
    except NotUnderstood as error:
        heading = {**CHANGES, **DONE}.get(column, column)
        raise NotUnderstood(f"{heading}: {error}") from None


def _question(form: FormFields, name: str) -> str:
    """The question of a sheet, whose name may have been cut off."""
    near = [question for question in form if question.startswith(name)]
    return near[0] if name not in form and len(near) == 1 else name


def _row(asked: FormField | None, row: Mapping[str, object]) -> dict[str, object]:
    """A line of a table by the names of its columns; a heading may be the name or the question."""
    columns = asked.columns if asked is not None and asked.type is FieldType.ROWS else {}
    called = {column.label.casefold(): name for name, column in columns.items()}
    return {called.get(heading.casefold(), heading): words_in(cell) for heading, cell in row.items()}


COMMANDS: Mapping[str, Callable[[_Change], c.Command]] = MappingProxyType(
    {
        "hold": lambda row: c.Hold(row.name, row.reason, row.asked, row.until, row.by),
        "release": lambda row: c.Release(row.name, row.reason, row.by),
        "extend": lambda row: c.Extend(row.name, row.until or row.on, row.by, row.reason),
        "skip": lambda row: c.Skip(row.name, row.reason),
        "set": lambda row: c.SetDate(row.name, row.until or row.on, row.reason),
        "open": lambda row: c.OpenStep(row.name, row.reason, row.until),
        "reopen": lambda row: c.Reopen(row.name, row.reason, row.until),
        "started": lambda row: c.RecordStarted(row.name, row.reason),
        "responded": lambda row: c.Respond(row.name, row.kind or "acknowledged", row.reason, row.until),
        "linked": lambda row: c.Link(row.kind or "parallel", row.name, row.reason, row.effect or "none", row.until),
        "joins": lambda row: c.AddAgency(row.name),
        "leaves": lambda row: c.RemoveAgency(row.name, row.reason),
        "end": lambda row: c.End(row.name, row.reason),
    }
)
"""By what the column What says; a test holds that these are all of `KINDS`."""
