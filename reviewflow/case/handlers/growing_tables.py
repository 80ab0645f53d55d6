"""Tables that grow: lines are added while their step is open, changed and withdrawn, until the table is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from reviewflow.case.apply.lines import lines_in
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.days.holds import refuse_held
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answer, Answers, Case, Row, Status, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.bounds import Bounds
from reviewflow.case.rules.answers.form_answers import MOST_ROWS, as_cell, identifying, read_answers
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import answer_day_problems, read_reason
from reviewflow.language.model import MORE_TO_COME, FormFields
from reviewflow.language.structure.lists import owner_column, source_of
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing

AS_IT_WAS = "The table is as it was; nothing was lost. Correct this and send it again."
_TABLES_THAT_GROW = "Answer its form instead: reviewflow complete. A table grows where the process says grows: yes."
_YES = "yes"


def adds_lines(plan: Plan, command: c.Complete) -> bool:
    """Whether an answer adds lines to a table, and leaves it open: it says that more are to come.

    Raises Refused where it says so of a step that has no such table.
    """
    step = step_of(command.item)
    if step not in plan.growing:
        if MORE_TO_COME in command.answers and step in plan.steps:
            raise Refused([f'"{step}" gathers no table to which lines are added one by one.'], _TABLES_THAT_GROW)
        return False
    more = {MORE_TO_COME: plan.form(step)[MORE_TO_COME]}
    answers, _ = read_answers(more, {MORE_TO_COME: command.answers.get(MORE_TO_COME)})
    return answers.get(MORE_TO_COME) == _YES


def add_lines(draft: Draft, command: c.Complete) -> None:
    """Add the lines of an answer to the tables of an open item; raises Refused with all that is wrong."""
    plan, case, item = draft.plan, draft.case, command.item
    step, tables = step_of(item), plan.growing[step_of(item)]
    form = {name: plan.form(step)[name] for name in tables}
    typed = {name: value for name, value in command.answers.items() if name in tables}
    answers, wrong = read_answers(form, typed, case.agencies, vouched=bool(draft.vouched))
    wrong += [*_others(plan, command, tables), *_another_day(command, draft.today)]
    wrong += answer_day_problems(form, answers, draft.today, draft.calendars)
    wrong += Bounds(plan, case, item, draft.calendars, draft.today).problems(answers)
    if not wrong and not answers:
        labels = listing(f"“{field.label}”" for field in form.values())
        wrong = [f"No line of {labels} was filled in. Fill one in, or say that no more lines are to come."]
    wrong += _too_many(case, item, answers)
    if wrong:
        raise Refused(wrong, AS_IT_WAS)
    emit_lines(draft, item, answers)


def _others(plan: Plan, command: c.Complete, tables: Collection[str]) -> Iterator[str]:
    """What is wrong with answers to other questions, which are asked when the table is closed."""
    asked = plan.form(step_of(command.item))
    for name, answer in command.answers.items():
        if name not in asked:
            yield f'"{name}" is not asked here.{suggestion(name, tables)} Tables that grow: {listing(tables)}.'
        elif name not in (*tables, MORE_TO_COME) and answer not in ("", None, [], ()):
            yield f"{name}: this is answered when no more lines are to come."


def _another_day(command: c.Complete, today: date) -> Iterator[str]:
    """What is wrong where a line is said to have been added on another day: what is done for it is owed from now on."""
    if command.on not in {None, today}:
        yield (
            "A line is added on the day on which it is entered, so no other day is recorded with it. "
            "Leave the day out; where the table asks on which day something came, write it there."
        )


def _too_many(case: Case, item: str, answers: Answers) -> Iterator[str]:
    for name, answer in answers.items():
        lines = len(lines_in(case.items[item].answers.get(name))) + len(lines_in(answer))
        if lines > MOST_ROWS:
            yield f"{name}: {lines} lines; at most {MOST_ROWS} fit. Close the table, and go on in a new case."


def emit_lines(draft: Draft, item: str, answers: Answers) -> None:
    """Each line of these tables, numbered on from those that are there."""
    for name, answer in answers.items():
        before = len(lines_in(draft.case.items[item].answers.get(name)))
        for number, line in enumerate(lines_in(answer), start=before + 1):
            draft.emit(e.LineAdded(item, name, number, line))


def closing(plan: Plan, case: Case, item: str, answers: Answers) -> tuple[dict[str, Answer], list[str]]:
    """The answers with which a table is closed: with all lines that were added before; and what is wrong with them."""
    step = step_of(item)
    tables = plan.growing.get(step, ())
    if not tables:
        return dict(answers), []
    before = case.items[item].answers
    whole = {name: [*lines_in(before.get(name)), *lines_in(answers.get(name))] for name in tables}
    wrong = list(_too_many(case, item, {name: answers[name] for name in tables if name in answers}))
    empty = [name for name in plan.definition.needs_a_line(step) if not any(whole[name])]
    wrong += [f"{name}: a line is needed before the table is closed. {plan.form(step)[name].label}" for name in empty]
    rest = {name: answer for name, answer in answers.items() if name not in (*tables, MORE_TO_COME)}
    return {**rest, **{name: lines for name, lines in whole.items() if lines}}, wrong


def new_lines(plan: Plan, case: Case, item: str, answers: Answers) -> Answers:
    """The lines of the tables with which an item is closed that were not added before."""
    before = case.items[item].answers
    tables = [name for name in plan.growing.get(step_of(item), ()) if name in answers]
    return {name: lines_in(answers[name])[len(lines_in(before.get(name))) :] for name in tables}


def change_line(draft: Draft, command: c.ChangeLine) -> None:
    """Let a line of an open table say otherwise in some columns; raises Refused.

    Who owes what is done for it stays: where somebody else is to, the line is withdrawn and a new one added.
    """
    plan, case = draft.plan, draft.case
    reason = read_reason(command.reason)
    item, question, line = _line(draft, command.table, command.number)
    columns = plan.form(step_of(item))[question].columns
    changed, wrong = _read_line(draft, columns, line, command.answers)
    wrong += answer_day_problems(columns, changed, draft.today, draft.calendars)
    wrong += _out_of_bounds(Bounds(plan, case, item, draft.calendars, draft.today), question, line, changed)
    wrong += _passes_on(plan, case, item, question, command, changed)
    if not wrong and changed == line:
        wrong.append(f"Line {command.number} says that already.")
    if wrong:
        raise Refused(wrong, AS_IT_WAS)
    draft.emit(e.LineChanged(item, question, command.number, changed, reason))


def _out_of_bounds(bounds: Bounds, question: str, line: Row, changed: Row) -> list[str]:
    """What lies outside what its column takes, but for what stays: that was let in when it was entered."""
    stood = {*bounds.problems({question: [line]})}
    return [problem for problem in bounds.problems({question: [changed]}) if problem not in stood]


def _read_line(draft: Draft, columns: FormFields, line: Row, said: Mapping[str, object]) -> tuple[Row, list[str]]:
    """What a line says from now on, and a sentence for each mistake.

    What stays was let in when it was entered: a text that somebody vouched for, and an agency that has left since.
    """
    before = {name for cell in line.values() for name in (cell if isinstance(cell, list) else [cell])}
    agencies = [*draft.case.agencies, *(name for name in before if isinstance(name, str))]
    answers, wrong = read_answers(columns, {**line, **said}, agencies, vouched=True)
    if not draft.vouched:
        wrong += identifying({name: columns[name] for name in said if name in columns}, answers)
    return {name: as_cell(answer) for name, answer in answers.items()}, wrong


def _passes_on(plan: Plan, case: Case, item: str, question: str, command: c.ChangeLine, changed: Row) -> Iterator[str]:
    """What is wrong where another owner would be named for what is owed, or was done, for a line."""
    line = lines_in(case.items[item].answers.get(question))[command.number - 1]
    for name in steps_for(plan, item, question):
        column, owed = owner_column(plan.steps[name]), item_id(name, str(command.number))
        begun = owed in case.items and case.items[owed].status is not Status.PENDING
        if column and begun and changed.get(column) != line.get(column):
            yield f'{column}: "{owed}" is owed by who stands there. Withdraw the line, and add another.'


def steps_for(plan: Plan, item: str, question: str) -> list[str]:
    """The steps that are done for the lines of a table."""
    return [name for name in plan.order if source_of(plan.steps[name]) == (item, question)]


def withdraw_line(draft: Draft, command: c.WithdrawLine) -> None:
    """Let a line of an open table count no more; what is still owed for it falls. Raises Refused."""
    reason = read_reason(command.reason)
    item, question, _ = _line(draft, command.table, command.number)
    draft.emit(e.LineWithdrawn(item, question, command.number, reason))


def open_tables(plan: Plan, case: Case) -> dict[str, list[Row]]:
    """The tables to which lines may be added now, by item and question: 'log.complaints'; with their lines."""
    items = ((item, name) for step in plan.growing for item in plan.items(step, case) for name in plan.growing[step])
    return {
        f"{item}.{name}": lines_in(case.items[item].answers.get(name)) for item, name in items if is_open(case, item)
    }


def numbered(lines: Iterable[Row]) -> Mapping[int, Row]:
    """The lines that count, by number."""
    return {number: line for number, line in enumerate(lines, start=1) if line}


def _line(draft: Draft, table: str, number: int) -> tuple[str, str, Row]:
    """The item, the question and the line that are meant; raises Refused where there are none such that may change."""
    tables = open_tables(draft.plan, draft.case)
    if table not in tables:
        message = f'"{plain_text(table)}" is no table of {draft.case.reference} to which lines are added now.'
        known = (
            f"Such tables: {listing(tables, none='none')}. One that was closed grows again when its step is reopened."
        )
        raise Refused([f"{message}{suggestion(table, tables)}"], known)
    item, _, question = table.rpartition(".")
    refuse_held(draft.plan, draft.case, item)
    lines = numbered(tables[table])
    if number not in lines:
        known = f"Its lines: {listing(map(str, lines), none='none')}."
        raise Refused([f"{table} has no line {number} that counts."], known)
    return item, question, lines[number]
