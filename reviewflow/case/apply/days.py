"""Dates, due days and clocks after they were corrected, moved or stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from reviewflow.case.apply.items import resumed, with_items
from reviewflow.case.model import events as e
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Item, Status


def shifted(case: Case, event: e.DueDatesShifted) -> Iterator[tuple[str, Item]]:
    for item, to in event.items.items():
        state = case.items.get(item, Item(Status.PENDING))
        later = with_later_day(replace(state, due=event.first.get(item, state.due)), to, event.by.get(item))
        known = item in event.unknown
        yield item, replace(later, own_day=to, held=True, unknown=event.unknown[item]) if known else later


def by_rule_again(item: Item) -> Item:
    """Without the day that a hold's release gave; what had not begun has none until it begins."""
    first = item.due if item.status is Status.OPEN else None
    original = item.original if item.status is Status.OPEN else None
    return replace(item, due=first, original=original, fixed=False, held=False, own_day=None, unknown=())


def date_set(case: Case, event: e.DateSet) -> Case:
    """The date, and from now on by their rules what was sent back beside the step that set it."""
    following = {item: state for item, state in case.items.items() if event.name in state.follows}
    by_rule = {item: replace(state, fixed=False, follows=()) for item, state in following.items()}
    return replace(with_items(case, by_rule) if by_rule else case, dates={**case.dates, event.name: event.to})


def clocks(case: Case, event: e.ClockStopped | e.ClockWentOn) -> Iterator[tuple[str, Item]]:
    """Without a day while the clock stands still; when it goes on, with a new one, of which nobody was told yet."""
    for item, due in event.items.items():
        if isinstance(event, e.ClockStopped):
            yield item, replace(case.items[item], due=None, by=None, stood=due)
        else:
            own = due if case.items[item].own_day else None
            by = event.by.get(item, case.items[item].by)
            yield item, replace(case.items[item], due=due, by=by, stood=None, rungs=0, own_day=own)


def with_later_day(item: Item, to: date, by: time | None) -> Item:
    """With a day of its own that no rule moves; the original day is kept."""
    own = replace(item, own_day=None, held=False, unknown=(), follows=())
    return replace(own, due=to, by=by, fixed=True, original=item.original or item.due, rungs=0)


def extended(item: Item, event: e.Extended) -> Item:
    """With a later day that somebody granted, and why where letters print that."""
    later = with_later_day(resumed(item), event.to, event.at)
    told = replace(later, was_due=event.was) if event.told else later
    return replace(told, extended=event.nth or item.extended, reason=event.reason if event.printed else item.reason)


def corrected(case: Case, event: e.DateCorrected) -> Case:
    if event.name in case.dates:
        times = {**case.times, event.name: event.at} if event.at is not None else case.times
        return replace(case, dates={**case.dates, event.name: event.now}, times=times)
    state = case.items[event.name]
    answers = {**state.answers, event.field: event.now.isoformat()} if event.field in state.answers else state.answers
    return with_items(case, {event.name: replace(state, done=event.now, at=event.at, answers=answers)})
