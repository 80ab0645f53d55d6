"""Silence that counts as an answer: when it begins to count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from reviewflow.calendar import Calendars, shift
from reviewflow.case.model.ids import ItemId, item_id, step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.timing.counted_in import days_of, days_of_ladder
from reviewflow.case.rules.timing.due_dates import anchored
from reviewflow.case.rules.timing.ladder_of_item import in_hours, rung_time, time_in_hours
from reviewflow.case.rules.timing.meeting_days import day_of_meeting
from reviewflow.language.model import OUTSIDE, Ladder, Rung
from reviewflow.language.phrases import Due
from reviewflow.language.structure.outside import writes_outside
from reviewflow.language.structure.silence import counts_after_due
from reviewflow.london import LONDON, at_clock, london_day


def silence_counts(plan: Plan, case: Case, item: str, state: Item, calendars: Calendars) -> datetime | None:
    """The moment, in UTC, at which silence counts: the end of the due day, or the time of day by which it is due.

    It is that of a later day where the process says so. None where it does not count, or not yet.

    It does not count for an item that was opened after its due day, which stays overdue, nor while a response waits for
    the office to decide, nor until the request for it has left the building. Whom no message here can ask was asked by
    other means, when the work began. Who was not asked whether they come is asked no more when the meeting has been.
    """
    step = plan.steps.get(step_of(item))
    if step is None or step.silence is None or state.due is None or state.status is not Status.OPEN:
        return None
    if state.to_decide or (state.opened is not None and state.opened > state.due):
        return None
    if not edition.silence_waits_for_the_request(case):
        return end_of(day_of_silence(plan, case, item, state.due, calendars), state.by)
    asked = state.asked or _asked_by_other_means(plan, case, item, state)
    if asked is None:
        meeting = _last_of_meeting(plan, case, item, calendars)
        return end_of(max(meeting, state.due)) if meeting else None
    return end_of(last_day(plan, case, item, state.due, asked, calendars), state.by)


def asked_outside(plan: Plan, item: str) -> bool:
    """Whether somebody outside is to answer, to whom no reminder of its ladder goes: that reminds this office."""
    step = plan.steps.get(step_of(item))
    return step is not None and step.waits_for is not None and not writes_outside(plan.ladder(step_of(item)))


def _asked_by_other_means(plan: Plan, case: Case, item: str, state: Item) -> date | None:
    """The day on which work began that somebody outside is to answer, where no message of this process asks them."""
    outside = asked_outside(plan, item) and edition.only_its_owner_is_asked(case)
    return state.opened if outside and not plan.requests[step_of(item)] else None


def last_day(plan: Plan, case: Case, item: str, due: date, asked: date, calendars: Calendars) -> date:
    """The day with whose end silence counts, of an item that is due on `due` and was asked for on `asked`.

    It is the due day, or the later one that the process names. A request that left more than a working day late gives
    its owner as many working days more, but none after the meeting to which it invites.
    """
    counts = day_of_silence(plan, case, item, due, calendars)
    if not edition.silence_waits_for_the_request(case):
        return counts
    late = working_days_late(plan, case, item, case.items[item], asked, calendars)
    return later_day(plan, case, item, counts, late, calendars) if late > 1 else counts


def day_of_silence(plan: Plan, case: Case, item: str, due: date, calendars: Calendars) -> date:
    """The day with whose end silence counts of what was asked for in time, and none after the meeting it invites to."""
    later = counts_after_due(plan.steps[step_of(item)])
    if later is None:
        return due
    counts = shift(due, later, days_of(plan, case, item, calendars))
    meeting = _last_of_meeting(plan, case, item, calendars)
    return max(due, min(counts, meeting)) if meeting else counts


def later_day(plan: Plan, case: Case, item: str, due: date, late: int, calendars: Calendars) -> date:
    """The day to answer by, so many working days later than `due`, or that of the meeting or event if it comes before.

    The event is what the rule counts back from: an answer that is due before a hearing is of no use after it.
    """
    later = days_of(plan, case, item, calendars).add_working_days(due, late)
    last = _last_of_meeting(plan, case, item, calendars) or _day_of_event(plan, case, item, calendars)
    return max(due, min(later, last)) if last else later


def comes_too_late(plan: Plan, case: Case, item: str, today: date, calendars: Calendars) -> bool:
    """Whether it would ask who comes to a meeting whose day has passed."""
    meeting = _last_of_meeting(plan, case, item, calendars)
    return meeting is not None and meeting < today


def _last_of_meeting(plan: Plan, case: Case, item: str, calendars: Calendars) -> date | None:
    """The day of the meeting to which an item invites, after which no answer is of use."""
    known = edition.answers_come_before_the_meeting(case)
    return day_of_meeting(plan, case, item, calendars) if known else None


def _day_of_event(plan: Plan, case: Case, item: str, calendars: Calendars) -> date | None:
    """The day that an answer's own counts back from; None where it counts forward, or in another way."""
    name, key = ItemId.parse(item)
    rule = plan.rule(name)
    if not isinstance(rule, Due) or not rule.before or not edition.answers_come_before_the_meeting(case):
        return None
    return anchored(plan, case, rule.anchor, name, key, calendars)


def end_of(day: date, by: time | None = None) -> datetime:
    """The moment, in UTC, at which a day of London is over: at midnight, or with the minute that it ends `by`."""
    if by is not None:
        return (at_clock(day, by) + timedelta(minutes=1)).astimezone(UTC)
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


def working_days_late(plan: Plan, case: Case, item: str, state: Item, asked: date, calendars: Calendars) -> int:
    """How many days of the item's calendar it is asked for too late.

    Counted from its opening, when the request for it is written; where only its ladder asks, from the rung that does.
    """
    opened = state.opened or asked
    ladder, by_ladder = plan.ladder(step_of(item)), not plan.requests.get(step_of(item))
    if by_ladder and ladder is not None and state.due is not None:
        days = days_of_ladder(plan, case, item, calendars)
        rung, ends = _asking_rung(ladder), edition.hours_after_a_day_begin_at_its_end(case)
        by_hours = in_hours(rung)
        asks = (
            time_in_hours(rung, state, days, at_its_end=ends) if by_hours else rung_time(rung, state.due, days, time())
        )
        opened = max(opened, london_day(asks))
    return days_of(plan, case, item, calendars).working_days_between(opened, asked) if asked > opened else 0


def _asking_rung(ladder: Ladder) -> Rung:
    """The first rung; of a ladder that writes to a body outside the first that does."""
    return next((rung for rung in ladder.rungs if OUTSIDE in rung.to), ladder.rungs[0])


def silent_items_asked_by(plan: Plan, case: Case, request: str) -> Iterator[str]:
    """The items whose silence has a meaning that a message about `request` asks for: itself, or those it is about."""
    step, key = ItemId.parse(request)
    for name, asking in plan.requests.items():
        if name in plan.silence_matters and (name == step or step in asking):
            mine = item_id(name, key)
            yield from (mine,) if mine in case.items else plan.items(name, case)
