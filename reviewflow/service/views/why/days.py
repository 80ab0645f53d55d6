"""Why it is due on that day: the rule, the day it counts from, and whose days are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reviewflow.calendar import Landing
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case, Item, Status, is_finished
from reviewflow.case.rules.links.in_linked import counted_with_linked
from reviewflow.case.rules.rounds.following_rounds import as_after_round
from reviewflow.case.rules.rounds.repeats import rounds_to_come
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.case.rules.timing.due_dates import anchored, due_day, earliest_day, length_of, may_still_come, rule_day
from reviewflow.case.rules.timing.hours import as_joined, clock_of
from reviewflow.case.rules.timing.standstills import standstills
from reviewflow.language.model import EACH
from reviewflow.language.phrases import AsMany, DayRule, Due, OneOf, Rhythm
from reviewflow.service.wording.calendars import whose_days_words
from reviewflow.service.wording.rounds import again_words, often_words
from reviewflow.service.wording.rules import Teller, one_of_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words, day_words, due_words


def day_reasons(context: CaseContext, item: str) -> Iterator[str]:
    """Its due day, the rule that it follows, and from which day that counts."""
    plan, case, name = context.plan, context.case, step_of(item)
    state, rule = case.items.get(item), plan.rule(name)
    due = state.due if state is not None and state.status is not Status.PENDING else None
    due = due or due_day(plan, case, item, context.calendars)
    if rule is None and due is None:
        yield "It has no due day."
        return
    if no_day := _no_day(context, item):
        yield no_day
    elif due is not None:
        step = plan.steps.get(step_of(item))
        is_due = "hoped for by" if step is not None and step.waits_for else "due on"
        was = "was" if is_finished(case, item) else "is"
        yield f"It {was} {is_due} {due_words(due, clock_of(plan, case, item, due, context.calendars))}."
    if state is not None and state.fixed and not no_day:
        yield _set_by_hand(state)
    if name in plan.steps and (asks := plan.steps[name].asks) is not None:
        yield f"Whoever is asked has {asks.within} to answer, counted from the day after."
    if rule is not None:
        yield from _rule(context, item, rule)
    yield from _stood_still(context, item)
    yield from _first_day(context, item)


def _no_day(context: CaseContext, item: str) -> str:
    """Why nobody owes it by any day, whatever its rule gives; '' where it has a day, or will have."""
    state, step = context.case.items.get(item), context.plan.steps.get(step_of(item))
    status = state.status if state is not None else Status.PENDING
    if status not in {Status.PENDING, Status.NOT_NEEDED}:
        return ""
    if step is not None and step.optional and not (state is not None and state.opened_by_hand):
        return "It has no due day, because nobody has opened it."
    return "It has no due day, because it is not needed." if status is Status.NOT_NEEDED else ""


def _stood_still(context: CaseContext, item: str) -> Iterator[str]:
    """The days that did not count and that no event tells of: those before it began."""
    state, plan = context.case.items.get(item), context.plan
    began = state.opened if state is not None and state.status is not Status.PENDING else None
    for still in standstills(plan, context.case, item):
        title = plan.stands_still[still.name].title
        if still.last is not None and (began is None or still.last <= began):
            yield f"Its clock stood still from {day_words(still.first)} to {day_words(still.last)}: {title}."
        elif still.last is None and began is None:
            yield f"Its clock stands still since {day_words(still.first)}: {title}. Its day moves on until that ends."


def _set_by_hand(state: Item) -> str:
    if state.held and state.original is not None:
        return f"A hold moved it; first it was due on {day_words(state.original)}."
    if state.original is not None:
        return f"It was moved by a grant or a hold; first it was due on {day_words(state.original)}."
    return "That day was set by hand, or counted from the day on which it was sent back; its rule no longer moves it."


def _rule(context: CaseContext, item: str, rule: DayRule) -> Iterator[str]:
    plan, name, key = context.plan, step_of(item), key_of(item)
    teller = Teller(plan.definition, context.partnership)
    case = as_joined(context.case, key) if plan.is_limit(item) else as_after_round(plan, context.case, item)
    if isinstance(rule, OneOf):
        yield f"The rule: {teller.rule(rule, name)}. {_source(context, name)}".rstrip()
        yield from _parts(context, case, item, rule)
    else:
        anchor = anchored(plan, case, rule.anchor, name, key, context.calendars)
        counted = f"that is {day_words(anchor)}" if anchor else "that has not happened yet"
        words = teller.rule(replace(rule, by=None), name)
        ends = f" It ends at {clock_words(rule.by)} on its day." if rule.by is not None else ""
        yield f"The rule: {words}; {counted}.{ends} {_source(context, name)}".rstrip()
        if anchor and (ready := counted_with_linked(plan, case, name, rule, anchor)) > anchor:
            yield f"It counts from {day_words(ready)}, when the last of the cases linked with this one was ready."
        yield from _answered(context, case, item, rule)
    if name in plan.steps and (repeats := plan.steps[name].repeats) is not None:
        yield from _again(context, item, repeats, teller.title(repeats.until))
    if "working" in str(rule):
        whose = whose_days_words(counted_in(plan, case, name))
        first = "" if "of the month" in str(rule) or "hours" in str(rule) else " The first day is not counted."
        yield f"Working days are those of {whose}.{first}"
    landing = plan.steps[name].on_a_working_day if name in plan.steps else plan.limits[name].on_a_working_day
    if landing is not Landing.AS_IT_FALLS:
        yield f"When that is no working day, the {landing} one counts."


def _again(context: CaseContext, item: str, rhythm: Rhythm, until: str) -> Iterator[str]:
    """From which day the rounds after the first count."""
    often = f"{again_words(rhythm)} after that" if not rhythm.after_done else again_words(rhythm)
    yield f"That is the day of the first round; it comes again {often}, until {until} is done{often_words(rhythm)}."
    state = context.case.items.get(item)
    if rhythm.after_done and state is not None and state.status is Status.OPEN and state.of_round and not state.fixed:
        yield f"The day of this round counts from {day_words(state.of_round)}."


def _parts(context: CaseContext, case: Case, item: str, rule: OneOf) -> Iterator[str]:
    """The day of each of several rules, and which of them counts as things stand."""
    plan, name, key = context.plan, step_of(item), key_of(item)
    teller = Teller(plan.definition, context.partnership)
    for part in rule.parts:
        day = rule_day(plan, case, part, name, key, context.calendars)
        ended = not may_still_come(plan, case, part, key)
        unknown = "that will not come, so it does not count" if ended else "not known yet"
        words = teller.rule(part, name)
        yield f"{words[:1].upper()}{words[1:]}: {day_words(day) if day else unknown}."
        yield from _answered(context, case, item, part)
    yield one_of_words(rule)


def _answered(context: CaseContext, case: Case, item: str, rule: Due) -> Iterator[str]:
    """How long an answer says it is, where one does."""
    if isinstance(rule.span, AsMany):
        length = length_of(context.plan, case, rule, step_of(item), key_of(item))
        says = "line" if rule.span.step == EACH else "answer"
        yield f"The {says} says {length}." if length else "How long that is has not been answered yet."


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
    teller = Teller(context.plan.definition, context.partnership)
    if rounds_to_come(context.plan, context.case, item):
        yield from teller.rounds_first(step_of(item))
    if step is None or step.not_before is None:
        return
    first = earliest_day(context.plan, context.case, item, context.calendars)
    when = f", {day_words(first)}" if first else ", and that has not happened yet"
    yield f"It may not be done before {teller.rule(step.not_before)}{when}."
