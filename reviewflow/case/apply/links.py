"""A case after another one was linked to it, joined, or taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from reviewflow.case.apply.items import finished, with_items
from reviewflow.case.apply.reopening import owed_anew
from reviewflow.case.apply.together import alone, together
from reviewflow.case.model import events as e
from reviewflow.case.model.beside import Linked
from reviewflow.case.model.ids import key_of, link_id
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, Status

_Entry = TypeVar("_Entry")


def beside_others(case: Case, event: e.LinkEvent) -> Case:
    match event:
        case e.CaseLinked(reference, kind, effect, day, _, hold, review):
            related = {**case.related, reference: Linked(kind, effect, day, hold, review)}
            return replace(case, related=related, outside=_outside(case, reference, is_outside=event.outside))
        case e.LinkReviewDue(reference, review):
            related = {
                name: replace(link, told=review) if name == reference else link for name, link in case.related.items()
            }
            return replace(case, related=related)
        case e.CaseJoined(reference, days):
            clocks = {item: owed_anew(state, None) for item, state in case.items.items() if key_of(item) == reference}
            outside = _outside(case, reference, is_outside=event.outside)
            times = {**case.joined_times, reference: event.times} if event.times else case.joined_times
            joined = {**case.joined, reference: days}
            return with_items(replace(case, joined=joined, joined_times=times, outside=outside), clocks)
        case e.CaseUnlinked(reference):
            return _unlinked(case, reference)
        case e.LinkedFrom(reference, kind):
            return replace(case, linked_from={**case.linked_from, reference: kind})
        case e.UnlinkedFrom(reference):
            left = replace(case, linked_from=_without(case.linked_from, reference))
            return _waiting_no_more(left, reference)
        case e.OtherCaseOver():
            return case
        case e.SettledElsewhere(kind):
            return replace(case, elsewhere={**case.elsewhere, kind: _settled_since(case, event)})
        case e.LedBy() | e.TakenFrom() | e.ReopenedWith() | e.LeadOver() | e.TreatedTogether() | e.TreatedAlone():
            return together(case, event)


def _settled_since(case: Case, event: e.SettledElsewhere) -> Mapping[str, Mapping[str, date]]:
    """By reference, the steps that are settled there, each with the day since which that is known."""
    known = case.elsewhere.get(event.kind, {})
    return {
        reference: {step: known.get(reference, {}).get(step, event.on) for step in steps}
        for reference, steps in event.settled.items()
    }


def case_started(case: Case, event: e.CaseStarted) -> Case:
    """With the link to the case that an item started; that is done, unless it waits for that of a later round."""
    links = {**case.links, link_id(event.item, event.nth): event.reference}
    started_after = {**case.started_after, event.reference: event.of} if event.of else case.started_after
    linked, state = replace(case, links=links, started_after=started_after), case.items.get(event.item)
    if state is None or state.status is not Status.OPEN or state.nth != event.nth:
        return linked
    return with_items(linked, {event.item: finished(state, Status.DONE, event.done)})


def _outside(case: Case, reference: str, *, is_outside: bool) -> tuple[str, ...]:
    others = tuple(other for other in case.outside if other != reference)
    return (*others, reference) if is_outside else others


def _unlinked(case: Case, reference: str) -> Case:
    clocks = {item: state for item, state in case.items.items() if key_of(item) == reference}
    left = with_items(
        alone(case, reference), {item: finished(state, Status.WITHDRAWN) for item, state in clocks.items()}
    )
    return replace(
        _waiting_no_more(left, reference),
        related=_without(case.related, reference),
        joined=_without(case.joined, reference),
        joined_times=_without(case.joined_times, reference),
        outside=_outside(case, reference, is_outside=False),
    )


def _waiting_no_more(case: Case, reference: str) -> Case:
    """The case without what was known of another one, which it waits for no more."""
    if all(reference not in others for others in case.elsewhere.values()):
        return case
    left = {kind: _without(others, reference) for kind, others in case.elsewhere.items()}
    return replace(case, elsewhere=left)


def _without(entries: Mapping[str, _Entry], name: str) -> Mapping[str, _Entry]:
    return {other: entry for other, entry in entries.items() if other != name}
