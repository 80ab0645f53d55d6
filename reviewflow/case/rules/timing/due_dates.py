"""When things are due, from the definition, the case and the calendars.

The day of the event is not counted; months end on the corresponding day, or on the month's last (Interpretation Act
1978; Dodds v Walker). `calendar.shift` does the counting.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from math import ceil

from reviewflow.calendar import Calendar, Calendars, Landing, Month, NamedDay, Span, Unit, due_on, shift
from reviewflow.case.model.ids import ItemId, item_id, key_of, step_of
from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Item, Row, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import rhythms_go_on_from_the_last_round
from reviewflow.case.rules.links.in_linked import counted_with_linked
from reviewflow.case.rules.rounds.following_rounds import as_after_round
from reviewflow.case.rules.timing.after_done import counts_from_done, day_after, day_before
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.hours import as_joined, items_counted, moment_of
from reviewflow.case.rules.timing.standstills import begun_again, moved_on, stands_still
from reviewflow.language.model import EACH, OPENED, FieldType
from reviewflow.language.phrases import THE_ENDING, Anchor, AsMany, DayRule, Due, OneOf, counts_hours


def due_day(plan: Plan, case: Case, item: str, calendars: Calendars) -> date | None:
    """The due day of an item; None while what it counts from is not known, or its clock stands still."""
    name, key = ItemId.parse(item)
    if name in plan.standstills_of and stands_still(plan, case, item) is not None:
        return None
    state = case.items.get(item)
    if state is not None and state.fixed:
        return _own_day(plan, case, item, state, calendars)
    if name in plan.limits:
        return limit_day(plan, as_joined(case, key), name, calendars)
    step, case = plan.steps[name], as_after_round(plan, case, item)
    if step.asks is not None:
        return day_to_answer(plan, case, name, state.opened if state is not None else None, calendars)
    if state is not None and state.turn and step.repeats is not None:
        return round_day(plan, case, item, state, calendars)
    return rule_day(plan, case, step.wait or step.due, name, key, calendars, landing=step.on_a_working_day)


def _own_day(plan: Plan, case: Case, item: str, state: Item, calendars: Calendars) -> date | None:
    """The day that an item was given, or an earlier one that was not known then and that its rule names too."""
    (name, key), rule = ItemId.parse(item), plan.rule(step_of(item))
    if state.own_day is None or state.stood is not None or rule is None:
        return state.due
    landing = plan.steps[name].on_a_working_day if name in plan.steps else Landing.AS_IT_FALLS
    days = (
        rule_day(plan, case, part, name, key, calendars, landing=landing)
        for part in rule.parts
        if str(part) in state.unknown
    )
    return min([state.own_day, *(day for day in days if day is not None)])


def day_to_answer(plan: Plan, case: Case, step: str, asked: date | None, calendars: Calendars) -> date | None:
    """The day by which one who was asked in order, on the day `asked`, is to answer; None while nobody is asked."""
    asks = plan.steps[step].asks
    if asks is None or asked is None:
        return None
    return due_on(asked, asks.within, days_of(plan, case, step, calendars), landing=plan.steps[step].on_a_working_day)


def round_day(plan: Plan, case: Case, item: str, state: Item, calendars: Calendars) -> date | None:
    """The due day of a round after the first: in its rhythm, or counted from when the one before was done."""
    rhythm = plan.steps[step_of(item)].repeats
    if rhythm is None or not rhythm.after_done:
        return turn_day(plan, case, item, turn_of(plan, case, item, state, calendars), calendars)
    since = state.of_round or state.done or state.opened
    return day_after(plan, case, item, since, calendars) if since is not None else state.due


def turn_of(plan: Plan, case: Case, item: str, state: Item, calendars: Calendars) -> int:
    """How many rhythms after the first day the last round opened is due.

    Of one that counted from when the one before was done, and is in a rhythm since its case has another version: the
    first in the rhythm after that day, however many rounds there were before.
    """
    if state.of_round is None or counts_from_done(plan, item) or not rhythms_go_on_from_the_last_round(case):
        return state.turn
    if plan.steps[step_of(item)].repeats is None:  # what follows each round has no rhythm of its own
        return state.turn
    days = ((turn, turn_day(plan, case, item, turn, calendars)) for turn in count(1))
    return next(turn for turn, day in days if day is None or day > state.of_round)


def turn_day(plan: Plan, case: Case, item: str, turn: int, calendars: Calendars) -> date | None:
    """The due day of a round: `turn` rhythms after the day of the rule, so that 31 January leads to 31 March.

    A day that is named in its month, such as the second Tuesday, is that of the month to which the rhythm leads.
    """
    name, key = ItemId.parse(item)
    step, calendar = plan.steps[name], days_of(plan, case, item, calendars)
    first = rule_day(plan, case, step.due, name, key, calendars)
    if first is None or step.repeats is None:
        return first
    day, rhythm = day_before(step.repeats, first, turn, calendar)
    if isinstance(step.due, Due) and isinstance(step.due.span, NamedDay) and step.due.span.month is not None:
        in_its_month = replace(step.due.span, month=Month.SAME)
        return due_on(shift(day, rhythm, calendar), in_its_month, calendar, landing=step.on_a_working_day)
    return due_on(day, rhythm, calendar, landing=step.on_a_working_day)


def rule_day(
    plan: Plan,
    case: Case,
    rule: DayRule | None,
    name: str,
    key: str,
    calendars: Calendars,
    *,
    landing: Landing = Landing.AS_IT_FALLS,
) -> date | None:
    """The day that a due rule of the step or limit `name` gives for the owner `key`; None while it is not known.

    Counted in the calendar of `name` and moved onto a working day as `landing` says. The earlier of several days is
    that of those that are known; the later waits for all that may still come.
    """
    if isinstance(rule, OneOf):
        return _one_of(plan, case, rule, name, key, calendars, landing=landing)
    if rule is None:
        return None
    if counts_hours(rule):
        moment = moment_of(plan, case, rule, name, key, calendars)
        return moment.date() if moment is not None else None
    day, span = anchored(plan, case, rule.anchor, name, key, calendars), length_of(plan, case, rule, name, key)
    if day is None or (span is None and rule.span is not None):
        return None
    day, calendar = counted_with_linked(plan, case, name, rule, day), days_of(plan, case, name, calendars)
    if name in plan.standstills_of and (own := plan.rule(name)) is not None and rule in own.parts:
        item = item_id(name, key) if name in plan.steps else name
        return _of_clock(plan, case, span, item, day, calendar, landing=landing)
    return due_on(day, span, calendar, before=rule.before, landing=landing)


def length_of(plan: Plan, case: Case, rule: Due, name: str, key: str) -> Span | NamedDay | None:
    """How a rule of the step or limit `name` counts for the owner `key`: as written, or as an answer says.

    None where it names the day itself, or while nobody has answered.
    """
    if not isinstance(rule.span, AsMany):
        return rule.span
    if rule.span.step == EACH:
        return _length_in_line(plan.line(name, case, key) if name in plan.steps else {}, rule.span)
    return answered_length(plan, case, rule.span, key if plan.pairs(name, rule.span.step) else "")


def _length_in_line(line: Row, length: AsMany) -> Span | None:
    """The length that the line says, a part of one counted as a whole; None where its cell is empty."""
    number = line.get(length.field)
    return Span(ceil(float(str(number))), length.unit) if number not in {None, ""} else None


def answered_length(plan: Plan, case: Case, length: AsMany, key: str) -> Span | None:
    """The length that an answer gives the owner `key`, a part of one counted as a whole; None while none is given.

    Of several answers the longest counts.
    """
    items = items_counted(plan, case, Anchor(length.step), key)
    states = [case.items[item] for item in items if is_finished(case, item)]
    numbers = [state.answers[length.field] for state in states if length.field in state.answers]
    if len(states) < len(items) or not numbers:
        return None
    return Span(max(ceil(float(str(number))) for number in numbers), length.unit)


def _of_clock(
    plan: Plan,
    case: Case,
    span: Span | NamedDay | None,
    item: str,
    day: date,
    calendar: Calendar,
    *,
    landing: Landing,
) -> date:
    """The day of a clock that may have stood still, which `calendar` knows as days that are not worked."""
    start = begun_again(plan, case, item, day)
    if span is None or span.unit is Unit.WORKING_DAYS:
        return due_on(start, span, calendar, landing=landing)
    end = moved_on(plan, case, item, start, due_on(start, span, calendar))
    return due_on(end, None, calendar, landing=landing)


def _one_of(
    plan: Plan, case: Case, rule: OneOf, name: str, key: str, calendars: Calendars, *, landing: Landing
) -> date | None:
    days = {part: rule_day(plan, case, part, name, key, calendars, landing=landing) for part in rule.parts}
    known = [day for day in days.values() if day is not None]
    if not rule.later:
        return min(known, default=None)
    coming = any(day is None and may_still_come(plan, case, part, key) for part, day in days.items())
    return None if coming else max(known, default=None)


def earliest_day(plan: Plan, case: Case, item: str, calendars: Calendars) -> date | None:
    """The first day on which a step may be done; None when nothing holds it back, or that is not known yet.

    Of the later of several days each that is known holds, also while another is not known.
    """
    name, key = ItemId.parse(item)
    rule = plan.steps[name].not_before
    if rule is None:
        return None
    each = rule.parts if isinstance(rule, OneOf) and rule.later else (rule,)
    days = [rule_day(plan, case, part, name, key, calendars) for part in each]
    return max((day for day in days if day is not None), default=None)


def may_still_come(plan: Plan, case: Case, rule: Due, key: str) -> bool:
    """Whether a day that is not known yet may be: not that of a step which ended without one, or of an empty cell."""
    if isinstance(rule.span, AsMany) and rule.span.step != EACH and _has_ended(plan, case, Anchor(rule.span.step), key):
        return answered_length(plan, case, rule.span, key) is not None
    if rule.anchor.name not in plan.steps:
        return rule.anchor.name != EACH
    return not _has_ended(plan, case, rule.anchor, key) or _step_day(plan, case, rule.anchor, key) is not None


def _has_ended(plan: Plan, case: Case, anchor: Anchor, key: str) -> bool:
    return all(is_finished(case, item) for item in items_counted(plan, case, anchor, key))


def anchored(plan: Plan, case: Case, anchor: Anchor, name: str, key: str, calendars: Calendars) -> date | None:
    """The day that a rule of the step or limit `name` counts from, for the owner `key`; None while it is not known."""
    paired = key if anchor.name == EACH or plan.pairs(name, anchor.name) else ""
    return counted_from(plan, case, anchor, item_id(name, paired), calendars)


def counted_from(plan: Plan, case: Case, anchor: Anchor, item: str, calendars: Calendars) -> date | None:
    """The day that an anchor names for an item; `each.due` is the day in its own line of a table."""
    if anchor.name != EACH:
        return anchor_day(plan, case, anchor, key_of(item), calendars)
    day = plan.line(step_of(item), case, key_of(item)).get(anchor.field or "")
    return date.fromisoformat(str(day)) if day else None


def limit_day(plan: Plan, case: Case, name: str, calendars: Calendars) -> date | None:
    """The last day of a time limit; None while it is not known.

    A national limit keeps its legal date on a Sunday or bank holiday too: the guidance gives no later day. Such are
    notification (5 working days), the rapid review (15 working days from the notification) and publication (six months
    from the decision; the copy to the Panel 7 working days before); the numbers are data in `definitions/guidance`.
    """
    limit = plan.limits[name]
    if limit.national is None:
        return rule_day(plan, case, limit.due, name, "", calendars, landing=limit.on_a_working_day)
    return rule_day(plan, case, plan.rule(name), name, "", calendars)


def anchor_day(plan: Plan, case: Case, anchor: Anchor, key: str, calendars: Calendars) -> date | None:
    """The day of a named date, a limit, a finished step, or an answer in a step's form; None when not known."""
    if anchor.day is not None:
        return anchor.day
    if anchor.name == OPENED:
        return case.opened
    if anchor.name == THE_ENDING:
        return case.closing_since
    if anchor.name in case.dates or anchor.name in plan.dates:
        return date_day(plan, case, anchor.name, calendars)
    if anchor.name in plan.limits:
        return due_day(plan, case, anchor.name, calendars)
    return _step_day(plan, case, anchor, key)


def date_day(plan: Plan, case: Case, name: str, calendars: Calendars) -> date | None:
    """The day of a date of the case: as it was given or set, else as it is planned; None when not known."""
    if name in case.dates:
        return case.dates[name]
    planned = plan.dates[name]
    return rule_day(plan, case, planned.planned, name, "", calendars, landing=planned.on_a_working_day)


def _step_day(plan: Plan, case: Case, anchor: Anchor, key: str) -> date | None:
    states = [case.items.get(item) for item in items_counted(plan, case, anchor, key)]
    if not all(state is not None and state.status in FINISHED for state in states):
        return None
    done = [state for state in states if state is not None and state.status in {*WAS_DONE, Status.SKIPPED}]
    if anchor.field is None or _asks_for_a_time(plan, anchor.name, anchor.field):
        return max((state.done for state in done if state.done), default=None)
    days = [str(state.answers[anchor.field]) for state in done if anchor.field in state.answers]
    return max((date.fromisoformat(day) for day in days), default=None)


def _asks_for_a_time(plan: Plan, step: str, field: str) -> bool:
    question = plan.form(step).get(field)
    return question is not None and question.type is FieldType.TIME


def working_target(plan: Plan, case: Case, item: str, due: date, calendars: Calendars) -> date:
    """The day to work towards: the due day, or the working day before it when that is none. Reminders count from it."""
    return days_of(plan, case, item, calendars).on_or_before(due)
