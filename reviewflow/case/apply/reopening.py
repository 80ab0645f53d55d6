"""Items that are owed again: sent back, reopened, opened by hand, owed by an agency that joined again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time

from reviewflow.case.apply.items import still_written_to, with_items, without_more_time
from reviewflow.case.apply.lines import kept_lines
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, key_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, CaseStatus, Item, Status


def owed_anew(item: Item, due: date | None, by: time | None = None) -> Item:
    """Owed anew, in its next round. A day that was granted stays, unless another is set; the original day is kept."""
    kept = (item.own_day or item.due) if item.original else None
    day = due or kept
    fixed = day is not None
    reopened = Item(
        Status.PENDING, round=item.round + 1, due=day, fixed=fixed, turn=item.turn, opened_by_hand=item.opened_by_hand
    )
    anew = replace(reopened, original=item.original, times=item.times, passed_over=item.passed_over, by=by)
    if due is None and kept is not None and item.own_day is not None:
        anew = replace(anew, own_day=day, held=item.held, unknown=item.unknown)
    if item.growing:
        anew = replace(anew, answers=kept_lines(item), growing=item.growing)
    anew = replace(anew, first_done=item.first_done, first_at=item.first_at, begun=item.begun)
    anew = replace(anew, given_to=item.given_to, extended=item.extended, grounds=item.grounds)
    return replace(anew, returned=item.returned, reopened=item.reopened)


def sent_back(case: Case, event: e.SentBack) -> Case:
    before = {item: case.items[item] for item in event.items}
    before |= {item: without_more_time(replace(before[item], due=None)) for item in event.by_rule}
    again = {item: owed_anew(state, event.due.get(item), event.by.get(item)) for item, state in before.items()}
    again |= {item: replace(again[item], returned=nth) for item, nth in event.returned.items()}
    again |= {item: replace(again[item], grounds=_once_more(again[item], on)) for item, on in event.grounds.items()}
    again |= {item: replace(again[item], reopened=nth) for item, nth in event.reopened.items()}
    again |= {
        item: replace(again[item], own_day=event.due[item], unknown=unknown) for item, unknown in event.unknown.items()
    }
    again |= {item: replace(again[item], follows=dates) for item, dates in event.follows.items()}
    again |= {item: replace(again[item], given_to="") for item in _from_the_first(case, event)}
    if event.ending_stands:
        return still_written_to(with_items(case, again), event.written)
    going_on = replace(
        case, status=CaseStatus.OPEN, ending="", ended=None, closing="", closing_reason="", closing_since=None
    )
    return still_written_to(with_items(going_on, again), event.written)


def _from_the_first(case: Case, event: e.SentBack) -> Iterator[str]:
    """The letters to contacts in order that are owed again not for the next of them: they begin at the first."""
    for item in event.items:
        if Recipient.parse(case.items[item].given_to).is_contact and event.because != item:
            yield item


def _once_more(item: Item, ground: str) -> Mapping[str, int]:
    return {**item.grounds, ground: item.grounds.get(ground, 0) + 1}


def step_opened(case: Case, event: e.StepOpened) -> Case:
    """The case with optional items that are owed now, and with what is owed again after them."""
    again = {item: owed_anew(case.items[item], event.due.get(item)) for item in (*event.limits, *event.follow)}
    by_hand = {item: _opened_by_hand(case.items.get(item), event.due.get(item)) for item in event.items}
    by_hand |= {item: replace(by_hand[item], begun=nth) for item, nth in event.begun.items()}
    return still_written_to(with_items(case, by_hand | again), event.written)


def _opened_by_hand(item: Item | None, due: date | None) -> Item:
    if item is None:
        return Item(Status.PENDING, due=due, fixed=due is not None, opened_by_hand=True)
    if item.done is not None:
        return replace(owed_anew(item, due), opened_by_hand=True)
    by = None if due is not None else item.by
    fixed = due is not None or item.fixed
    return replace(item, status=Status.PENDING, due=due or item.due, by=by, fixed=fixed, opened_by_hand=True)


def agency_joined(case: Case, event: e.AgencyJoined) -> Case:
    joined = replace(case, agencies=(*case.agencies, event.agency))
    return still_written_to(with_items(joined, dict(_owed_again(case, event.agency, event.due))), event.written)


def _owed_again(case: Case, agency: str, due: Mapping[str, date]) -> Iterator[tuple[str, Item]]:
    """What was withdrawn when an agency left is owed anew; what it comes too late for has a day of its own."""
    first = {item: day for item, day in due.items() if item not in case.items}
    yield from ((item, Item(Status.PENDING, due=day, fixed=True)) for item, day in first.items())
    for item, state in case.items.items():
        if state.status is Status.WITHDRAWN and key_of(item) == agency:
            yield item, owed_anew(state, due.get(item))
