"""What an agency was asked for, or somebody was told of, and that is not needed any more: each hears so, and stops.

Chases that only cease leave somebody searching records, and waiting for a review that is over; and whoever was to tell
a family of it tells them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, item_id, key_of, step_of
from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import what_comes_no_more_is_told, what_is_asked_no_more_is_told
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.rounds.repeats import ended_by_answer
from reviewflow.case.rules.rounds.written_to import told_before
from reviewflow.language.built_in_messages import NOT_ASKED, NOT_COMING
from reviewflow.language.structure.owners import named_agency

_FELL = frozenset({Status.NOT_NEEDED, Status.WITHDRAWN})
_AHEAD = frozenset({Status.PENDING, Status.OPEN})


def tell_what_is_asked_no_more(draft: Draft) -> None:
    """Write to each agency of what it was asked for and owes no more since this command, also where it leaves by that.

    Not of an invitation, but where the agency leaves, nor where time alone ends the case: both have a letter of their
    own (`moved_meetings`, `NothingCame`). Nor of what comes again until something is done: whoever did that knows. Of
    what was asked for in a letter that never left the delivery sends nothing.
    """
    before, plan = draft.before, draft.plan
    if before is None or not draft.events or before.status is not CaseStatus.OPEN:
        return
    if not what_is_asked_no_more_is_told(before):
        return
    told = {item for event in draft.events if isinstance(event, e.NothingCame) for item in event.items}
    left = {event.agency for event in draft.events if isinstance(event, e.AgencyLeft)}
    over = draft.case.status is not CaseStatus.OPEN
    for item, was in before.items.items():
        if not over and draft.case.items.get(item) is was:
            continue
        if _fell(before, draft.case, item) and item not in told and not _knows_otherwise(plan, draft.case, item, left):
            to = (*_who_was_asked(plan, before, item), *_who_was_asked_before(plan, draft.case, item, was))
            named = named_agency(plan.steps[step_of(item)]) if step_of(item) in plan.steps else ""
            agencies = tuple(each for each in dict.fromkeys(to) if _is_of(each, {*draft.case.agencies, *left, named}))
            if agencies:
                draft.emit(e.NoticeSent(item, NOT_ASKED, agencies))


def tell_what_comes_no_more(draft: Draft) -> None:
    """Write to those whom a message told of what is not done and falls with the end of the case.

    Of a meeting those who were invited hear otherwise (`moved_meetings`), an agency of what it was asked for (above),
    and where time alone ends the case whoever did not answer (`NothingCame`).
    """
    before, plan, case = draft.before, draft.plan, draft.case
    if before is None or before.status is not CaseStatus.OPEN or not what_comes_no_more_is_told(before):
        return
    if case.status is CaseStatus.OPEN and case.closing == before.closing:
        return
    ended_it = {item for event in draft.events if isinstance(event, e.NothingCame) for item in event.items}
    heard = {(event.item, to) for event in draft.events if isinstance(event, e.NoticeSent) for to in event.to}
    for name in plan.requests:
        for item in plan.items(name, before) if name not in plan.invitations else ():
            falls = item not in ended_it and _comes_no_more(before, case, item)
            told = told_before(plan, before, item) if falls else ()
            if to := tuple(each for each in dict.fromkeys(told) if (item, each) not in heard):
                draft.emit(e.NoticeSent(item, NOT_COMING, to))


def _comes_no_more(before: Case, after: Case, item: str) -> bool:
    was, now = before.items.get(item), after.items.get(item)
    if was is not None and was.status not in _AHEAD:
        return False
    if now is not None and now.status in _FELL:
        return True
    return after.status is not CaseStatus.OPEN and (now is None or now.status in _AHEAD)


def _knows_otherwise(plan: Plan, case: Case, item: str, left: Collection[str]) -> bool:
    """Whether those who owed it hear of it in another letter, or did themselves what ended it."""
    step = plan.steps.get(step_of(item))
    if step is None or (step_of(item) in plan.invitations and key_of(item) not in left):
        return step is not None
    ended_it = ended_by_answer(plan, case, item)
    by_others = bool(ended_it) and (step_of(ended_it) not in plan.steps or key_of(ended_it) != key_of(item))
    return step.repeats is not None and not by_others


def _fell(before: Case, after: Case, item: str) -> bool:
    now, was = after.items.get(item), before.items[item]
    waits_again = was.status is Status.PENDING and bool(was.opened or was.written)
    if now is None or (was.status is not Status.OPEN and not waits_again):
        return False
    if now.status is Status.NO_MORE:  # rounds that are over
        return True
    return now.status in _FELL or (now.status is Status.OPEN and after.status is not CaseStatus.OPEN)


def _who_was_asked(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """Whom a message asked for it, as far as the case knows: a request, or a reminder in this round."""
    requests = (item_id(request, key_of(item)) for request in plan.requests.get(step_of(item), ()))
    was_sent = any(request in case.items and case.items[request].status is Status.DONE for request in requests)
    return recipients(("owner",), plan, case, item) if was_sent or case.items[item].chased else ()


def _who_was_asked_before(plan: Plan, case: Case, item: str, was: Item) -> Iterator[str]:
    """Whom a message asked for work in an earlier round, and who owes it: the letter names them by that."""
    step = plan.steps.get(step_of(item))
    if was.written and step is not None and step.send is None:
        yield from (to for to in recipients(("owner",), plan, case, item) if to in was.written)


def _is_of(recipient: str, agencies: Collection[str]) -> bool:
    to = Recipient.parse(recipient)
    return to.is_agency and to.name in agencies
