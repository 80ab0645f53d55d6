"""Optional steps: owed once somebody opens them, as often as somebody does; nothing waits for them until then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reviewflow.calendar import Calendars, due_on
from reviewflow.case.apply import apply
from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import step_is_needed
from reviewflow.case.rules.edition import (
    limits_run_again_with_their_step,
    limits_that_run_again_bind,
    sent_back_work_has_a_new_day,
    what_follows_comes_again,
    what_is_due_on_the_opening_is_due_when_begun,
)
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.case.rules.owed import still_to_do, unfinished_before
from reviewflow.case.rules.rounds.sendback import ended_limits
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.days_anew import days_anew, ends_again, met_limits, stay_met
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.language.model import OPENED
from reviewflow.language.phrases import Due
from reviewflow.language.suggestions import suggestion
from reviewflow.text import day_words, listing, times_words


def open_step(draft: Draft, command: c.OpenStep) -> None:
    """Open an item, or all items of a step that are not open; raises Refused."""
    plan = draft.plan
    case, reason = draft.case, read_reason(command.reason)
    wrong = list(_problems(plan, case, command.item, draft.calendars))
    if command.due is not None and command.due < draft.today:
        wrong.append(f"{day_words(command.due)} is over. Give a day on which it can still be done.")
    if wrong:
        raise Refused(wrong, f"Optional here: {listing(_optional(plan), none='nothing')}.")
    items = tuple(
        item for item in _named_items(plan, case, command.item) if _can_open(plan, case, item, draft.calendars)
    )
    follow = tuple(_what_follows(plan, case, items)) if what_follows_comes_again(case) else ()
    owed = (*items, *follow)
    again = {step_of(item) for item in owed if limits_run_again_with_their_step(case) and _was_done(case, item)}
    limits = tuple(ended_limits(plan, case, again))
    after = apply(case, e.StepOpened(items, reason, limits=limits, follow=follow))
    ends = ends_again(plan, after, met_limits(plan, case, limits), draft.calendars)
    stay = stay_met(case, ends, draft.now)
    limits = tuple(limit for limit in limits if limit not in stay)
    ends = {limit: day for limit, day in ends.items() if limit not in stay}
    given = dict.fromkeys(items, command.due) if command.due else {}
    due = {**_days(draft, owed, ends), **given}
    begun = {item: _times_begun(case, item) + 1 for item in items if plan.steps[step_of(item)].begun_at_most}
    waits = dict(_waiting(plan, case, items)) if what_follows_comes_again(case) else {}
    draft.emit(e.StepOpened(items, reason, due, limits, ends, follow, stay=stay, begun=begun, waits=waits))


def _times_begun(case: Case, item: str) -> int:
    """How often somebody began an item; at least once what was begun before the process said how often it may be."""
    state = case.items.get(item)
    return 0 if state is None else max(state.begun, int(state.opened_by_hand))


def _was_begun_so_often(plan: Plan, case: Case, item: str) -> bool:
    most = plan.steps[step_of(item)].begun_at_most
    return most is not None and _times_begun(case, item) >= most


def _waiting(plan: Plan, case: Case, items: tuple[str, ...]) -> Iterator[tuple[str, date]]:
    """What is still owed after the time before, by the day on which it is due: it waits for this time now."""
    again = {item for item in items if _was_done(case, item)}
    for item, state in case.items.items():
        if state.due is None or state.status is not Status.OPEN or step_of(item) not in plan.steps:
            continue
        if again.intersection(plan.waits_for(item, case)):
            yield item, state.due


def _what_follows(plan: Plan, case: Case, items: tuple[str, ...]) -> Iterator[str]:
    """What is finished and hangs on steps that were done before and are opened once more, and on nothing else.

    What comes after rounds has its own rounds, and another optional step waits until somebody opens it.
    """
    led_to = {step_of(item) for item in items if _was_done(case, item)}
    for name in plan.order:
        step = plan.steps[name]
        if step.after and led_to.issuperset(step.after) and not step.optional and step.after_round is None:
            led_to.add(name)
            yield from (item for item in plan.items(name, case) if item in case.items and is_finished(case, item))


def _days(draft: Draft, items: tuple[str, ...], ends: Mapping[str, date]) -> Mapping[str, date]:
    """The day of those that were done before, or whose day has passed: by their rule, counted from today.

    `ends` are the last days of the time limits that run again with them.
    """
    if not sent_back_work_has_a_new_day(draft.case):
        return {}
    late = [item for item in items if _was_done(draft.case, item) or _day_has_passed(draft, item)]
    bind = ends if limits_that_run_again_bind(draft.case) else {}
    days = days_anew(draft.plan, draft.case, late, draft.now, draft.calendars, ends=bind)
    return {item: _when_begun(draft, item) if _is_due_when_begun(draft, item) else day for item, day in days.items()}


def _when_begun(draft: Draft, item: str) -> date:
    landing = draft.plan.steps[step_of(item)].on_a_working_day
    day = due_on(draft.today, None, days_of(draft.plan, draft.case, item, draft.calendars), landing=landing)
    return max(day, draft.today)


def _is_due_when_begun(draft: Draft, item: str) -> bool:
    """Whether it is due on the opening: as it begins only later, that is the day on which it is begun."""
    step = draft.plan.steps[step_of(item)]
    if (
        not step.optional
        or not isinstance(step.due, Due)
        or not what_is_due_on_the_opening_is_due_when_begun(draft.case)
    ):
        return False
    return step.due.span is None and step.due.anchor.name == OPENED


def _was_done(case: Case, item: str) -> bool:
    return item in case.items and case.items[item].done is not None


def _day_has_passed(draft: Draft, item: str) -> bool:
    due = due_day(draft.plan, draft.case, item, draft.calendars)
    return due is not None and due < draft.today


def open_when_sent_back(draft: Draft, items: tuple[str, ...], because: str) -> None:
    """Open those of these items that are optional, because an answer sent work back to them."""
    optional = tuple(item for item in items if draft.plan.steps[step_of(item)].optional)
    if optional:
        draft.emit(e.StepOpened(optional, because))


def _optional(plan: Plan) -> list[str]:
    return [name for name in plan.order if plan.steps[name].optional]


def can_be_opened(plan: Plan, case: Case, step: str, *, calendars: Calendars) -> bool:
    """Whether somebody may open this step now, or open it once more."""
    return plan.steps[step].optional and any(_can_open(plan, case, item, calendars) for item in plan.items(step, case))


def _named_items(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    return plan.items(item, case) if item in plan.steps else (item,)


def _problems(plan: Plan, case: Case, item: str, calendars: Calendars) -> Iterator[str]:
    step, items = step_of(item), plan.all_items(case)
    if (
        step not in plan.steps
        or not _named_items(plan, case, item)
        or not set(_named_items(plan, case, item)) <= set(items)
    ):
        yield f'"{item}" is not a step of {case.reference}.{suggestion(item, [*plan.steps, *items])}'
    elif not plan.steps[step].optional:
        yield f'"{step}" is not optional: it opens by itself, when its turn has come.'
    elif not any(_can_open(plan, case, named, calendars) for named in _named_items(plan, case, item)):
        yield _why_not(plan, case, _named_items(plan, case, item)[0])


def _can_open(plan: Plan, case: Case, item: str, calendars: Calendars) -> bool:
    if plan.is_owed_by_nobody(item) or _is_opened(case, item) or unfinished_before(plan, case, item):
        return False
    return step_is_needed(plan, case, item, calendars=calendars) is True and not _was_begun_so_often(plan, case, item)


def _is_opened(case: Case, item: str) -> bool:
    state = case.items.get(item)
    return state is not None and state.opened_by_hand and not is_finished(case, item)


def _why_not(plan: Plan, case: Case, item: str) -> str:
    state = case.items.get(item)
    if state is not None and state.status is Status.OPEN:
        return f'"{item}" is open already.'
    if unfinished_before(plan, case, item):
        return f'"{item}" cannot be opened yet: {still_to_do(plan, case, item)}.'
    if plan.is_owed_by_nobody(item):
        return f'"{item}" cannot be opened: nobody is there who would do it, nor any entry for which it would be done.'
    if _was_begun_so_often(plan, case, item):
        return f'"{item}" may be opened {times_words(plan.steps[step_of(item)].begun_at_most or 0)}, and was.'
    return f'"{item}" may not be opened: the answers that it depends on were not given.'
