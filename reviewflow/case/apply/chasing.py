"""An item after a message about it, and after what its owner answered."""

from __future__ import annotations

from datetime import date

from reviewflow.case.apply.days import with_later_day
from reviewflow.case.apply.items import resumed
from reviewflow.case.model import events as e
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Item

_OfRequest = e.RequestLeft | e.RequestCameBack | e.AskedLate


_OfChasing = _OfRequest | e.Chased | e.OwnerTold | e.ChasedByHand | e.Responded | e.Snoozed | e.Resumed | e.DecisionDue


def chased(item: Item, event: _OfChasing) -> Item:
    match event:
        case e.RequestLeft() | e.RequestCameBack() | e.AskedLate():
            return _asked(item, event)
        case e.Chased(_, rung, on=day):
            return _message_sent(item, rung + 1, day, after_noon=event.after_noon)
        case e.OwnerTold(_, rungs, on=day):
            return replace(_message_sent(item, rungs, day, after_noon=event.after_noon), told_late=day)
        case e.ChasedByHand(_, rungs, on=day):
            return _message_sent(item, rungs, day)
        case e.Responded():
            return _responded(item, event)
        case e.Snoozed(_, until):
            return replace(item, snoozed_until=until)
        case e.Resumed(_, reason, printed):
            return replace(resumed(item), reason=reason if printed else item.reason)
        case e.DecisionDue(again=again):
            return replace(item, remind=again)


def _asked(item: Item, event: _OfRequest) -> Item:
    match event:
        case e.RequestLeft(left=day):
            return replace(item, asked=day)
        case e.RequestCameBack():
            return replace(item, asked=None)
        case e.AskedLate(asked=day, due=due, at=at):
            return replace(with_later_day(item, due, at), opened=day)


def _message_sent(item: Item, rungs: int, day: date | None, *, after_noon: bool = False) -> Item:
    chased = (*item.chased, day) if day else item.chased
    sent = replace(item, rungs=max(item.rungs, rungs), sent=item.sent + 1, chased=chased)
    return replace(sent, told_after_noon=after_noon) if after_noon and not item.sent else sent


def _responded(item: Item, event: e.Responded) -> Item:
    responses, rungs = {**item.responses, event.kind: event.on}, max(item.rungs, event.rungs)
    if event.remind is None:
        return replace(item, responses=responses, rungs=rungs)
    return replace(
        item, responses=responses, rungs=rungs, to_decide=event.kind, asked_until=event.wanted, remind=event.remind
    )
