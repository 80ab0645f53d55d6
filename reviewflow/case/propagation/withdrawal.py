"""A case that is withdrawn: whoever a letter of it reached hears that it does not go on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import WAS_DONE, Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.moved_days import who_releases
from reviewflow.case.rules.edition import withdrawals_are_told
from reviewflow.case.rules.recipients import OFFICE_POST, recipients
from reviewflow.language.built_in_messages import CASE_WITHDRAWN
from reviewflow.language.structure.contacts import contact_written_to


def tell_of_the_withdrawal(draft: Draft) -> None:
    """Write once to each post and agency that heard of the case, and that no other letter of this command tells.

    They keep days free, and wait for what does not come. For a contact of the case it goes to the posts that can tell
    them, since no built-in words are for a family. Not to a body outside, nor else to the office's own post, which
    withdraws it. Of what never left the delivery sends nothing.
    """
    before, plan = draft.before, draft.plan
    if before is None or before.status is not CaseStatus.OPEN or not withdrawals_are_told(before):
        return
    if draft.case.status is not CaseStatus.WITHDRAWN:
        return
    told = {to for event in draft.events if isinstance(event, e.NoticeSent) for to in event.to}
    heard_by: defaultdict[str, list[str]] = defaultdict(list)
    for item, to in _who_heard(plan, before):
        if to not in told:
            told.add(to)
            heard_by[item].append(to)
    for item, together in heard_by.items():
        draft.emit(e.NoticeSent(item, CASE_WITHDRAWN, tuple(together)))


def _who_heard(plan: Plan, case: Case) -> Iterator[tuple[str, str]]:
    """What a message was about, and to whom it went: of steps that write, and of work that somebody was reminded of."""
    for item, state in case.items.items():
        step = plan.steps.get(step_of(item))
        wrote = step is not None and step.send is not None and state.status in WAS_DONE
        if step is None or not (wrote or state.chased):
            continue
        if contact_written_to(step):
            yield from ((item, to) for to in who_releases(plan, case, step))
        else:
            names = step.to or ("owner",) if wrote else ("owner",)
            yield from ((item, to) for to in recipients(names, plan, case, item) if _is_a_colleague(to))


def _is_a_colleague(recipient: str) -> bool:
    return recipient not in OFFICE_POST and not Recipient.parse(recipient).is_reached_alone
