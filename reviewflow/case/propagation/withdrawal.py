"""A case that is withdrawn: whoever a letter of it reached hears that it does not go on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import WAS_DONE, Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import withdrawals_are_told
from reviewflow.case.rules.recipients import OFFICE_POST, recipients
from reviewflow.language.built_in_messages import CASE_WITHDRAWN


def tell_of_the_withdrawal(draft: Draft) -> None:
    """Write once to each post and agency that heard of the case, and that no other letter of this command tells.

    They keep days free, and wait for what does not come. Not to the office's own post, which withdraws it; nor to a
    contact of the case or a body outside, for whom there are no built-in words. Of what never left the delivery sends
    nothing.
    """
    before, plan = draft.before, draft.plan
    if before is None or before.status is not CaseStatus.OPEN or not withdrawals_are_told(before):
        return
    if draft.case.status is not CaseStatus.WITHDRAWN:
        return
    told = {to for event in draft.events if isinstance(event, e.NoticeSent) for to in event.to} | {*OFFICE_POST}
    heard_by: defaultdict[str, list[str]] = defaultdict(list)
    for item, to in _who_heard(plan, before):
        if to not in told and not Recipient.parse(to).is_reached_alone:
            told.add(to)
            heard_by[item].append(to)
    for item, together in heard_by.items():
        draft.emit(e.NoticeSent(item, CASE_WITHDRAWN, tuple(together)))


def _who_heard(plan: Plan, case: Case) -> Iterator[tuple[str, str]]:
    """What a message was about, and to whom it went: of steps that write, and of work that somebody was reminded of."""
    for item, state in case.items.items():
        step = plan.steps.get(step_of(item))
        if step is not None and step.send is not None and state.status in WAS_DONE:
            yield from ((item, to) for to in recipients(step.to or ("owner",), plan, case, item))
        elif step is not None and state.chased:
            yield from ((item, to) for to in recipients(("owner",), plan, case, item))
