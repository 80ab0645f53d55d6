"""Ways out of a process because somebody says so; by answers: `propagation.endings`."""

from __future__ import annotations

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.propagation.endings import ended, ends, open_what_it_keeps
from reviewflow.case.rules.edition import endings_by_hand_keep
from reviewflow.case.rules.input_checks import read_reason
from reviewflow.case.rules.linked_cases import unknown_days
from reviewflow.case.rules.over import still_kept
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing

_DO_IT = "Do it, or skip it with the reason."


def end(draft: Draft, command: c.End) -> None:
    """End the case in one of the ways its process has; raises Refused, also when a linked case could not open yet."""
    plan = draft.plan
    endings, reason = plan.definition.process.endings, read_reason(command.reason)
    if command.ending not in endings:
        message = f'"{command.ending}" is not an ending of this process.{suggestion(command.ending, endings)}'
        possible = f"Its endings: {listing(endings, none='none')}. To stop it for another reason, withdraw it."
        raise Refused([message], possible)
    unknown = list(unknown_days(plan, draft.case, command.ending, draft.calendars))
    if unknown:
        message = f"The case would become another, which opens with a day that is not known yet: {listing(unknown)}."
        raise Refused([message], "Complete what it comes from first.")
    if not endings_by_hand_keep(draft.case):
        draft.emit(ended(draft, command.ending, reason))
        return
    if draft.case.closing == command.ending:
        kept = listing(map(plan.definition.title, still_kept(plan, draft.case)))
        raise Refused([f"{draft.case.reference} ends so already, as soon as this is done: {kept}."], _DO_IT)
    open_what_it_keeps(draft, command.ending)
    draft.emit(ends(draft, command.ending, reason))


def withdraw(draft: Draft, command: c.Withdraw) -> None:
    """Stop the case for a reason that its process does not name; raises Refused without a reason."""
    draft.emit(e.CaseWithdrawn(read_reason(command.reason)))
