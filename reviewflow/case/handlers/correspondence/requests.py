"""Requests for something of which silence counts: when they left the building, came back, or waited too long."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import ItemId, contact_recipient, step_of
from reviewflow.case.model.state import CaseStatus, is_open
from reviewflow.case.rules import edition
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.hours import time_named
from reviewflow.case.rules.timing.silence import (
    asked_outside,
    comes_too_late,
    later_day,
    silent_items_asked_by,
    working_days_late,
)
from reviewflow.language.model import OUTSIDE
from reviewflow.language.structure.outside import writes_outside


def record_left(draft: Draft, command: c.RecordLeft) -> None:
    """Record the day from which silence may count; nothing for what is finished, or was asked for before."""
    for item in _waiting(draft, command.item):
        if draft.case.items[item].asked is None and _asks(draft, item, command):
            draft.emit(e.RequestLeft(item, draft.today))


def _asks(draft: Draft, item: str, command: c.RecordLeft) -> bool:
    """Whether a message asks for an item: one of its own ladder only whoever is asked by it, this office or a body."""
    plan, case = draft.plan, draft.case
    if command.item != item or plan.steps[ItemId.parse(item).step].send is not None:
        return True
    if not edition.only_its_owner_is_asked(case):
        return True
    asked = (OUTSIDE,) if writes_outside(plan.ladder(step_of(item))) else ("owner", "deputy")
    return not asked_outside(plan, item) and (not command.to or command.to in recipients(asked, plan, case, item))


def came_back(draft: Draft, request: str, to: str) -> None:
    """After a message to `to` did not arrive: no silence of whom it asked counts until another has gone out."""
    contact = draft.plan.contact(request, draft.case)
    for item in _waiting(draft, request):
        asked = recipients(("owner", OUTSIDE), draft.plan, draft.case, item)
        asked = (contact_recipient(contact),) if contact else asked
        if draft.case.items[item].asked is not None and to in asked:
            draft.emit(e.RequestCameBack(item))


def ask_anew(draft: Draft, command: c.AskAnew) -> None:
    """Write a request anew that has not left yet, with a later day for what it asks; nothing when no silence counts.

    A letter to a contact goes as somebody released it, and to nobody else: only the day is later.
    """
    plan, case = draft.plan, draft.case
    step = plan.steps[ItemId.parse(command.item).step]
    late = {
        item: days
        for item in _waiting(draft, command.item)
        if item != command.item
        and case.items[item].asked is None
        and not comes_too_late(plan, case, item, draft.today, draft.calendars)
        and (days := working_days_late(plan, case, item, case.items[item], draft.today, draft.calendars)) > 1
    }
    stands = bool(plan.contact(command.item, case))
    for item, days in late.items():
        due = case.items[item].due
        assert due is not None
        later = later_day(plan, draft.case, item, due, days, draft.calendars)
        draft.emit(e.AskedLate(item, command.item, draft.today, later, time_named(plan, item), stands))
    if late and step.send is not None and not stands:
        to = recipients(step.to or ("owner",), plan, draft.case, command.item)
        draft.emit(e.MessageSent(command.item, step.send, to, draft.today))


def _waiting(draft: Draft, request: str) -> Iterator[str]:
    """The open items of which silence counts that a message about `request` asks for."""
    if draft.case.status is CaseStatus.OPEN and edition.silence_waits_for_the_request(draft.case):
        asked = silent_items_asked_by(draft.plan, draft.case, request)
        yield from [item for item in asked if is_open(draft.case, item)]
