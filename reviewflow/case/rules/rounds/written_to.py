"""Who was written to about an item, in this round and in those before, and has not answered since.

A round that begins anew forgets its reminders; whoever had them does not, and hears when it is over. Not here: whether
a letter left the building, which the delivery knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, role_recipient, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import WAS_DONE, Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import earlier_rounds_are_told
from reviewflow.case.rules.recipients import office_post, recipients
from reviewflow.language.model import OUTSIDE, Step
from reviewflow.language.structure.contacts import contact_written_to

_Written = Mapping[str, tuple[str, ...]]
"""By item, recipients."""


def keeping_who_was_written_to(plan: Plan, case: Case, event: e.Event) -> e.Event:
    """An event that has work owed anew, with those who were written to about it and have not answered."""
    if not earlier_rounds_are_told(case):
        return event
    match event:
        case e.RoundOpened(item) | e.OwedAfterRound(item):
            return replace(event, written=_unanswered(plan, case, (item,)))
        case e.SentBack(_, because) if _asks_the_next(plan, because):
            return event
        case e.SentBack(items):
            return replace(event, written=_with(_unanswered(plan, case, items), event.written))
        case e.StepOpened(items, follow=follow):
            return replace(event, written=_unanswered(plan, case, (*items, *follow)))
        case e.AgencyJoined(agency):
            return replace(event, written=_unanswered(plan, case, tuple(_that_fell_away(case, agency))))
        case e.MembersChanged(again=again):
            return replace(event, written=_unanswered(plan, case, again))
        case _:
            return event


def _with(before: _Written, now: _Written) -> _Written:
    return {item: tuple(dict.fromkeys((*before.get(item, ()), *now.get(item, ())))) for item in {**before, **now}}


def _asks_the_next(plan: Plan, because: str) -> bool:
    """Whether the next of several is written to because the one before has answered, or was passed over."""
    step = plan.steps.get(step_of(because))
    return step is not None and step.until is not None


def _that_fell_away(case: Case, agency: str) -> Iterator[str]:
    for item, state in case.items.items():
        if state.status is Status.WITHDRAWN and key_of(item) == agency:
            yield item


def _unanswered(plan: Plan, case: Case, items: tuple[str, ...]) -> _Written:
    written = {item: tuple(dict.fromkeys(_who_has_not_answered(plan, case, item))) for item in items}
    return {item: to for item, to in written.items() if to}


def _who_has_not_answered(plan: Plan, case: Case, item: str) -> Iterator[str]:
    """Whom a letter reached, whatever came of it; of work nobody who has done it."""
    state, step = case.items.get(item), plan.steps.get(step_of(item))
    if state is None or step is None:
        return
    in_silence = state.manner is Manner.SILENCE and state.late is None
    if step.send is None and state.status is Status.DONE and not in_silence:
        return
    yield from state.written
    yield from written_to(plan, case, item)
    yield from _asked_in_this_round(plan, case, item, state) if step.send is None else ()


def _asked_in_this_round(plan: Plan, case: Case, item: str, state: Item) -> Iterator[str]:
    """Its owners whom a letter asked for it in this round; not in one that they have answered since."""
    owners = recipients(("owner",), plan, case, item)
    asked = [
        sending
        for sending in _sendings_about(plan, case, item)
        if case.items[sending].status is Status.DONE and case.items[sending].round >= state.round
    ]
    if state.done is None:
        yield from (to for sending in asked for to in _reached(plan, case, sending) if to in owners)


def written_to(plan: Plan, case: Case, item: str) -> Iterator[str]:
    """To whom its letter went, or who was reminded of it in this round."""
    state, step = case.items[item], plan.steps[step_of(item)]
    wrote = step.send is not None and state.status in WAS_DONE
    if wrote or (state.chased and contact_written_to(step)):
        yield from _reached(plan, case, item)
    elif state.chased:
        yield from recipients(("owner",), plan, case, item)
    if _body_was_reminded(plan, item, state) and not contact_written_to(step):
        yield from recipients((OUTSIDE,), plan, case, item)


def _body_was_reminded(plan: Plan, item: str, state: Item) -> bool:
    """Whether a rung of its ladder went to the body outside that it waits for."""
    ladder = plan.ladder(step_of(item)) if state.chased else None
    return ladder is not None and any(OUTSIDE in ladder.rung(number).to for number in range(state.rungs))


def _reached(plan: Plan, case: Case, sending: str) -> tuple[str, ...]:
    """To whom a letter went; for a contact of the case the posts that can tell them."""
    step = plan.steps[step_of(sending)]
    if contact_written_to(step):
        return who_releases(plan, case, step)
    return recipients(step.to or ("owner",), plan, case, sending)


def told_what_comes(plan: Plan, case: Case, item: str) -> Iterator[str]:
    """Who got a message that named its day; for a contact of the case the posts that can tell them.

    Nothing goes to a contact that nobody released, and no built-in words are for a family.
    """
    for sending in _sendings_about(plan, case, item):
        if case.items[sending].status is Status.DONE:
            yield from _reached(plan, case, sending)


def told_before(plan: Plan, case: Case, item: str) -> Iterator[str]:
    """The same, and who got such a message in an earlier round, of what was not settled after it."""
    yield from told_what_comes(plan, case, item)
    state = case.items.get(item)
    if state is None or state.round == 1 or state.written:
        yield from (to for sending in _sendings_about(plan, case, item) for to in case.items[sending].written)


def _sendings_about(plan: Plan, case: Case, item: str) -> Iterator[str]:
    """The letters about it that the case knows of, sent or still to be sent."""
    for request in plan.requests.get(step_of(item), ()):
        for sending in plan.items(request, case):
            if sending in case.items and is_about(sending, item):
                yield sending


def who_releases(plan: Plan, case: Case, step: Step) -> tuple[str, ...]:
    """The posts that can tell a contact whom this step writes to."""
    return tuple(map(role_recipient, step.released_by)) if step.released_by else office_post(plan, case)


def is_about(sending: str, item: str) -> bool:
    """Whether a message to one of several was about this one of them, or about what they have in common."""
    return key_of(item) in {"", key_of(sending)} or not key_of(sending)
