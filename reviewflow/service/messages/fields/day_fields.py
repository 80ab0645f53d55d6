"""The days that a message tells of: how far away, overdue already, or not known yet."""

from __future__ import annotations

from datetime import date

from reviewflow.calendar import NamedDay, Span, due_on
from reviewflow.case.model.ids import ItemId, item_id, key_of, step_of
from reviewflow.case.model.state import Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import how_far
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.case.rules.timing.hours import has_passed, hours_words, told_by_days
from reviewflow.language.phrases import Due, OneOf, by_words
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, due_words

OVERDUE = "overdue"
"""The word by which a message says that what it asks for should have been done."""

PASSED = "had passed before this letter went"
"""The words by which the first request for something says the same."""
SAY_WHEN = "Please say by when you can answer."


def overdue_words(context: CaseContext, item: str, told: str) -> str:
    """Of a request for work that is owed already and whose day has passed: by how much. '' for any other message.

    The first request came late, and not the work: nobody is told to be overdue with what they never heard of.

    `told` is the item of which the message tells this already.
    """
    step = context.plan.steps.get(step_of(item))
    if step is None or step.send is None:
        return ""
    for asked in asked_by(context.plan, item):
        state = context.case.items.get(asked)
        if asked == told or state is None or state.status is not Status.OPEN or state.due is None:
            continue
        if has_passed(state, context.now) and not context.plan.steps[step_of(asked)].waits_for:
            day, far = due_words(state.due, state.by), how_long(context, asked, state.due)
            if state.sent:
                return f"It was due on {day}: it is {far}."
            return f"Its day, {day}, {PASSED}: that was {_ago(far)}. {SAY_WHEN}"
    return ""


def tells_that_it_passed(text: str) -> bool:
    """Whether a message says already that the day of what it asks for is over."""
    return OVERDUE in text or PASSED in text


def first_told_late(context: CaseContext, item: str, due: date) -> str:
    """How far back a day lies, for whoever reads of it for the first time and is not late: nobody had told them."""
    return f"{_ago(how_long(context, item, due))}; this is the first letter about it"


def _ago(far: str) -> str:
    """'15 school days ago' of '15 school days overdue'; of less than an hour 'less than an hour ago'."""
    since = far.removeprefix(f"{OVERDUE} since ")
    return f"{since.removesuffix(f' {OVERDUE}')} ago"


def asked_by(plan: Plan, item: str) -> list[str]:
    """What an automatic message asks for: what it is about, or what follows it for the same owner."""
    followers = plan.asked_in.get(step_of(item), ())
    steps = (name for name in followers if plan.steps[name].for_each is not None or not key_of(item))
    return [item_id(name, key_of(item)) if plan.steps[name].for_each is not None else name for name in steps]


def asked_of(plan: Plan, item: str) -> list[str]:
    """What the message of an automatic step asks for; nothing for any other item."""
    step = plan.steps.get(step_of(item))
    return [] if step is None or step.send is None else asked_by(plan, item)


def how_long(context: CaseContext, item: str, due: date) -> str:
    """How far away it is, counted as the item is: '2 working days left', '15 school days left', '5 hours left'."""
    state, hours = context.case.items.get(item), ""
    if state is not None and state.by is not None:
        hours = hours_words(state, context.now, by_days=told_by_days(context.plan, item))
    calendar = days_of(context.plan, context.case, item, context.calendars)
    return hours or how_far(context.plan, item, due, context.today, calendar)


def day_to_come(context: CaseContext, item: str, about: str) -> str:
    """A day that is not known yet, by its rule: 'the day 21 days after this letter'. Who reads it knows only that.

    Of the later of several days, one that is known already is the earliest that it can be.
    """
    rule = context.plan.rule(step_of(about))
    earliest = _earliest(context, about, rule) if isinstance(rule, OneOf) and rule.later else None
    if earliest is not None:
        return f"{day_words(earliest)} at the earliest"
    if isinstance(rule, Due) and isinstance(rule.span, Span | NamedDay) and rule.anchor.name == step_of(item):
        step = context.plan.steps[step_of(item)]
        message = "this letter" if contact_written_to(step) else "this message"
        day = "" if isinstance(rule.span, NamedDay) else "the day "
        return f"{day}{rule.counted_from(message)}{by_words(rule)}"
    if rule is None:
        return "a day still to be set"
    return f"a day that is not known yet ({Teller(context.plan.definition, context.partnership).rule(rule)})"


def _earliest(context: CaseContext, about: str, rule: OneOf) -> date | None:
    """The latest of the days that are known; once it has passed, no earlier than if all else were done today."""
    plan, (name, key), calendars = context.plan, ItemId.parse(about), context.calendars
    days = {part: rule_day(plan, context.case, part, name, key, calendars) for part in rule.parts}
    known = max((day for day in days.values() if day is not None), default=None)
    if known is None or known >= context.today:
        return known
    calendar = days_of(plan, context.case, about, calendars)
    soonest = (
        due_on(context.today, part.span, calendar)
        for part, day in days.items()
        if day is None and isinstance(part.span, Span) and not part.before
    )
    return max(soonest, default=None)
