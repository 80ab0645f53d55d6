"""The day of work that is owed again: as long as its rule gives, counted from the day on which it was sent back.

A rule that counts backwards, or names a day, gives its own day while that lies ahead, and moves it as before. Once it
has passed, the work has as many working days as it had at first, and none after what it counts back from. No day lies
past the end of a running limit that the work leads to, because that clock goes on. What counts from something that is
owed again too, or from a date that this sets anew, follows its rule when that is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType

from reviewflow.calendar import Calendar, Calendars, Month, NamedDay, Span, due_on
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import (
    days_follow_dates_set_anew,
    limits_that_were_met_stay_met,
    new_days_come_after_what_they_wait_for,
    new_days_come_before_their_event,
    passed_days_follow_their_rule,
    sent_back_work_follows_its_rule,
)
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import anchored, due_day, length_of, round_day, rule_day
from reviewflow.case.rules.timing.hours import counted_hours, has_passed, times_named
from reviewflow.language.conditions import leaves
from reviewflow.language.model import EACH
from reviewflow.language.phrases import DayRule, Due, OneOf, counts_hours
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.structure.lists import source_of
from reviewflow.london import at_clock, london_day


def days_anew(
    plan: Plan,
    case: Case,
    items: Iterable[str],
    now: datetime,
    calendars: Calendars,
    *,
    ends: Mapping[str, date] = MappingProxyType({}),
    given: Mapping[str, date] = MappingProxyType({}),
) -> Mapping[str, date]:
    """By item, the new due day of those that people owe and that do not follow something owed again.

    `ends` are the last days of time limits that had ended and run again with them, `given` the days that the file or
    somebody gives. Nothing is due before what it waits for: it has as long from that day as it would have from today.
    """
    again = [item for item in items if step_of(item) in plan.steps]
    steps = {step_of(item) for item in again}
    place = {step: number for number, step in enumerate(plan.order)}
    days: dict[str, date] = {}
    ahead = dict(given)
    for item in sorted(again, key=lambda item: place[step_of(item)]):
        parts = _counted_now(plan, case, step_of(item), steps)
        if not parts:
            continue
        stays = _day_that_stays(plan, case, item, now, calendars)
        if stays is None:
            waits = max(_waited_for(plan, item, ahead), default=None)
            day = _not_before(plan, case, item, parts, now, calendars, waits=waits)
            days[item] = min([day, *_ends_ahead(plan, case, step_of(item), london_day(now), ends)])
        ahead.setdefault(item, stays or days[item])
    return {item: days[item] for item in again if item in days}


def _counted_now(plan: Plan, case: Case, step: str, again: Collection[str]) -> tuple[Due, ...]:
    """The rules by which it has a day of its own now; none of what has none, or is done by itself."""
    rule = plan.steps[step].due
    return () if rule is None or _is_done_at_once(plan, step) else _still_counted(plan, case, step, rule, again)


def _day_that_stays(plan: Plan, case: Case, item: str, now: datetime, calendars: Calendars) -> date | None:
    """The day ahead that was granted, or that its rule goes on naming; None of what is counted anew."""
    state, rule = case.items.get(item, Item(Status.PENDING)), plan.steps[step_of(item)].due
    if _was_granted(state, london_day(now)):
        return state.own_day or state.due
    if rule is None or not _keeps_its_rule(plan, case, item, rule, now, calendars):
        return None
    named = [day for part in rule.parts if (day := _own(plan, case, item, part, calendars))]
    return max(named) if isinstance(rule, OneOf) and rule.later else min(named)


def _not_before(
    plan: Plan,
    case: Case,
    item: str,
    parts: Sequence[Due],
    now: datetime,
    calendars: Calendars,
    *,
    waits: date | None,
) -> date:
    """Its day counted from today, or from the day on which what it waits for is due, where that is later."""
    day = _counted(plan, case, item, parts, now, calendars)
    if waits is None or day >= waits or any(map(counts_hours, parts)):
        return day
    if not new_days_come_after_what_they_wait_for(case):
        return day
    return max(waits, _counted(plan, case, item, parts, at_clock(waits, None), calendars))


def _counted(plan: Plan, case: Case, item: str, parts: Sequence[Due], now: datetime, calendars: Calendars) -> date:
    rule = plan.steps[step_of(item)].due
    counted = [_day(plan, case, item, part, now, calendars) for part in parts]
    return max(counted) if isinstance(rule, OneOf) and rule.later else min(counted)


def _waited_for(plan: Plan, item: str, days: Mapping[str, date]) -> Iterator[date]:
    """The days of what comes before it, of one line of a list those of its own line."""
    step = step_of(item)
    for other, day in days.items():
        if step_of(other) in plan.ancestors[step] and (
            not plan.pairs(step_of(other), step) or key_of(other) == key_of(item)
        ):
            yield day


def by_rule_again(case: Case, items: Iterable[str], days: Collection[str], today: date) -> tuple[str, ...]:
    """Those of these items without a new day whose later day has passed: it says nothing of the round that begins."""
    if not passed_days_follow_their_rule(case):
        return ()
    moved = [item for item in items if item not in days and case.items[item].original is not None]
    return tuple(item for item in moved if not _was_granted(case.items[item], today))


def following(plan: Plan, case: Case, days: Iterable[str], steps: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """By item, of those with a new day, the dates from which it counts again when they are set anew.

    What waits for the step that sets the date has no day until then; this is what such a step is owed again beside.
    """
    if not days_follow_dates_set_anew(case):
        return {}
    followed = {item: tuple(sorted(_set_beside(plan, step_of(item), steps))) for item in days}
    return {item: dates for item, dates in followed.items() if dates}


def _set_beside(plan: Plan, step: str, again: Collection[str]) -> Iterator[str]:
    rule = plan.steps[step].due
    counted = {anchor.name for anchor in rule.anchors} if isinstance(rule, Due) else set[str]()
    apart = [other for other in plan.steps if other in again and other != step and step not in plan.ancestors[other]]
    yield from counted & {date for other in apart for date in _dates_set_by(plan, other)}


def met_limits(plan: Plan, case: Case, items: Iterable[str]) -> tuple[str, ...]:
    """Those of these items that are time limits and were met."""
    return tuple(item for item in items if step_of(item) in plan.limits and case.items[item].status is Status.DONE)


def ends_again(plan: Plan, after: Case, limits: Iterable[str], calendars: Calendars) -> Mapping[str, date]:
    """The last days of limits that run again, in the case as it is then; none that counts from what is owed again."""
    days = {limit: due_day(plan, after, limit, calendars) for limit in limits}
    return {limit: day for limit, day in days.items() if day is not None}


def stay_met(case: Case, ends: Mapping[str, date], now: datetime) -> Mapping[str, date]:
    """Of limits that were met, and their last days as their work is owed again, those whose day is over: they were kept
    or not, and what is done again has days of its own.
    """
    if not limits_that_were_met_stay_met(case):
        return {}
    over = {limit: replace(case.items[limit], due=day) for limit, day in ends.items()}
    return {limit: ends[limit] for limit, state in over.items() if has_passed(state, now)}


def _keeps_its_rule(plan: Plan, case: Case, item: str, rule: DayRule, now: datetime, calendars: Calendars) -> bool:
    """Whether its rule names a day, or counts backwards to one, that lies ahead: then it goes on following it."""
    state, today = case.items.get(item, Item(Status.PENDING)), london_day(now)
    if state.turn or state.original is not None or not sent_back_work_follows_its_rule(case):
        return False
    days = [_own(plan, case, item, part, calendars) for part in rule.parts if _names_its_day(part)]
    ahead = all(day is not None and day > today for day in days)
    return len(days) == len(rule.parts) and ahead and not any(counts_hours(part) for part in rule.parts)


def _names_its_day(rule: Due) -> bool:
    """Whether a rule counts backwards, or names a day or one of its month, which may lie ahead."""
    same_month = isinstance(rule.span, NamedDay) and rule.span.month is Month.SAME
    return rule.before or rule.span is None or same_month


def _own(plan: Plan, case: Case, item: str, part: Due, calendars: Calendars) -> date | None:
    name = step_of(item)
    landing = plan.steps[name].on_a_working_day
    return rule_day(plan, case, part, name, key_of(item), calendars, landing=landing)


def _still_counted(plan: Plan, case: Case, step: str, rule: DayRule, again: Collection[str]) -> tuple[Due, ...]:
    """The rules that give a day now: none that counts from what is owed again; the later of several needs all."""
    anew = {*again, *(_dates_set_anew(plan, step, again) if days_follow_dates_set_anew(case) else ())}
    parts = tuple(part for part in rule.parts if _named_by(plan, step, part).isdisjoint(anew))
    return () if isinstance(rule, OneOf) and rule.later and len(parts) < len(rule.parts) else parts


def _dates_set_anew(plan: Plan, step: str, again: Collection[str]) -> Iterator[str]:
    """The dates that a step before this one, which is owed again too, surely sets when it is done."""
    for before in plan.ancestors[step]:
        setting = plan.steps[before]
        asked = {leaf.step for leaf in leaves(setting.when)} if setting.when else set[str]()
        if before in again and not setting.optional and asked.isdisjoint(again):
            yield from _dates_set_by(plan, before, surely=True)


def _dates_set_by(plan: Plan, step: str, *, surely: bool = False) -> Iterator[str]:
    """The dates that a step sets, or may set, when it is done."""
    yield from plan.steps[step].set
    yield from (
        field.sets for field in plan.form(step).values() if field.sets and (field.always_required or not surely)
    )


def _is_done_at_once(plan: Plan, step: str) -> bool:
    """Whether it happens by itself, with nobody who would release it."""
    return plan.is_automatic(step) and not contact_written_to(plan.steps[step])


def _named_by(plan: Plan, step: str, rule: Due) -> frozenset[str]:
    """What a rule counts from, and the step that says how long; of a day in a table the step that gathers it."""
    source = source_of(plan.steps[step])
    return frozenset(source[0] if source and anchor.name == EACH else anchor.name for anchor in rule.anchors)


def clocks_anew(
    plan: Plan, case: Case, days: Mapping[str, date], now: datetime, calendars: Calendars
) -> Mapping[str, time]:
    """By item, the time of day by which those are due again that count hours, or whose rule names one."""
    rules = {item: plan.steps[step_of(item)].due for item in days}
    in_hours = {item: rule for item, rule in rules.items() if isinstance(rule, Due) and _in_hours(rule)}
    moments = {item: _moment(rule, now, days_of(plan, case, item, calendars)) for item, rule in in_hours.items()}
    counted = {item: moment.time() for item, moment in moments.items() if moment.date() == days[item]}
    return {**counted, **times_named(plan, days)}


def _in_hours(rule: Due) -> bool:
    return counts_hours(rule) and not rule.before


def _moment(rule: Due, now: datetime, calendar: Calendar) -> datetime:
    assert isinstance(rule.span, Span)
    return counted_hours(now, rule.span, calendar, before=False).replace(second=0, microsecond=0)


def _was_granted(state: Item, today: date) -> bool:
    """Whether a later day was granted that still lies ahead."""
    day = state.own_day or state.due
    return state.original is not None and day is not None and day > today


def _day(plan: Plan, case: Case, item: str, rule: Due, now: datetime, calendars: Calendars) -> date:
    name, today, state = step_of(item), london_day(now), case.items.get(item, Item(Status.PENDING))
    step, calendar = plan.steps[name], days_of(plan, case, item, calendars)
    if _in_hours(rule):
        return _moment(rule, now, calendar).date()
    span, counted = length_of(plan, case, rule, name, key_of(item)), None
    if span is not None and not rule.before and not state.turn:
        counted = due_on(today, span, calendar, landing=step.on_a_working_day)
    if counted is not None and (counted > today or isinstance(span, Span)):
        return counted
    own = round_day(plan, case, item, state, calendars) if state.turn else _own(plan, case, item, rule, calendars)
    if own is not None and own > today:
        return own
    had = calendar.working_days_between(state.opened, state.due) if state.opened and state.due else 1
    anew = calendar.add_working_days(today, max(had, 1))
    event = _event(plan, case, item, rule, calendars)
    return min(anew, event) if event is not None and event > today else anew


def _event(plan: Plan, case: Case, item: str, rule: Due, calendars: Calendars) -> date | None:
    """The day that a rule counts back from: what is due before a hearing is of no use after it."""
    if not rule.before or not new_days_come_before_their_event(case):
        return None
    return anchored(plan, case, rule.anchor, step_of(item), key_of(item), calendars)


def _ends_ahead(plan: Plan, case: Case, step: str, today: date, again: Mapping[str, date]) -> Iterator[date]:
    """The days, not past, on which the limits end that this step meets or leads to; `again`: that run again."""
    running = {name: state.due for name, state in case.items.items() if state.status is Status.OPEN}
    for name, ends in {**running, **again}.items():
        limit = plan.limits.get(step_of(name))
        if limit is None or ends is None or ends < today:
            continue
        if step in plan.leading_to(limit.steps):
            yield ends
