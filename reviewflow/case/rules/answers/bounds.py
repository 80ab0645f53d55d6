"""What a question takes: the numbers and days between its bounds, which other answers and days of the case may give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import ItemId, item_id, step_of
from reviewflow.case.model.state import Answer, Answers, Case, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.case.rules.worked_out import lies_apart, sum_of_answers
from reviewflow.language.form_words import bound_name
from reviewflow.language.model import EACH, FieldType, FormField, FormFields
from reviewflow.language.phrases import TODAY, Anchor, DayRule, Due, OneOf, how_far, sum_of
from reviewflow.text import day_words

DayBounds = tuple[date | None, date | None]


class _Given(NamedTuple):
    """One answer with what was asked, and with all that is answered beside it: in its form, and in its line."""

    name: str
    field: FormField
    answer: Answer
    beside: Answers


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of the questions that an item asks; a bound that is not known yet holds nothing back."""

    plan: Plan
    case: Case
    item: str
    calendars: Calendars
    today: date
    answered: date | None = None
    """The day on which it is answered, where it is recorded later."""

    def problems(self, answers: Answers) -> Iterator[str]:
        """What is wrong with the answers that lie outside what their questions take, with the rule in words."""
        step, _ = ItemId.parse(self.item)
        for given in _given(self.plan.form(step), answers, {}):
            if given.field.type is FieldType.DATE:
                yield from self._wrong_day(given)
            elif given.field.type is FieldType.NUMBER:
                yield from self._wrong_number(given)

    def days(self, field: FormField, beside: Answers) -> DayBounds:
        """The first and the last day that a question takes, given the answers beside it; None where it takes any."""
        last = None if self.over(field, beside) else self._day(self._still_kept(field.not_after), beside)
        return self._day(field.not_before, beside), last

    def known(self, form: FormFields) -> FormFields:
        """The form with each bound that is known already as the day or the number that it is."""
        return {name: self._known(field) for name, field in form.items()}

    def _known(self, field: FormField) -> FormField:
        if not _has_bounds(field):
            return field
        low, high = (self._number(bound, {}) for bound in (field.at_least, field.at_most))
        first, last = self.days(field, {})
        found: dict[str, object] = {
            "at_least": field.at_least if low is None else low,
            "at_most": field.at_most if high is None else high,
            "not_before": field.not_before if self._moves(field.not_before) else _on(first) or field.not_before,
            "not_after": field.not_after if self._moves(field.not_after) else self._last_known(field, last),
            "columns": self.known(field.columns),
        }
        return field.model_copy(update=found)

    def _last_known(self, field: FormField, last: date | None) -> DayRule | None:
        return _on(last) or (None if self.over(field, {}) else self._still_kept(field.not_after))

    def _moves(self, rule: DayRule | None) -> bool:
        """Whether a bound counts from the day of the answer: what is shown today would be wrong tomorrow."""
        form = self.plan.form(step_of(self.item))
        names = {anchor.name for part in rule.parts for anchor in part.anchors} if rule is not None else set()
        return TODAY in names and TODAY not in form and not self._is_of_the_case(TODAY)

    def _wrong_day(self, given: _Given) -> Iterator[str]:
        day = date.fromisoformat(str(given.answer))
        first, last = self.days(given.field, given.beside)
        if first is not None and day < first:
            rule = self._rule_words(given.field.not_before)
            yield f"{given.name}: {day_words(day)} is too early: not before {day_words(first)} ({rule})."
        if last is not None and day > last:
            rule = self._rule_words(given.field.not_after)
            yield f"{given.name}: {day_words(day)} is too late: not after {day_words(last)} ({rule})."
        if (over := self.over(given.field, given.beside)) and over < day < self.today and not given.field.completes:
            late = f"not after {day_words(over)} ({given.field.not_after}), or from today on"
            yield f"{given.name}: {day_words(day)} is too late: {late}."

    def _rule_words(self, rule: DayRule | None) -> str:
        """A bound as it is written; of an answer that is recorded later with its day in place of 'today'."""
        if self.answered in {None, self.today} or not self._moves(rule):
            return str(rule)
        return re.sub(rf"\b{TODAY}\b", day_words(self.answered), str(rule))

    def _wrong_number(self, given: _Given) -> Iterator[str]:
        number, low, high = float(str(given.answer)), given.field.at_least, given.field.at_most
        least = self._number(low, given.beside) if isinstance(low, str) else None
        most = self._number(high, given.beside) if isinstance(high, str) else None
        if least is not None and number < least:
            yield f"{given.name}: {number:g} is too small; at least {least:g} is taken ({bound_name(str(low))})."
        if most is not None and number > most:
            yield f"{given.name}: {number:g} is too large; at most {most:g} is taken ({bound_name(str(high))})."

    def _day(self, rule: DayRule | None, beside: Answers) -> date | None:
        step, key = ItemId.parse(self.item)
        if rule is None:
            return None
        own = self._with_own_days(rule, beside)
        return rule_day(self.plan, self.case, own, step, key, self.calendars) if own is not None else None

    def _still_kept(self, rule: DayRule | None) -> DayRule | None:
        """The last day without those that a time limit gives and that are over: what is late has a day all the same."""
        if rule is None:
            return None
        parts = tuple(part for part in rule.parts if not self._is_missed(part))
        return replace(rule, parts=parts) if isinstance(rule, OneOf) and parts else rule if parts else None

    def is_late(self, field: FormField) -> bool:
        """Whether the last day of a question has passed, by which work goes on: it takes any that lies ahead."""
        return self.over(field, {}) is not None

    def over(self, field: FormField, beside: Answers) -> date | None:
        """The last day of a question by which work goes on, where that has passed: what is late has a day all the same.

        None of a day that another answer gives, which somebody chose.
        """
        step, rule = step_of(self.item), field.not_after
        form = self.plan.form(step)
        if rule is None or not any(field == form[name] for name in self.plan.goes_on_by[step]):
            return None
        anchors = [anchor for part in rule.parts for anchor in part.anchors]
        if any(anchor.field or not self._is_of_the_case(anchor.name) for anchor in anchors):
            return None
        last = self._day(self._still_kept(rule), beside)
        return last if last is not None and last < self.today else None

    def _is_missed(self, rule: Due) -> bool:
        day = self._day(rule, {}) if rule.anchor.name in self.plan.limits else None
        return day is not None and day < self.today

    def _with_own_days(self, rule: DayRule, beside: Answers) -> DayRule | None:
        """The rule with each day of the form itself in place of its name; None while that is not answered."""
        if isinstance(rule, OneOf):
            parts = [self._with_own_day(part, beside) for part in rule.parts]
            return replace(rule, parts=tuple(part for part in parts if part)) if all(parts) else None
        return self._with_own_day(rule, beside)

    def _with_own_day(self, rule: Due, beside: Answers) -> Due | None:
        name = rule.anchor.name
        if rule.anchor.field or rule.anchor.day or self._is_of_the_case(name):
            return rule
        day = beside.get(name) or (self.answered or self.today if name == TODAY else None)
        return replace(rule, anchor=Anchor("", day=date.fromisoformat(str(day)))) if day else None

    def _is_of_the_case(self, name: str) -> bool:
        plan = self.plan
        return name in plan.steps or name in plan.limits or name in plan.dates or name in self._opening

    @property
    def _opening(self) -> Mapping[str, object]:
        return {**self.plan.definition.process.opening.dates, "opened": self.case.opened}

    def _number(self, bound: int | str | None, beside: Answers) -> float | None:
        """A bound as written, or as the form itself, the line or an earlier step says; None while nobody has."""
        if not isinstance(bound, str):
            return bound
        name, key = ItemId.parse(self.item)
        if (added := sum_of(bound)) is not None:
            mine = item_id(added.step, key if self.plan.pairs(name, added.step) else "")
            items = (mine,) if mine in self.case.items else self.plan.items(added.step, self.case)
            answered = [self.case.items[item] for item in items if is_finished(self.case, item)]
            return sum_of_answers(answered, added.field, added.column) if len(answered) == len(items) else None
        if (far := how_far(bound)) is not None:
            return lies_apart(self.plan, self.case, far, self.item, self.calendars)
        step, _, field = bound.rpartition(".")
        if step == EACH:
            number: Answer | None = self.plan.line(name, self.case, key).get(field)
        elif step:
            state = self.case.items.get(item_id(step, key if self.plan.pairs(name, step) else ""))
            number = state.answers.get(field) if state is not None else None
        else:
            number = beside.get(field)
        return number if isinstance(number, (int, float)) else None


def _has_bounds(field: FormField) -> bool:
    """Whether a question, or a column of its table, takes not just any day, or a number bounded by another answer."""
    by_answers = isinstance(field.at_least, str) or isinstance(field.at_most, str)
    return by_answers or bool(field.not_before or field.not_after or field.columns)


def _on(day: date | None) -> Due | None:
    return Due(None, before=False, anchor=Anchor("", day=day)) if day is not None else None


def _given(fields: FormFields, answers: Answers, outer: Answers) -> Iterator[_Given]:
    """Every answer with what stands beside it, each after the question that asked for it; in tables line by line."""
    beside: Answers = {**outer, **answers}
    for name, field in fields.items():
        answer = answers.get(name)
        if field.type is not FieldType.ROWS:
            if answer not in (None, ""):
                yield _Given(name, field, answer, beside)
            continue
        for number, row in enumerate(answer if isinstance(answer, list) else (), start=1):
            if isinstance(row, dict):
                lines = _given(field.columns, row, beside)
                yield from (given._replace(name=f"{name}: line {number}: {given.name}") for given in lines)
