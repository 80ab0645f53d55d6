"""Rules that count hours: real hours from a time of day in London, also over a change to or from summer time.

Hours of working days are those from midnight to midnight of each day that the calendar counts; other days have none.
What begins on another day begins with the next working day, and what would end at midnight ends with the day before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from reviewflow.calendar import Calendar, Calendars, Span, Unit
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.language.phrases import Anchor, DayRule, Due, counts_hours
from reviewflow.london import LONDON, at_clock, london_day
from reviewflow.text import counted


def hours_from(moment: datetime, span: Span, *, before: bool) -> datetime:
    """The moment so many hours after, or before, this one."""
    hours = timedelta(hours=span.amount)
    return moment - hours if before else moment + hours


def counted_hours(moment: datetime, span: Span, calendar: Calendar, *, before: bool) -> datetime:
    """The moment, in London, so many hours from this one, of all days or of the working days of a calendar."""
    if span.unit is Unit.HOURS:
        return hours_from(moment, span, before=before).astimezone(LONDON)
    local = moment.astimezone(LONDON)
    day, at = local.date(), timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    if not calendar.is_working_day(day):
        day, at = calendar.on_or_before(day) if before else calendar.on_or_after(day), A_DAY if before else timedelta()
    hours = timedelta(hours=span.amount)
    days, rest = divmod(at - hours if before else at + hours, A_DAY)
    if not rest and days and not before:
        days, rest = days - 1, A_DAY - A_MINUTE
    clock = time(*divmod(rest // A_MINUTE, 60))
    return at_clock(calendar.add_working_days(day, days), clock).astimezone(LONDON)


A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def moment_of(
    plan: Plan, case: Case, rule: DayRule | None, name: str, key: str, calendars: Calendars
) -> datetime | None:
    """The moment, in London, that a rule of `name` in hours gives the owner `key`; None for days or while not known."""
    if rule is None or not counts_hours(rule) or not isinstance(rule.span, Span):
        return None
    start = anchor_moment(plan, case, rule.anchor, key if plan.pairs(name, rule.anchor.name) else "")
    if start is None:
        return None
    return counted_hours(start, rule.span, days_of(plan, case, name, calendars), before=rule.before)


def anchor_moment(plan: Plan, case: Case, anchor: Anchor, key: str) -> datetime | None:
    """The moment that hours count from: a date with its time, or the last at which a step was done.

    That of a step is the time of day that its form asks for, else the one at which it was recorded. None while it is
    not known; only a date of a case that was opened without its time begins at midnight.
    """
    if anchor.name in case.dates:
        return at_clock(case.dates[anchor.name], case.times.get(anchor.name))
    if anchor.name not in plan.steps:
        return None
    states = [case.items.get(item) for item in items_counted(plan, case, anchor, key)]
    done = [state for state in states if state is not None and state.status in WAS_DONE]
    if not all(state is not None and state.status in FINISHED for state in states) or not done:
        return None
    moments = [_moment_done(state, anchor) for state in done]
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else None


def _moment_done(state: Item, anchor: Anchor) -> datetime | None:
    asked = state.answers.get(anchor.field) if anchor.field else None
    clock = time.fromisoformat(str(asked)) if asked else None if anchor.field else state.at
    return at_clock(state.done, clock) if state.done is not None and clock is not None else None


def items_counted(plan: Plan, case: Case, anchor: Anchor, key: str) -> tuple[str, ...]:
    """The items of a step from which days or hours count: that of the same owner, else all."""
    mine = item_id(anchor.name, key)
    return (mine,) if mine in case.items and key else plan.items(anchor.name, case)


def is_hours(span: Span) -> bool:
    return span.unit.by_the_clock


def as_joined(case: Case, reference: str) -> Case:
    """The case with the days of a joined case in place of its own, and with its times of day as far as they are known.

    Of a case that was joined without them hours count from midnight, as they did when that was allowed.
    """
    if not reference:
        return case
    times = case.joined_times.get(reference, {})
    return replace(case, dates={**case.dates, **case.joined.get(reference, {})}, times=times)


def clocks(plan: Plan, case: Case, days: Mapping[str, date | None], calendars: Calendars) -> Mapping[str, time]:
    """By item of those with a day, the time of day by which they are due: hours lead to one, or their rule names it.

    The time that a rule names holds on whatever day it is due: also in a later round, or on a day that was granted.
    """
    named = tuple(item for item, day in days.items() if day is not None)
    set_by_hand = ((item, case.items[item]) for item in named if item in case.items)
    kept = {item: state.by for item, state in set_by_hand if state.fixed and state.by is not None}
    if not plan.by_the_hour:
        return kept
    moments = ((item, _moment_of_item(plan, case, item, calendars)) for item in named)
    counted_hours = {item: at.time() for item, at in moments if at is not None and _follows_its_rule(case, item)}
    return {**kept, **counted_hours, **times_named(plan, named)}


def time_named(plan: Plan, item: str) -> time | None:
    """The time of day that the rule of an item names: 1 working day after notified by 17:00."""
    rule = plan.rule(step_of(item))
    return None if rule is None else rule.by


def clock_of(plan: Plan, case: Case, item: str, due: date | None, calendars: Calendars) -> time | None:
    """The time of day by which an item is due; of what has not begun, by which it will be."""
    state = case.items.get(item)
    if state is not None and state.status is not Status.PENDING:
        return state.by
    return clocks(plan, case, {item: due}, calendars).get(item)


def _moment_of_item(plan: Plan, case: Case, item: str, calendars: Calendars) -> datetime | None:
    name, key = step_of(item), key_of(item)
    if name in plan.limits:
        return moment_of(plan, as_joined(case, key), plan.rule(name), name, "", calendars)
    return moment_of(plan, case, plan.rule(name), name, key, calendars)


def _follows_its_rule(case: Case, item: str) -> bool:
    state = case.items.get(item)
    return state is None or not (state.fixed or state.turn)


def times_named(plan: Plan, items: Iterable[str]) -> Mapping[str, time]:
    """By item, the time of day that its rule names; those whose rule names none are left out."""
    return {item: by for item in items if (by := time_named(plan, item)) is not None}


def watched_by_the_hour(plan: Plan, step: str) -> bool:
    """Whether the time of day at which a step is done matters: it, a limit that it meets or others count hours."""
    names = [step, *(name for name, limit in plan.limits.items() if step in limit.steps)]
    rules = [rule for rule in map(plan.rule, names) if rule is not None]
    return is_moment(plan, step) or any(rule.by or counts_hours(rule) for rule in rules)


def is_moment(plan: Plan, step: str) -> bool:
    """Whether hours count from when a step is recorded as done, here or in a case that is started."""
    return Anchor(step) in plan.moments


def is_over(due: date, by: time | None, today: date, clock: time | None) -> bool:
    """Whether a due day has ended or, where the time of day counts and is known, its moment has passed."""
    return today > due or (today == due and by is not None and clock is not None and clock > by)


def has_passed(state: Item, now: datetime) -> bool:
    """Whether the day on which an item is due has ended, or its time of day has passed."""
    local = now.astimezone(LONDON)
    return state.due is not None and is_over(state.due, state.by, local.date(), local.time())


def told_by_days(plan: Plan, item: str) -> bool:
    """Whether it is told in days how far away it is: what is counted in days, or in hours that not every day has."""
    rule = plan.rule(step_of(item))
    counts = isinstance(rule, Due) and isinstance(rule.span, Span) and rule.span.unit is Unit.WORKING_HOURS
    return counts or time_named(plan, item) is not None


def hours_words(state: Item, now: datetime, *, by_days: bool) -> str:
    """How far away it is in hours: '5 hours left', 'due within the hour', '3 hours overdue'; '' when due by the day.

    What counts days and is due by a time of day is told in hours on that day only.
    """
    if state.by is None or state.due is None or (by_days and state.due != london_day(now)):
        return ""
    left = at_clock(state.due, state.by) - now
    hours = abs(left) // timedelta(hours=1)
    if left < timedelta():
        return f"{counted(hours, 'hour')} overdue" if hours else "overdue since less than an hour"
    return f"{counted(hours, 'hour')} left" if hours else "due within the hour"
