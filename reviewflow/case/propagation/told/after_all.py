"""What somebody was told is not needed any more, and is after all: each hears so who is not written to anew about it.

A case that is reopened goes on in silence otherwise: an agency that put its search away, and whoever told a family that
it is over, learn of it from a reminder, or never.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.rules.edition import what_comes_no_more_is_told, what_is_asked_no_more_is_told
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.rounds.written_to import is_about, told_before
from reviewflow.language.built_in_messages import ASKED_AFTER_ALL, COMES_AFTER_ALL

_AHEAD = frozenset({Status.PENDING, Status.OPEN})
_FELL = frozenset({Status.NOT_NEEDED, Status.WITHDRAWN})


def tell_what_comes_after_all(draft: Draft) -> None:
    """Write to each agency of what it was asked for and owes again since this command, and to whoever was told of it.

    Nobody is told of what is asked or told anew. Of a letter that said otherwise and never left, the delivery sends
    nothing. An invitation, and what comes again, have letters of their own.
    """
    before, plan, case = draft.before, draft.plan, draft.case
    if before is None or case.status is not CaseStatus.OPEN or not draft.events or not may_be_owed_again(before, case):
        return
    for item in plan.all_items(case):
        step = plan.steps[step_of(item)]
        if step_of(item) in plan.invitations or step.repeats is not None or not _is_owed_again(draft, item):
            continue
        anew = _written_to_anew(draft, item)
        owners = tuple(to for to in _asked_before(draft, item) if to not in anew)
        if owners:
            is_open = case.items[item].status is Status.OPEN
            draft.emit(e.NoticeSent(item, ASKED_AFTER_ALL if is_open else COMES_AFTER_ALL, owners))
        told = dict.fromkeys(to for to in _told_before(draft, item) if to not in {*anew, *owners})
        if told:
            draft.emit(e.NoticeSent(item, COMES_AFTER_ALL, tuple(told)))


def may_be_owed_again(before: Case, case: Case) -> bool:
    """Whether anything that was owed no more has changed, or the case was over: all else stands as it stood."""
    if before.status is CaseStatus.ENDED:
        return True
    now = case.items
    return any(was.status in _FELL and now.get(item) is not was for item, was in before.items.items())


def _is_owed_again(draft: Draft, item: str) -> bool:
    assert draft.before is not None
    was, now = draft.before.items.get(item), draft.case.items.get(item)
    was_over = draft.before.status is CaseStatus.ENDED
    fell = was_over if was is None else was.status in _FELL or (was_over and was.status in _AHEAD)
    return fell and (now is None or now.status in _AHEAD)


def _written_to_anew(draft: Draft, item: str) -> frozenset[str]:
    """To whom this command, or what is owed again and not done yet, writes about an item."""
    plan, case = draft.plan, draft.case
    sendings = [
        sending
        for request in plan.requests[step_of(item)]
        for sending in plan.items(request, case)
        if is_about(sending, item)
    ]
    sent = {
        to for event in draft.events if isinstance(event, e.MessageSent) and event.item in sendings for to in event.to
    }
    to_come = [sending for sending in sendings if sending not in case.items or case.items[sending].status in _AHEAD]
    return frozenset(sent).union(
        *(recipients(plan.steps[step_of(each)].to or ("owner",), plan, case, each) for each in to_come)
    )


def _asked_before(draft: Draft, item: str) -> Iterator[str]:
    """The agencies that owe it and were asked for it, as far as the case knows: by a request, or by a reminder."""
    was = draft.before.items.get(item) if draft.before is not None else None
    if was is None or not (was.opened or was.written) or not what_is_asked_no_more_is_told(draft.case):
        return
    owners = recipients(("owner",), draft.plan, draft.case, item)
    told = (*was.written, *told_before(draft.plan, draft.case, item))
    if was.chased or any(to in owners for to in told):
        yield from (to for to in owners if Recipient.parse(to).is_agency)


def _told_before(draft: Draft, item: str) -> Iterator[str]:
    """Whoever a message told of it before the case ended."""
    was_over = draft.before is not None and draft.before.status is CaseStatus.ENDED
    if was_over and what_comes_no_more_is_told(draft.case):
        yield from told_before(draft.plan, draft.case, item)
