"""One item after something was done with it, and a case with changed items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from reviewflow.case.model import events as e
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Answers, Case, Item, Manner, Status

NEW = Item(Status.PENDING)
"""Nothing has happened to it yet; to change a record takes half as long as to make one."""


def resumed(item: Item) -> Item:
    """Chased as before: nothing is left to decide, and no message is postponed."""
    return replace(item, to_decide="", asked_until=None, remind=None, snoozed_until=None)


def untold(item: Item) -> Item:
    """Owed by the same day by somebody who has heard nothing of it: chased from the beginning."""
    anew = replace(resumed(item), rungs=0, sent=0, chased=(), responses={}, asked=None)
    return replace(anew, told_late=None, told_after_noon=False, written=())


def with_items(case: Case, changed: dict[str, Item]) -> Case:
    return replace(case, items={**case.items, **changed})


def still_written_to(case: Case, written: Mapping[str, tuple[str, ...]]) -> Case:
    """The case with those who were written to about what is owed anew, and have not answered."""
    return with_items(case, {item: replace(case.items[item], written=to) for item, to in written.items()})


def opened_items(case: Case, event: e.ItemsOpened) -> dict[str, Item]:
    items = event.items.items()
    owed = {item: _opened_item(case.items.get(item), due, event.opened, event.by.get(item)) for item, due in items}
    return owed | {item: replace(owed[item], given_to=owner) for item, owner in event.owners.items()}


def with_owner(item: Item, event: e.OwnerMoved | e.AskedNext) -> Item:
    if isinstance(event, e.OwnerMoved):
        return replace(item, given_to=event.now)
    own_days = replace(without_more_time(item), due=event.due, opened=event.asked, given_to=event.now)
    return resumed(replace(own_days, rungs=0, sent=0, chased=(), responses={}, asked=None))


def without_more_time(item: Item) -> Item:
    """With no day that was granted, set or held for whoever was asked before."""
    return replace(item, fixed=False, original=None, own_day=None, held=False, unknown=(), follows=())


def _opened_item(item: Item | None, due: date | None, day: date, by: time | None) -> Item:
    if item is None:
        return replace(NEW, status=Status.OPEN, due=due, by=by, opened=day)
    rungs = item.rungs if (due, by) == (item.due, item.by) else 0
    return replace(item, status=Status.OPEN, due=due, by=by, opened=day, rungs=rungs)


def answered(item: Item, event: e.Completed | e.Dissented | e.AnsweredLate) -> Item:
    match event:
        case e.Completed(_, day, answers, at=at):
            return _completed(item, day, answers, at)
        case e.Dissented():
            return replace(item, manner=Manner.DISSENT)
        case e.AnsweredLate(_, day, dissent=dissent):
            return replace(item, late=day, late_dissent=dissent, written=())


def _completed(item: Item, day: date, answers: Answers, at: time | None) -> Item:
    done = replace(item, status=Status.DONE, done=day, at=at, answers=answers, manner=Manner.ANSWERED, counted_as="")
    return replace(done, late=None, late_dissent=False, was_with="", written=())


def silent(item: Item, event: e.AgreedBySilence | e.CountedBySilence) -> Item:
    done = replace(item, status=Status.DONE, done=event.done, manner=Manner.SILENCE, was_with="")
    match event:
        case e.AgreedBySilence():
            return done
        case e.CountedBySilence(counts_as=meaning, answers=answers):
            return replace(done, answers=answers, counted_as=meaning)


def finished(item: Item | None, status: Status, day: date | None = None) -> Item:
    return replace(item or NEW, status=status, done=day, was_with="")


def skipped(item: Item | None, day: date, reason: str) -> Item:
    """Left out on a day, and why where letters print that."""
    left = finished(item, Status.SKIPPED, day)
    return replace(left, reason=reason or left.reason)
