"""Rules that count hours: real hours from a time of day in London, also over a change to or from summer time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from reviewflow.calendar import Span, Unit
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.language.phrases import DayRule, Due
from reviewflow.london import LONDON, at_clock
from reviewflow.text import counted


def hours_from(moment: datetime, span: Span, *, before: bool) -> datetime:
    """The moment so many hours after, or before, this one."""
    hours = timedelta(hours=span.amount)
    return moment - hours if before else moment + hours


def moment_of(case: Case, rule: DayRule | None) -> datetime | None:
    """The moment, in London, that a rule in hours gives; None for rules in days, or when its date is not known."""
    if not isinstance(rule, Due) or not counts_hours(rule) or rule.span is None or rule.anchor.name not in case.dates:
        return None
    start = at_clock(case.dates[rule.anchor.name], case.times.get(rule.anchor.name))
    return hours_from(start, rule.span, before=rule.before).astimezone(LONDON)


def counts_hours(rule: DayRule) -> bool:
    return isinstance(rule, Due) and rule.span is not None and is_hours(rule.span)


def is_hours(span: Span) -> bool:
    return span.unit is Unit.HOURS


def as_joined(case: Case, reference: str) -> Case:
    """The case with the days of a joined case in place of its own; its times of day are not known here."""
    if not reference:
        return case
    return replace(case, dates={**case.dates, **case.joined.get(reference, {})}, times={})


def clocks(plan: Plan, case: Case, items: Iterable[str]) -> Mapping[str, time]:
    """By item, the time of day by which those are due that count hours."""
    named = tuple(items)
    set_by_hand = ((item, case.items[item]) for item in named if item in case.items)
    kept = {item: state.by for item, state in set_by_hand if state.fixed and state.by is not None}
    if not plan.definition.process.opening.times:
        return kept
    moments = ((item, moment_of(_with_days_of(plan, case, item), plan.rule(step_of(item)))) for item in named)
    counted_hours = {item: at.time() for item, at in moments if at is not None and _follows_its_rule(case, item)}
    return kept | counted_hours


def _with_days_of(plan: Plan, case: Case, item: str) -> Case:
    return as_joined(case, key_of(item)) if step_of(item) in plan.limits else case


def _follows_its_rule(case: Case, item: str) -> bool:
    state = case.items.get(item)
    return state is None or not (state.fixed or state.turn)


def watched_by_the_hour(plan: Plan, step: str) -> bool:
    """Whether a step, or a limit that it meets, counts hours, so that the time of day at which it is done matters."""
    names = [step, *(name for name, limit in plan.limits.items() if limit.met_by == step)]
    return any(rule is not None and counts_hours(rule) for rule in map(plan.rule, names))


def is_over(due: date, by: time | None, today: date, clock: time | None) -> bool:
    """Whether a due day has ended or, where the time of day counts and is known, its moment has passed."""
    return today > due or (today == due and by is not None and clock is not None and clock > by)


def hours_words(state: Item, now: datetime) -> str:
    """How far away it is in hours: '5 hours left', 'due within the hour', '3 hours overdue'; '' when due by the day."""
    if state.by is None or state.due is None:
        return ""
    left = at_clock(state.due, state.by) - now
    hours = abs(left) // timedelta(hours=1)
    if left < timedelta():
        return f"{counted(hours, 'hour')} overdue" if hours else "overdue since less than an hour"
    return f"{counted(hours, 'hour')} left" if hours else "due within the hour"
