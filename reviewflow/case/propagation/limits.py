"""Time limits: started when the day that they count from is known, met when their step is done."""

from __future__ import annotations

from collections.abc import Iterable

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import FINISHED, WAS_DONE, Item, Status, is_open
from reviewflow.case.plan.limits import has_an_earlier_round
from reviewflow.case.rules.routing import Routing, decide_limit
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clocks


def follow_limit(draft: Draft, name: str) -> None:
    """Start a limit, end it, or drop it as not needed, as the case now stands."""
    plan = draft.plan
    state = draft.case.items.get(name)
    watched = plan.as_they_meet(name, draft.case, plan.watched(name, draft.case))
    finished = all(item is not None and item.status in FINISHED for item in watched)
    needed_again = state is not None and state.status is Status.NOT_NEEDED and not finished
    if state is not None and state.status in FINISHED and not needed_again:
        _met_earlier(draft, name, state, [item for item in watched if item is not None])
        return
    runs = state is not None and state.status is Status.OPEN
    routing = decide_limit(plan, draft.case, name, calendars=draft.calendars)
    if routing is Routing.NOT_NEEDED and not needed_again:
        draft.emit(e.NotNeeded((name,)))
    if routing is Routing.NOT_NEEDED or (routing is Routing.WAIT and not runs):
        return
    if not runs and not _start(draft, name, watched, finished=finished):
        return
    if finished:
        _end_limit(draft, name, [item for item in watched if item is not None])


def _start(draft: Draft, name: str, watched: Iterable[Item | None], *, finished: bool) -> bool:
    """Start a limit whose last day is known; one that nothing will meet is not needed. Returns whether it runs."""
    plan = draft.plan
    unknown = finished and bool(plan.limits[step_of(name)].by_first_round) and not _says_when(watched)
    due = None if unknown else due_day(plan, draft.case, name, draft.calendars)
    if due is None and finished:
        draft.emit(e.NotNeeded((name,)))
    if due is None:
        return False
    draft.emit(e.ItemsOpened({name: due}, draft.today, clocks(plan, draft.case, {name: due}, draft.calendars)))
    return True


def stop_clocks(draft: Draft) -> None:
    """End the running limits whose step has been done; none is started."""
    for limit in draft.plan.limits:
        if is_open(draft.case, limit):
            follow_limit(draft, limit)


def correct_met_limits(draft: Draft, item: str) -> None:
    """After the day of an item was corrected: the limits that it met were met on the corrected day."""
    plan = draft.plan
    for name in plan.limit_items(draft.case):
        limit = plan.limits[step_of(name)]
        state = draft.case.items.get(name)
        later = step_of(item) in limit.by_first_round and has_an_earlier_round(draft.case.items[item])
        if step_of(item) in limit.steps and not later and state is not None and state.status is Status.DONE:
            watched = plan.as_they_meet(name, draft.case, plan.watched(name, draft.case))
            _end_limit(draft, name, [each for each in watched if each is not None])


def _says_when(watched: Iterable[Item | None]) -> bool:
    """Whether a day is known on which it was met, or something that would have met it was left out."""
    return any(item is not None and (item.done is not None or _was_left_out(item)) for item in watched)


def _was_left_out(item: Item) -> bool:
    """Whether it was skipped, or each round of it that there was."""
    return item.status is Status.SKIPPED or bool(item.passed_over)


def _met_earlier(draft: Draft, name: str, state: Item, watched: list[Item]) -> None:
    """Of several steps that meet it, another may have been done first, and be recorded only now."""
    days = [item.done for item in watched if item.status in WAS_DONE and item.done]
    several = len(draft.plan.limits[step_of(name)].steps) > 1
    if several and state.status is Status.DONE and state.done and days and max(days) < state.done:
        _end_limit(draft, name, watched)


def _end_limit(draft: Draft, name: str, watched: list[Item]) -> None:
    done = [(item.done, item.at) for item in watched if item.status in WAS_DONE and item.done]
    if done:
        last = max(day for day, _ in done)
        at = [clock for day, clock in done if day == last]
        draft.emit(e.LimitMet(name, last, None if None in at else max(filter(None, at), default=None)))
    elif any(_was_left_out(item) for item in watched):
        draft.emit(e.Skipped(name, "the step that would have met it was skipped", draft.today))
    else:
        draft.emit(e.NotNeeded((name,)))
