"""Good answers: what a made-up person writes into a form so that the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from reviewflow.calendar import Calendar
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answer, Answers, Case
from reviewflow.case.rules.answers.bounds import DayBounds
from reviewflow.case.rules.answers.form_answers import forbidden_by, is_required, read_answers
from reviewflow.language.conditions import Test, leaves
from reviewflow.language.definition import Definition
from reviewflow.language.model import MORE_TO_COME, FieldType, FormField, FormFields
from reviewflow.language.phrases import Due
from reviewflow.language.structure.tables import DECISION, INSTEAD
from reviewflow.service.rehearsal.scenario import Scenario

AHEAD, LATE = 10, 1
"""Working days ahead that a day lies which somebody books or plans: in time, and once it is late."""
FAR_AHEAD = 30
"""Working days between the days of a line of a table, such as what is agreed that somebody does."""
NOTHING_ELSE: Answers = {}
BRANCHING = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO})


@dataclass(frozen=True, slots=True)
class Purposes:
    """What the questions of a process are for, beyond their type: by step, the names of such questions."""

    lies_ahead: Mapping[str, frozenset[str]]
    """Days on or before which other work is due: they have not come yet when they are asked for."""
    sends_back: Mapping[str, frozenset[str]]
    """Answers that may send work back: given as asked for the first time only, or the work would never end."""


def purposes_of(definition: Definition) -> Purposes:
    """Read from the rules and the conditions that use the answers."""
    steps = definition.process.steps
    ahead: dict[str, set[str]] = {name: set() for name in steps}
    for rule in _rules(definition):
        if rule.anchor.field is not None and (rule.span is None or rule.before) and rule.anchor.name in ahead:
            ahead[rule.anchor.name].add(rule.anchor.field)
    back = {
        name: frozenset(leaf.field for reopen in step.reopens.values() for leaf in leaves(reopen.when))
        for name, step in steps.items()
    }
    return Purposes({name: frozenset(questions) for name, questions in ahead.items()}, back)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a form is filled in, and what is known then."""

    done: date
    office: Calendar
    purposes: Purposes
    planned: Mapping[str, date]
    """The dates of the case as they stand."""
    bounds: Callable[[FormField, Answers], DayBounds] = lambda _, __: (None, None)
    """The first and the last day that a question takes, given the answers beside it; None where it takes any."""
    is_late: Callable[[FormField], bool] = lambda _: False
    """Whether the last day of a question has passed, and it takes any that lies ahead."""

    def within(self, field: FormField, day: date, beside: Answers) -> date:
        """The day, or the nearest one that the question takes."""
        first, last = self.bounds(field, beside)
        if first is not None and day < first:
            day = self.office.on_or_after(first)
        return last if last is not None and day > last else day

    def day(self, step: str, name: str, field: FormField) -> date:
        """A day asked for: the day itself, one that lies ahead, or the one that is planned."""
        if field.completes:
            return self.done
        planned = self.planned.get(field.sets or "")
        if planned is not None and planned > self.done:
            return planned
        ahead = field.sets is not None or name in self.purposes.lies_ahead[step]
        days = LATE if self.is_late(field) else AHEAD
        return self.office.add_working_days(self.done, days) if ahead else self.done


def good_answers(
    form: FormFields, item: str, scenario: Scenario, case: Case, *, occasion: Occasion
) -> dict[str, object]:
    """An answer to every question that needs one, and to one that may set a date unless other answers spare it."""
    step, again = step_of(item), case.items[item].round > 1
    answers: dict[str, Any] = {}
    for name, field in form.items():
        if field.type is FieldType.QUORUM:
            read, _ = read_answers(form, answers, case.agencies, vouched=True)
            answers |= {name: read[name]} if name in read else {}
            continue
        as_asked = not (again and name in occasion.purposes.sends_back[step])
        given = scenario.answer(item, name, as_asked=as_asked)
        if given is not None:
            answers[name] = given
        elif name == MORE_TO_COME:
            answers[name] = "no"
        elif is_required(field, answers) or field.grows or (field.sets and isinstance(field.required, bool)):
            answers[name] = _answer(field, case, occasion.day(step, name, field), occasion=occasion, beside=answers)
        if name in answers and not {(item, name), (step, name)} & scenario.answers.keys():
            answers[name] = _not_forbidden(field, answers[name], answers)
    answers = {name: answer for name, answer in answers.items() if form[name].type is not FieldType.QUORUM}
    if DECISION in answers and INSTEAD in form:
        answers.setdefault(INSTEAD, "decided so for this rehearsal")
    return answers


def _not_forbidden(field: FormField, answer: Any, answers: Answers) -> Any:
    """The answer, or in the place of one that others of its form forbid the first that they do not."""
    if not forbidden_by(field, answer, answers):
        return answer
    choices = ("yes", "no") if field.type is FieldType.YES_NO else tuple(field.options)
    others: list[Answer] = [[choice] if field.type is FieldType.CHOICES else choice for choice in choices]
    return next((other for other in others if not forbidden_by(field, other, answers)), answer)


def _answer(
    field: FormField, case: Case, day: date, *, occasion: Occasion, number: int = 1, beside: Answers = NOTHING_ELSE
) -> object:
    match field.type:
        case FieldType.DATE:
            return occasion.within(field, day, beside).isoformat()
        case FieldType.CHOICE:
            options = list(field.options)
            return options[(number - 1) % len(options)]
        case FieldType.CHOICES:
            return _chosen(field, tuple(field.options))
        case FieldType.CONFIRM | FieldType.YES_NO:
            return "yes"
        case FieldType.NUMBER:
            return _number(field, beside)
        case FieldType.REFERENCE:
            return "kept in the secure store"
        case FieldType.NOTE:
            return "as agreed"
        case FieldType.TIME:
            return "10:00"
        case FieldType.AGENCY:
            return case.agencies[(number - 1) % len(case.agencies)] if case.agencies else ""
        case FieldType.AGENCIES:
            return list(case.agencies[: _how_many(field, 1)])
        case FieldType.LIST:
            return [f"Part {part}" for part in range(1, _how_many(field, 2) + 1)]
        case FieldType.QUORUM:
            return None
        case FieldType.ROWS:
            return [
                _line(field, case, day, occasion=occasion, number=line, beside=beside)
                for line in range(1, _how_many(field, 2) + 1)
            ]
        case _:
            assert_never(field.type)


def _chosen(field: FormField, options: Sequence[str]) -> list[str]:
    """So many of the options as the question takes, from the first on; of a group all, as far as it takes them."""
    number = _how_many(field, 1 if field.members_of is None else len(options))
    return [option for option in options if number == 1 or option not in (field.alone or ())][:number]


def _how_many(field: FormField, usual: int) -> int:
    """So many answers as are usual, or the nearest number that the question takes."""
    least = field.at_least if isinstance(field.at_least, int) else 0
    return max(least, min(usual, field.at_most) if isinstance(field.at_most, int) else usual)


def _number(field: FormField, beside: Answers) -> str:
    """One, or the nearest that the question takes."""
    low, high = (beside.get(bound) if isinstance(bound, str) else bound for bound in (field.at_least, field.at_most))
    most = 1 if high is None else min(1.0, float(str(high)))
    return f"{most if low is None else max(float(str(low)), most):g}"


def _line(
    field: FormField, case: Case, day: date, *, occasion: Occasion, number: int, beside: Answers
) -> dict[str, object]:
    """A line of a table; its days, such as half-way and the end, follow one another."""
    answers: dict[str, Any] = {}
    for name, column in field.columns.items():
        if column.type is FieldType.DATE:
            day = occasion.office.add_working_days(day, FAR_AHEAD)
        known = {**beside, **answers}
        answers[name] = _answer(column, case, day, occasion=occasion, number=number, beside=known)
    return answers


def options(field: FormField) -> tuple[str | None, ...]:
    """The answers that could be tried, first the one that is given unless another is better; None: no answer."""
    answers = ("yes", "no") if field.type is FieldType.YES_NO else tuple(_with_others(field))
    return answers if field.always_required else (None, *answers)


def _with_others(field: FormField) -> Iterator[str]:
    """Each option, with so many others as must be chosen with it: 'school,health'."""
    alone = field.alone or ()
    for option in field.options:
        others = [other for other in field.options if other != option and other not in alone]
        number = _how_many(field, 1) if field.type is FieldType.CHOICES and option not in alone else 1
        yield ",".join([option, *others[: number - 1]])


def _rules(definition: Definition) -> list[Due]:
    """Every rule by which days are counted; of several of which one counts, each."""
    process = definition.process
    rules = [rule for step in process.steps.values() for rule in (step.due, step.not_before, step.wait) if rule]
    rules += [limit.due for limit in process.limits.values() if limit.due]
    return [part for rule in rules for part in rule.parts]


def deciding(definition: Definition) -> list[tuple[str, str]]:
    """The questions, by step, whose answers decide how a process goes on; in the order of the steps."""
    asked = {place for test, own in _tests(definition) for place in _places(test, own)}
    forms = definition.step_forms
    tables = [name for name, step in definition.process.steps.items() if step.choose]
    asked |= {(name, question) for name in tables for question in forms[name]}
    return [
        (step, name)
        for step, form in forms.items()
        for name, field in form.items()
        if (step, name) in asked and field.type in BRANCHING
    ]


def _tests(definition: Definition) -> list[tuple[Test, str]]:
    """Every condition, each with the step whose own form it asks about where it names none."""
    process = definition.process
    conditions: list[tuple[Test | None, str]] = [(limit.when, "") for limit in process.limits.values()]
    conditions += [(ending.when, "") for ending in process.endings.values()]
    for name, step in process.steps.items():
        conditions += [(step.when, name), (step.dissent, name)]
        conditions += [(rule.when, name) for rule in step.reopens.values()]
        conditions += [(rule.when, name) for rule in (*step.places.values(), *step.lifts.values())]
        conditions += [(ends.when, name) for ends in (step.ends_rounds or {}).values()]
    return [(test, own) for test, own in conditions if test is not None]


def _places(test: Test, own: str) -> list[tuple[str, str]]:
    return [(leaf.step or own, leaf.field) for leaf in leaves(test)]
