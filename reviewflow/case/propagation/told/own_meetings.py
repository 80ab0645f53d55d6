"""Those who were invited by another case, told that this one is treated at the meeting as well, or still is."""

from __future__ import annotations

from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import is_finished
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.meeting_days import day_of_meeting, meeting_of
from reviewflow.language.built_in_messages import MEETING_STANDS


def tell_on_their_own(draft: Draft, reference: str, first: date) -> None:
    """Tell whoever heard of this case's meeting from the case that leads: they hear no more from there.

    Of meetings on the day `first` and later: what lies before it was held.
    """
    for item, taken in draft.case.taken.items():
        if taken.reference == reference:
            tell_it_stands(draft, item, first)


def tell_it_stands(draft: Draft, item: str, first: date) -> None:
    """Tell whoever is invited here that this case is treated at a meeting on the day `first`, or later."""
    meeting = meeting_of(draft.plan, item)
    day = day_of_meeting(draft.plan, draft.case, item, draft.calendars)
    if not meeting or is_finished(draft.case, meeting) or day is None or day < first:
        return
    if to := recipients(("owner",), draft.plan, draft.case, item):
        draft.emit(e.NoticeSent(item, MEETING_STANDS, to))
