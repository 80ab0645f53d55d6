"""A case that is withdrawn, or ends before it was done: whoever a letter of it reached hears that it does not go on.

And that it does after all, where it is opened again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import Case, CaseStatus, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import early_ends_are_told
from reviewflow.case.rules.recipients import office_post, recipients
from reviewflow.case.rules.rounds.written_to import written_to
from reviewflow.language.built_in_messages import CASE_ENDED, CASE_GOES_ON, CASE_WITHDRAWN
from reviewflow.language.structure.contacts import contact_written_to


def tell_of_an_early_end(draft: Draft) -> None:
    """Write once to each post and agency that heard of the case, and that no other letter of this command tells.

    They keep days free, and wait for what does not come. For a contact of the case it goes to the posts that can tell
    them, since no built-in words are for a family. Not to the office's own post, which ends it; nor where the ending
    keeps a letter of its own. Of what never left the delivery sends nothing.
    """
    if message := _message(draft):
        _tell_once_each(draft, message, set(_who_still_owes(draft.plan, draft.case)))


def tell_that_it_goes_on(draft: Draft) -> None:
    """Write once to each of them where the case is opened again, and no other letter of this command tells them."""
    was_over = draft.before is not None and draft.before.status is CaseStatus.ENDED
    if was_over and draft.case.status is CaseStatus.OPEN:
        _tell_once_each(draft, CASE_GOES_ON, set())


def _tell_once_each(draft: Draft, message: str, told: set[str]) -> None:
    """Of what it heard first; not those who are `told` otherwise."""
    if draft.before is None or not early_ends_are_told(draft.before):
        return
    told |= {to for event in draft.events if isinstance(event, e.NoticeSent | e.MessageSent) for to in event.to}
    heard_by: defaultdict[str, list[str]] = defaultdict(list)
    for item, to in _who_heard(draft.plan, draft.before):
        if to not in told:
            told.add(to)
            heard_by[item].append(to)
    for item, together in heard_by.items():
        draft.emit(e.NoticeSent(item, message, tuple(together)))


def _message(draft: Draft) -> str:
    """What says that the case, which went on before this command, does not any more; '' where nothing is to be said."""
    before, case, plan = draft.before, draft.case, draft.plan
    if before is None or before.status is not CaseStatus.OPEN or before.closing:
        return ""
    if case.status is CaseStatus.WITHDRAWN:
        return CASE_WITHDRAWN
    ending = case.closing or (case.ending if case.status is CaseStatus.ENDED else "")
    by_time = any(isinstance(event, e.NothingCame) for event in draft.events)
    writes = by_time or any(plan.steps[step].send for step in plan.kept_by(ending or ""))
    return "" if not ending or writes else CASE_ENDED


def _who_heard(plan: Plan, case: Case) -> Iterator[tuple[str, str]]:
    """What a message was about, and to whom it went: of steps that write, and of work that somebody was reminded of.

    Also in a round before this one, of what has not been answered since.
    """
    office = office_post(plan, case)
    for item, state in case.items.items():
        step = plan.steps.get(step_of(item))
        if step is None:
            continue
        for to in (*written_to(plan, case, item), *state.written):
            if contact_written_to(step) or (to not in office and not Recipient.parse(to).is_contact):
                yield item, to


def _who_still_owes(plan: Plan, case: Case) -> Iterator[str]:
    """Those who do what the ending keeps: for them it goes on."""
    if case.status is CaseStatus.OPEN:
        for item in case.items:
            yield from recipients(("owner",), plan, case, item) if is_open(case, item) else ()
