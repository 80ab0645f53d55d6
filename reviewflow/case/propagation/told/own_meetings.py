"""Those who were invited by another case, told that this one is treated at the meeting as well, or still is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, item_id, key_of, step_of
from reviewflow.case.model.state import is_finished, is_open
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.meeting_days import day_of_meeting, meeting_of
from reviewflow.language.built_in_messages import MEETING_STANDS


def tell_on_their_own(draft: Draft, reference: str, first: date) -> None:
    """Tell whoever heard of this case's meeting from the case that leads: they hear no more from there.

    Of meetings on the day `first` and later: what lies before it was held. Whoever has not answered was invited too.
    """
    taken = {item for item, known in draft.case.taken.items() if known.reference == reference}
    unanswered = {item for item in draft.case.items if is_open(draft.case, item) and _was_invited(draft, item, taken)}
    for item in draft.case.items:
        if item in taken | unanswered:
            tell_it_stands(draft, item, first)


def tell_of_this_one(draft: Draft, item: str, reference: str) -> None:
    """Tell whoever was invited before this case joined that it is treated there too: once, as of their letter."""
    plan, case = draft.plan, draft.case
    before = {name for name, known in case.taken.items() if known.reference == reference and name != item}
    asked = [step for step, letters in plan.requests.items() if step_of(item) in letters]
    for step in (step_of(item), *asked):
        answer = item_id(step, key_of(item))
        if answer in plan.items(step, case) and not _was_invited(draft, answer, before):
            tell_it_stands(draft, answer, draft.today)


def _was_invited(draft: Draft, item: str, taken: Collection[str]) -> bool:
    """Whether the letter that asks for it went from the case that leads."""
    return any(item_id(request, key_of(item)) in taken for request in draft.plan.requests.get(step_of(item), ()))


def tell_it_stands(draft: Draft, item: str, first: date) -> None:
    """Tell whoever is invited here that this case is treated at a meeting on the day `first`, or later.

    Not an agency that takes no part in it: the letter to it named the other case alone.
    """
    meeting = meeting_of(draft.plan, item)
    day = day_of_meeting(draft.plan, draft.case, item, draft.calendars)
    if not meeting or is_finished(draft.case, meeting) or day is None or day < first:
        return
    owners = (Recipient.parse(to) for to in recipients(("owner",), draft.plan, draft.case, item))
    heard = [to for to in owners if not to.is_agency or to.name in draft.case.agencies]
    if heard:
        draft.emit(e.NoticeSent(item, MEETING_STANDS, tuple(map(str, heard))))
