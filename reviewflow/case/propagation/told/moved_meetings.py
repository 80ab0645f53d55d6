"""Meetings that are not on the day of which those invited were told: each hears the new day, or that there is none.

Whoever was told a day keeps it free, and travels; a page that shows another day, or none, reaches nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.rules.edition import moved_meetings_are_told
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import is_shared, who_reads_of_it
from reviewflow.case.rules.timing.meeting_days import day_of_meeting, is_called_off
from reviewflow.language.built_in_messages import MEETING_MOVED, MEETING_OFF, MEETING_PUT_OFF, MEETING_WITHOUT

_TOLD = frozenset({Status.OPEN, Status.DONE})
_AHEAD = frozenset({Status.OPEN, Status.PENDING})


def tell_moved_meetings(draft: Draft) -> None:
    """Write to those invited to each meeting ahead that this command moved, put off or called off.

    Who is invited anew in the same breath has the day in that letter. Nobody hears of a meeting that was held.
    """
    before = draft.before
    if before is None or not draft.events or before.status is not CaseStatus.OPEN:
        return
    for name, meeting in draft.plan.invitations.items() if moved_meetings_are_told(before) else ():
        if _status(before, meeting) in _AHEAD:
            invited = [item for item in draft.plan.items(name, before) if _status(before, item) in _TOLD]
            if invited:
                _tell(draft, before, meeting, invited)


def _tell(draft: Draft, before: Case, meeting: str, invited: Sequence[str]) -> None:
    """All who are invited to a meeting have its day: what became of that is asked once for all of them."""
    was = day_of_meeting(draft.plan, before, invited[0], draft.calendars)
    if was is None or was < draft.today or _was_held(draft, meeting, was):
        return
    message = _message(draft, before, invited[0], meeting, was)
    for item in invited if message else ():
        is_invited_anew = _round(draft.case, item) > _round(before, item)
        if message == MEETING_MOVED and is_invited_anew:
            continue
        if to := who_reads_of_it(draft.plan, before, item):
            stands = message != MEETING_MOVED and _stands_for_others(draft, before, item, meeting)
            draft.emit(e.NoticeSent(item, MEETING_WITHOUT if stands else message, to, was))


def _stands_for_others(draft: Draft, before: Case, item: str, meeting: str) -> bool:
    """Whether other cases are treated at the meeting on the day that this one is not.

    Where the day itself is fixed anew in the case that leads, it is put off for all.
    """
    if not is_shared(draft.plan, before, item):
        return False
    goes_its_own_way = is_called_off(draft.case, meeting) or bool(stopped_by(draft.plan, draft.case, meeting))
    anew_for_all = before.leads or any(isinstance(event, e.ReopenedWith) for event in draft.events)
    return goes_its_own_way or not anew_for_all


def _was_held(draft: Draft, meeting: str, was: date) -> bool:
    """Whether it is recorded now and stands, or took place on its day and is held once more."""
    return _status(draft.case, meeting) is Status.DONE or any(
        isinstance(event, e.Completed) and event.item == meeting and event.done >= was for event in draft.events
    )


def _message(draft: Draft, before: Case, item: str, meeting: str, was: date) -> str:
    """What they are told who have no new invitation that says it; '' where the day that they know holds."""
    if is_called_off(draft.case, meeting):
        return MEETING_OFF
    stopped, stood_still = (bool(stopped_by(draft.plan, case, meeting)) for case in (draft.case, before))
    day = None if stopped else day_of_meeting(draft.plan, draft.case, item, draft.calendars)
    if day is None:
        return "" if stood_still else MEETING_PUT_OFF
    return MEETING_MOVED if day != was or stood_still else ""


def _status(case: Case, item: str) -> Status:
    state = case.items.get(item)
    return state.status if state is not None else Status.PENDING


def _round(case: Case, item: str) -> int:
    state = case.items.get(item)
    return state.round if state is not None else 0
