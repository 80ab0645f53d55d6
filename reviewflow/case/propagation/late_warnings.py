"""What becomes of time limits, said once each: its word turned, it is foreseen late, was breached, or is well again.

What happened is said at once: a limit that ran out, or that was met after people had been warned. What is foreseen is
looked at once a day. A word that turned stands in the history with its reason; people are warned of it, or told that it
is well again, only when it has stood for a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Item, Outlook, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import IN_DANGER, Forecast, Verdict, forecasts
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.model.processes import WhenLate

News = e.ForecastTurned | e.LateForeseen | e.BackOnCourse | e.LimitBreached


def is_breached(state: Item, today: date, clock: time | None = None) -> bool:
    """Whether a limit was met after its day, or ran out unmet; by the time of day where that counts and is known."""
    if state.due is None or state.status not in {Status.OPEN, Status.DONE}:
        return False
    if state.status is Status.DONE:
        return state.done is not None and is_over(state.due, state.by, state.done, state.at)
    return is_over(state.due, state.by, today, clock)


def tell_what_happened(draft: Draft) -> None:
    """Emit an event for each limit that was breached, or was met although people were warned; none said before."""
    for limit, rule, state in _watched(draft.plan, draft.case):
        for event in _happened(limit, rule, state, draft.today):
            draft.emit(_to_whoever_has_it(draft, event))


def look_ahead(draft: Draft) -> None:
    """Emit what happened, and for each running limit that its word turned or that people are to be told of it."""
    tell_what_happened(draft)
    for event in [*_foreseen(draft.plan, draft.case, draft.today, draft.calendars)]:
        draft.emit(_to_whoever_has_it(draft, event))


def _to_whoever_has_it(draft: Draft, event: News) -> News:
    """To whoever does in this case what the posts that are to be told do."""
    if not isinstance(event, e.LateForeseen | e.BackOnCourse):
        return event
    return replace(event, to=tuple(draft.plan.holder(post, draft.case) for post in event.to))


def _watched(plan: Plan, case: Case) -> Iterator[tuple[str, WhenLate, Item]]:
    """The limits that run or were met, of those of which people want to be warned."""
    for limit in plan.limit_items(case):
        rule, state = plan.limits[step_of(limit)].when_late, case.items.get(limit)
        if rule is not None and state is not None and state.due and state.status in {Status.OPEN, Status.DONE}:
            yield limit, rule, state


def _happened(limit: str, rule: WhenLate, state: Item, today: date) -> Iterator[News]:
    due = state.due or today
    if is_breached(state, today):
        if state.outlook is not Outlook.BREACHED:
            yield e.LimitBreached(limit, due, rule.make or "", state.by)
    elif state.outlook is Outlook.BREACHED or (state.outlook is Outlook.LATE and state.status is Status.DONE):
        yield _well_again(limit, rule, due, state.done, state.by)


def _foreseen(plan: Plan, case: Case, today: date, calendars: Calendars) -> Iterator[News]:
    running = {
        limit: (rule, state)
        for limit, rule, state in _watched(plan, case)
        if state.status is Status.OPEN and not is_breached(state, today)
    }
    if not running:
        return
    for foreseen in forecasts(plan, case, today, calendars, limits=running):
        rule, state = running[foreseen.limit]
        if foreseen.verdict != (state.foreseen or Verdict.ON_COURSE):
            yield _turned(foreseen, state, today)
        elif state.foreseen_since is None or state.foreseen_since < today:
            yield from _to_be_told(foreseen, rule, state)


def _to_be_told(foreseen: Forecast, rule: WhenLate, state: Item) -> Iterator[News]:
    in_danger = foreseen.verdict in IN_DANGER
    if in_danger and state.outlook is Outlook.WELL:
        yield e.LateForeseen(
            foreseen.limit,
            foreseen.due,
            foreseen.expected,
            tuple(link.item for link in foreseen.chain),
            foreseen.holds,
            foreseen.verdict is Verdict.HELD,
            rule.message,
            tuple(role_recipient(role) for role in rule.tell),
            rule.make or "",
            state.by,
            foreseen.ends,
        )
    elif not in_danger and foreseen.slack >= 0 and state.outlook is Outlook.LATE:
        yield replace(_well_again(foreseen.limit, rule, foreseen.due, foreseen.expected, state.by), ends=foreseen.ends)


def _turned(foreseen: Forecast, state: Item, today: date) -> e.ForecastTurned:
    held = foreseen.verdict is Verdict.HELD
    return e.ForecastTurned(
        foreseen.limit,
        state.foreseen or Verdict.ON_COURSE.value,
        foreseen.verdict.value,
        foreseen.due,
        today,
        None if held else foreseen.expected,
        () if held else tuple(link.item for link in foreseen.chain),
        foreseen.holds,
        state.by,
        foreseen.ends,
    )


def _well_again(limit: str, rule: WhenLate, due: date, expected: date | None, by: time | None) -> e.BackOnCourse:
    message = rule.well_again or ""
    to = tuple(role_recipient(role) for role in rule.tell) if message else ()
    return e.BackOnCourse(limit, due, expected, message, to, by)
