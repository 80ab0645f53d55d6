"""Decision tables: every row can be reached, recommends something there is, and the last one takes what is left."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewflow.language.checks.forms.asked import answers_of, may_go_together
from reviewflow.language.checks.forms.identifying_questions import questions_problems
from reviewflow.language.checks.forms.questions import form_problems
from reviewflow.language.checks.subject import Subject
from reviewflow.language.conditions import Is, Many, holds_for, leaves
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import ASKING, DecisionTable, FieldType, FormField, TableRow
from reviewflow.language.problem import Problem, Severity
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.tables import OWN
from reviewflow.language.suggestions import unknown

Table = Loaded[DecisionTable]
MOST_COMBINATIONS = 20_000
MOST_POWERS = 4
"""Options of which every combination is tried; of longer lists each alone and each pair."""


def check(subject: Subject) -> Iterator[Problem]:
    """Steps that choose: with a table there is, done by a person, without a form of their own."""
    for name, step in subject.steps.items():
        path: Path = ("steps", name)
        if step.choose is None:
            continue
        known = subject.library.tables
        if step.choose not in known and not subject.library.could_be("table", step.choose):
            message = unknown("a table in definitions/tables", step.choose, known, "Tables")
            yield subject.error((*path, "choose"), "PD030", message)
        if step.owner is None:
            message = f'"choose" belongs to a step that a person does; "{name}" has no owner. Give it one.'
            yield subject.key_error((*path, "choose"), "PD026", message)
        if step.form is not None:
            message = (
                f'"{name}" asks the questions of the table "{step.choose}"; it cannot have a form too. Take it out.'
            )
            yield subject.key_error((*path, "form"), "PD026", message)


def check_library(library: Library) -> Iterator[Problem]:
    for loaded in library.tables.values():
        yield from _questions(loaded)
        yield from _outcomes(library, loaded)
        sound = True
        for number in range(len(loaded.model.rows)):
            for problem in _row(loaded, number):
                sound = False
                yield problem
        yield from _last(loaded)
        if sound:
            yield from _reached(loaded)


def _questions(loaded: Table) -> Iterator[Problem]:
    table, source = loaded.model, loaded.source
    yield from form_problems(source, table.questions, ("questions",))
    yield from questions_problems(source, table.questions, ("questions",))
    for name, question in table.questions.items():
        if name in OWN:
            message = f'"{name}" is kept by itself: {OWN[name]}. Give this question another name.'
            yield source.key_problem(("questions", name), "PD032", message)
        if question.completes or question.sets or question.type in ASKING:
            message = (
                "A table's questions only lead to an answer: they set no day and ask for no agency. "
                "Ask it in another step."
            )
            yield source.key_problem(("questions", name), "PD032", message)


def _outcomes(library: Library, loaded: Table) -> Iterator[Problem]:
    table, source = loaded.model, loaded.source
    recommended = {row.recommend for row in table.rows}
    for name, outcome in table.outcomes.items():
        path: Path = ("outcomes", name)
        known = library.processes
        process = outcome.process
        if process is not None and process not in known and not library.could_be("process", process):
            message = unknown("a process in definitions/processes", process, known, "Processes")
            yield source.value_problem((*path, "process"), "PD030", message)
        if name not in recommended:
            message = (
                f'No row recommends "{name}": it is only ever decided instead. Write a row for it, if one is missing.'
            )
            yield replace(source.key_problem(path, "PD090", message), severity=Severity.WARNING)


def _row(loaded: Table, number: int) -> Iterator[Problem]:
    table, source = loaded.model, loaded.source
    row, path = table.rows[number], ("rows", number)
    if row.recommend not in table.outcomes:
        message = unknown("an outcome of this table", row.recommend, table.outcomes, "Its outcomes")
        yield source.value_problem((*path, "recommend"), "PD090", message)
    for leaf in leaves(row.when) if row.when is not None else ():
        message = _asked(table, leaf)
        if message:
            yield source.value_problem((*path, "when", leaf.key), "PD050", message)


def _asked(table: DecisionTable, leaf: Is) -> str:
    if leaf.step or leaf.many is not Many.ONE:
        return f"A row asks about the table's own questions. Write only the question: {leaf.field}."
    if leaf.field not in table.questions:
        return unknown("asked by this table", leaf.field, table.questions, "It asks")
    allowed = answers_of(table.questions[leaf.field])
    if not allowed:
        kind = table.questions[leaf.field].type
        return f'"{leaf.field}" is a {kind}; a condition can only ask about a choice, yes_no or confirm.'
    wrong = next((value for value in leaf.values if value not in allowed), None)
    return "" if wrong is None else unknown(f"an answer to {leaf.field}", wrong, allowed, "Answers")


def _last(loaded: Table) -> Iterator[Problem]:
    rows, source = loaded.model.rows, loaded.source
    if rows[-1].when is not None:
        message = (
            "The last row has a condition, so some answers would lead to nothing. Take its when out, or write one "
            "more row without when."
        )
        yield source.key_problem(("rows", len(rows) - 1, "when"), "PD090", message)


def _reached(loaded: Table) -> Iterator[Problem]:
    """Rows that no answers lead to, because an earlier row always comes first."""
    source = loaded.source
    for number in _never(loaded.model.rows, loaded.model.questions):
        message = "No answers lead to this row: an earlier row takes them all. Move it up, or take it out."
        yield source.value_problem(("rows", number), "PD090", message)


def _never(rows: Sequence[TableRow], questions: dict[str, FormField]) -> list[int]:
    """Tried with every combination of answers; of tables with very many, nothing is said."""
    left = set(range(len(rows)))
    asked = sorted({leaf.field for row in rows if row.when is not None for leaf in leaves(row.when)})
    given = [_possible(questions[name]) for name in asked]
    tried = 0
    for answers in itertools.islice(itertools.product(*given), MOST_COMBINATIONS):
        tried += 1
        chosen = dict(zip(asked, answers, strict=True))
        first = next((n for n, row in enumerate(rows) if row.when is None or holds_for(row.when, chosen)), None)
        left.discard(-1 if first is None else first)
        if not left:
            return []
    return sorted(left) if tried < MOST_COMBINATIONS else []


def _possible(question: FormField) -> list[frozenset[str]]:
    options = answers_of(question)
    if question.type is not FieldType.CHOICES:
        answers = [frozenset({option}) for option in options]
    else:
        longest = len(options) if len(options) <= MOST_POWERS else 2
        several = (itertools.combinations(options, number) for number in range(1, longest + 1))
        together = (chosen for chosen in itertools.chain.from_iterable(several) if may_go_together(question, chosen))
        answers = [frozenset(chosen) for chosen in together]
    return answers if question.always_required else [*answers, frozenset()]
