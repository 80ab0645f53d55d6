"""Why it is due on that day: the rule, the day it counts from, and whose days are counted."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.calendar import Landing
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.case.rules.timing.due_dates import counted_from, due_day, rule_day
from reviewflow.case.rules.timing.hours import as_joined
from reviewflow.language.model import EACH
from reviewflow.language.phrases import Due
from reviewflow.service.wording.calendars import whose_days_words
from reviewflow.service.wording.rules import Teller
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, due_words


def day_reasons(context: CaseContext, item: str) -> Iterator[str]:
    """Its due day, the rule that it follows, and from which day that counts."""
    plan, case, name = context.plan, context.case, step_of(item)
    state, rule = case.items.get(item), plan.rule(name)
    due = state.due if state is not None and state.status is not Status.PENDING else None
    due = due or due_day(plan, case, item, context.calendars)
    if rule is None and due is None:
        yield "It has no due day."
        return
    if due is not None:
        yield f"It is due on {due_words(due, state.by if state else None)}."
    if state is not None and state.fixed:
        yield _set_by_hand(state)
    if name in plan.steps and (asks := plan.steps[name].asks) is not None:
        yield f"Whoever is asked has {asks.within} to answer, counted from the day after."
    if rule is not None:
        yield from _rule(context, item, rule)
    yield from _first_day(context, item)


def _set_by_hand(state: Item) -> str:
    if state.original is not None:
        return f"It was moved by a grant or a hold; first it was due on {day_words(state.original)}."
    return "That day was set by hand, or counted from the day on which it was sent back; its rule no longer moves it."


def _rule(context: CaseContext, item: str, rule: Due) -> Iterator[str]:
    plan, name, key = context.plan, step_of(item), key_of(item)
    teller = Teller(plan.definition, context.partnership)
    case = as_joined(context.case, key) if plan.is_limit(item) else context.case
    paired = key if rule.anchor.name == EACH or plan.pairs(name, rule.anchor.name) else ""
    anchor = counted_from(plan, case, rule.anchor, item_id(name, paired), context.calendars)
    counted = f"that is {day_words(anchor)}" if anchor else "that has not happened yet"
    yield f"The rule: {teller.rule(rule)}; {counted}. {_source(context, name)}".rstrip()
    if rule.span is not None and "working" in str(rule.span):
        whose = whose_days_words(counted_in(plan, case, name))
        yield f"Working days are those of {whose}. The first day is not counted."
    landing = plan.steps[name].on_a_working_day if name in plan.steps else plan.limits[name].on_a_working_day
    if landing is not Landing.AS_IT_FALLS:
        yield f"When that is no working day, the {landing} one counts."


def _source(context: CaseContext, name: str) -> str:
    """Where the number comes from."""
    limit = context.plan.limits.get(name)
    if limit is None:
        source = context.plan.steps[name].source
        return f"It is taken from: {source.rstrip('.')}." if source else ""
    if limit.national is None:
        return "This limit is local."
    stricter = f" The process is stricter than the national {context.plan.definition.national[limit.national].within}."
    national = f"National: {context.plan.definition.guidance_title}; nothing here extends it, and no hold stops it."
    return national + (stricter if limit.within else "")


def _first_day(context: CaseContext, item: str) -> Iterator[str]:
    step = context.plan.steps.get(step_of(item))
    if step is None or step.not_before is None:
        return
    teller = Teller(context.plan.definition, context.partnership)
    first = rule_day(context.plan, context.case, step.not_before, step_of(item), key_of(item), context.calendars)
    when = f", {day_words(first)}" if first else ", and that has not happened yet"
    yield f"It may not be done before {teller.rule(step.not_before)}{when}."
