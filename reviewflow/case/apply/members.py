"""A list of members after somebody joined it, left it, or went on for another."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.apply.items import finished, still_written_to, untold, with_items
from reviewflow.case.apply.reopening import owed_anew
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Answer, Case, Item, Status


def members_changed(case: Case, event: e.MembersChanged) -> Case:
    """What was done stays with whoever did it; what is open is withdrawn, or owed by the other alone."""
    source = case.items[event.item]
    answers = {**source.answers, event.question: _names(source.answers.get(event.question), event)}
    listed = {event.item: replace(source, answers=answers)}
    changed = with_items(case, {**listed, **dict(_passed_on(case, event)), **dict(_owed(case, event))})
    return still_written_to(changed, event.written)


def _names(answer: Answer | None, event: e.MembersChanged) -> list[str]:
    names = [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else []
    if event.left and event.joined:
        return [event.joined if name == event.left else name for name in names]
    return [*(name for name in names if name != event.left), *([event.joined] if event.joined else [])]


def _passed_on(case: Case, event: e.MembersChanged) -> Iterator[tuple[str, Item]]:
    for item in event.items:
        if event.joined:
            yield item_id(step_of(item), event.joined), untold(case.items[item])
        yield item, finished(case.items[item], Status.WITHDRAWN)


def _owed(case: Case, event: e.MembersChanged) -> Iterator[tuple[str, Item]]:
    """What whoever joined owed before is owed again; what they come too late for has a day of its own."""
    yield from ((item, owed_anew(case.items[item], event.due.get(item))) for item in event.again)
    late = {item: day for item, day in event.due.items() if item not in case.items}
    yield from ((item, Item(Status.PENDING, due=day, fixed=True)) for item, day in late.items())
