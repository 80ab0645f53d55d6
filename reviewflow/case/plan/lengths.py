"""How long each step of a process takes as it is planned: the working days between what it waits for and its own day.

Worked out from the rules alone, once a definition: a week has five working days, a month twenty-one. A step whose day
counts back from a limit or a planned date has the days that the plan leaves it. What comes only under a condition
delays nothing in the plan that has something else to wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from reviewflow.calendar import Month, NamedDay, Span, Unit
from reviewflow.language.model import EACH, CaseDate, Step
from reviewflow.language.phrases import THE_ENDING, Anchor, AsMany, DayRule, OneOf

WORKING_DAYS_IN: Mapping[Unit, float] = {
    Unit.WORKING_DAYS: 1,
    Unit.DAYS: 5 / 7,
    Unit.WEEKS: 5,
    Unit.MONTHS: 21,
    Unit.HOURS: 5 / 7 / 24,
    Unit.WORKING_HOURS: 1 / 24,
}


def planned_lengths(
    steps: Mapping[str, Step],
    order: Iterable[str],
    dates: Mapping[str, CaseDate],
    limits: Iterable[str],
    rule_of: Callable[[str], DayRule | None],
) -> Mapping[str, float]:
    """By step, its planned working days; 0 of one that no rule dates, and of an automatic one that waits for no day."""
    timetable = _Timetable(steps, dates, frozenset(limits), rule_of)
    return {name: timetable.length(name) for name in order}


class _Timetable:
    """Where each step would end if all went as planned, in working days from the opening."""

    def __init__(
        self,
        steps: Mapping[str, Step],
        dates: Mapping[str, CaseDate],
        limits: frozenset[str],
        rule_of: Callable[[str], DayRule | None],
    ) -> None:
        self.steps, self.dates, self.limits, self.rule_of = steps, dates, limits, rule_of
        self.ends: dict[str, float] = {}
        self.sometimes: set[str] = set()
        """The steps that come only under a condition, or only after such."""

    def length(self, name: str) -> float:
        step = self.steps[name]
        before = [other for other in step.after if other in self.ends]
        always = [other for other in before if other not in self.sometimes]
        if step.when is not None or (before and not always):
            self.sometimes.add(name)
        ready = max((self.ends[other] for other in always or before), default=0.0)
        planned = (
            self._by_rule(step.wait or step.due) if step.asks is None else ready + _in_working_days(step.asks.within)
        )
        self.ends[name] = ready if planned is None else max(ready, planned)
        return self.ends[name] - ready

    def _by_rule(self, rule: DayRule | None) -> float | None:
        ends = [
            day + (-1 if part.before else 1) * _in_working_days(part.span)
            for part in (rule.parts if rule else ())
            if (day := self._of_anchor(part.anchor)) is not None
        ]
        of_several = max if isinstance(rule, OneOf) and rule.later else min
        return of_several(ends, default=None)

    def _of_anchor(self, anchor: Anchor) -> float | None:
        if anchor.name in self.steps:
            return self.ends.get(anchor.name)
        if anchor.name in self.dates:
            return self._by_rule(self.dates[anchor.name].planned)
        if anchor.name in self.limits:
            return self._by_rule(self.rule_of(anchor.name))
        return None if anchor.day is not None or anchor.name in {EACH, THE_ENDING} else 0.0


def _in_working_days(span: Span | NamedDay | AsMany | None) -> float:
    if isinstance(span, NamedDay):
        return _of_named(span)
    if isinstance(span, AsMany):  # nobody has answered yet: one of its unit
        return WORKING_DAYS_IN[span.unit]
    return span.counted * WORKING_DAYS_IN[span.unit] if span is not None else 0.0


def _of_named(day: NamedDay) -> float:
    """Half a week for the next Wednesday, half a month for a day of the same month, or a meeting: nobody knows when."""
    week, month = WORKING_DAYS_IN[Unit.WEEKS], WORKING_DAYS_IN[Unit.MONTHS]
    if day.group:
        return month / 2
    if day.month is None:
        return week * (max(day.number, 1) - 0.5)
    return month if day.month is Month.NEXT else month / 2
