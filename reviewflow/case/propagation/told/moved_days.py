"""Days that a date set anew, or another calendar, moves away from what a letter said: whoever had it hears the new day.

A page that shows another day reaches nobody, and whoever was told one has passed it on: to a family, to colleagues, to
whoever speaks to the press.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.rules.edition import days_counted_anew_are_told, moved_days_are_told
from reviewflow.case.rules.rounds.written_to import told_what_comes
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.language.built_in_messages import DAY_MOVED

_SET_ANEW = (e.DateSet, e.DateCorrected)
_AHEAD = frozenset({Status.OPEN, Status.PENDING})


def tell_moved_days(draft: Draft) -> None:
    """Write to those whom a message named the day of a thing ahead that a date set or corrected, or a calendar, moved.

    Those invited to a meeting have a letter of their own (`moved_meetings`). Of what was named in a letter that never
    left the delivery sends nothing.
    """
    before, plan = draft.before, draft.plan
    if before is None or before.status is not CaseStatus.OPEN or draft.case.status is not CaseStatus.OPEN:
        return
    anew = _by_a_date(draft, before) or _by_another_calendar(draft, before)
    counted_anew = frozenset[str]() if anew else frozenset(_by_new_holidays(draft, before))
    for name in plan.requests if anew or counted_anew else ():
        for item in plan.items(name, before) if name not in plan.invitations else ():
            if not anew and item not in counted_anew:
                continue
            was, now = _day(draft, before, item), _day(draft, draft.case, item)
            told = tuple(dict.fromkeys(told_what_comes(plan, before, item)))
            if told and was is not None and now is not None and was != now:
                draft.emit(e.NoticeSent(item, DAY_MOVED, told, was))


def _by_a_date(draft: Draft, before: Case) -> bool:
    return moved_days_are_told(before) and any(isinstance(event, _SET_ANEW) for event in draft.events)


def _by_another_calendar(draft: Draft, before: Case) -> bool:
    corrected = any(isinstance(event, e.CalendarCorrected) for event in draft.events)
    return corrected and days_counted_anew_are_told(before)


def _by_new_holidays(draft: Draft, before: Case) -> Iterator[str]:
    """What the calendars count to another day now, whatever else was done: the first command to see it moves it."""
    is_same = (before.definition, before.rules) == (draft.case.definition, draft.case.rules)
    if not (is_same and days_counted_anew_are_told(before)):
        return
    moved = {item for event in draft.events if isinstance(event, e.DueMoved) for item in event.items}
    for item in moved:
        state = before.items.get(item)
        was_open = state is not None and state.status is Status.OPEN
        if was_open and due_day(draft.plan, before, item, draft.calendars) != before.items[item].due:
            yield item


def _day(draft: Draft, case: Case, item: str) -> date | None:
    """The day of what is ahead, as a letter says it; None of what is settled, or whose day passed before it began."""
    state = case.items.get(item)
    if state is not None and state.status not in _AHEAD:
        return None
    day = state.due if state is not None and state.due else due_day(draft.plan, case, item, draft.calendars)
    has_begun = state is not None and state.status is Status.OPEN
    return day if has_begun or day is None or day >= draft.today else None
