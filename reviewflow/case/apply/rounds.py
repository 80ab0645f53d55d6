"""Items that come again, after each of their rounds."""

from __future__ import annotations

from reviewflow.case.apply.items import finished
from reviewflow.case.model import events as e
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Item, Manner, Status


def in_rounds(case: Case, event: e.RoundEvent) -> dict[str, Item]:
    match event:
        case e.OwedAfterRound(item):
            return {item: _after_round(case.items.get(item), event)}
        case e.RoundOpened(item):
            return {item: _next_round(case.items[item], event)}
        case e.RoundsEnded(items):
            return {item: replace(case.items[item], status=Status.DONE) for item in items}
        case e.RoundsStopped(items, day):
            return {item: replace(case.items[item], status=Status.NO_MORE, stopped=day) for item in items}
        case e.RoundsDropped(items, day):
            return {item: replace(finished(case.items[item], Status.NOT_NEEDED), stopped=day) for item in items}


def _after_round(item: Item | None, event: e.OwedAfterRound) -> Item:
    """Open after a round of what it follows: its first, or the next one of its own."""
    if item is None or item.status not in FINISHED:
        begun = item or Item(Status.PENDING)
        due = begun.due if begun.fixed else event.due
        by = event.at or begun.by
        opened = replace(begun, status=Status.OPEN, due=due, by=by, opened=event.opened, turn=event.turn)
        return replace(opened, of_round=event.done, nth=event.nth, rungs=0)
    was_left_out = item.status is Status.SKIPPED and item.nth is not None
    return Item(
        Status.OPEN,
        round=item.round + 1,
        due=event.due,
        by=event.at,
        opened=event.opened,
        turn=event.turn,
        of_round=event.done,
        nth=event.nth,
        passed_over=(*item.passed_over, item.nth or 0) if was_left_out else item.passed_over,
        opened_by_hand=item.opened_by_hand,
        written=event.written.get(event.item, ()),
    )


def _next_round(item: Item, event: e.RoundOpened) -> Item:
    """The next round, open. It shows the day and answers of the last one until it is done, unless that was skipped."""
    done = item.status in WAS_DONE
    return Item(
        Status.OPEN,
        round=item.round + 1,
        due=event.due,
        by=event.at,
        opened=event.opened,
        done=item.done if done else None,
        answers=item.answers if done else {},
        manner=item.manner if done else Manner.ANSWERED,
        turn=event.turn,
        of_round=event.since,
        times=event.times,
        first_done=event.first or item.first_done,
        first_at=event.first_at or item.first_at,
        passed_over=(*item.passed_over, item.round) if event.skipped else item.passed_over,
        written=event.written.get(event.item, ()),
        opened_by_hand=item.opened_by_hand,
    )
