"""Links beside a case that are to be looked at again on a day, where no hold of theirs reminds of that."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.model.ids import LookAgain
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.rules.edition import links_are_looked_at_again
from reviewflow.london import LONDON


def item_of_link(reference: str) -> str:
    """The id by which the sweep finds a link. It says nothing of the reference, which may be a court's."""
    return LookAgain.LINK.of(hashlib.sha256(reference.encode()).hexdigest()[:12])


def linked_as(case: Case, item: str) -> str:
    """The reference of the link with this id; '' when the case has none such."""
    return next((reference for reference in case.related if item_of_link(reference) == item), "")


def look_at_link(case: Case, item: str, calendars: Calendars, send_at: time) -> datetime | None:
    """The moment, in UTC, at which the office is told to look again at a link; None when it is not, or was.

    While the hold that the link placed stands, that has its own reminder.
    """
    link = case.related.get(linked_as(case, item))
    if link is None or link.review is None or case.status is not CaseStatus.OPEN:
        return None
    if link.told == link.review or link.hold in case.holds or not links_are_looked_at_again(case):
        return None
    return datetime.combine(calendars[OFFICE].on_or_after(link.review), send_at, LONDON).astimezone(UTC)
