"""Which messages go out until a moment if nobody answers: the sweeps to come, played in memory and not stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reviewflow.case import commands as c
from reviewflow.case.advance import work_out
from reviewflow.case.chasing import next_chase
from reviewflow.case.holding import REVIEW
from reviewflow.case.hours import LONDON
from reviewflow.case.snapshot import load
from reviewflow.case.state import Case
from reviewflow.service.cases import find
from reviewflow.service.effects import notices
from reviewflow.service.letters import Desk, item_title, recipient_title
from reviewflow.service.mailboxes import mailbox
from reviewflow.service.office import Office
from reviewflow.store.records import CaseRow, NewNotice


@dataclass(frozen=True, slots=True)
class Foretold:
    """One message to one recipient: when it falls due, what it is about and what it says."""

    when: datetime
    """In London. What fell due before goes out at once."""
    reference: str
    item: str
    title: str
    message: str
    recipient: str
    whom: str
    address: str
    subject: str
    text: str


def foretell(office: Office, reference: str | None, *, now: datetime, until: datetime) -> list[Foretold]:
    """Every message of one case or of all open ones, in the order in which they fall due; raises UnknownCase."""
    rows = [find(office, reference)] if reference else office.store.cases("open")
    found = [each for row in rows for each in _of_case(office, row, now, until)]
    return sorted(found, key=lambda each: each.when)


def _of_case(office: Office, row: CaseRow, now: datetime, until: datetime) -> Iterator[Foretold]:
    plan, case = office.plan(row.definition), load(row.reference, row.state)
    desk, tried = Desk(plan, case, office.partnership, office.calendars, now), set[tuple[datetime, str]]()
    while (coming := _next(desk, tried)) is not None and coming[0] <= until:
        when, item = coming
        tried.add(coming)
        moment = max(when, desk.now)
        command = c.Chase(item, desk.partnership.send_at)
        draft = work_out(plan, desk.case, command, now=moment, calendars=desk.calendars)
        desk = replace(desk, case=draft.case, now=moment)
        yield from (_told(desk, notice) for notice in notices(desk, draft.events))


def _next(desk: Desk, tried: set[tuple[datetime, str]]) -> tuple[datetime, str] | None:
    """What a sweep would find next; nothing is tried twice for the same moment."""
    moments = (
        (when, item)
        for item in _swept(desk.case)
        if (when := next_chase(desk.plan, desk.case, item, desk.calendars, desk.partnership.send_at)) is not None
    )
    return min((each for each in moments if each not in tried), default=None)


def _swept(case: Case) -> list[str]:
    return [*case.items, *(f"{REVIEW}{hold}" for hold in case.holds)]


def _told(desk: Desk, notice: NewNotice) -> Foretold:
    about = desk.plan.holds[notice.item.removeprefix(REVIEW)].title if notice.item.startswith(REVIEW) else ""
    return Foretold(
        when=desk.now.astimezone(LONDON),
        reference=desk.case.reference,
        item=notice.item,
        title=about or item_title(desk, notice.item),
        message=notice.message,
        recipient=notice.recipient,
        whom=recipient_title(desk.partnership, notice.recipient),
        address=mailbox(desk.partnership, notice.recipient) or "",
        subject=notice.subject,
        text=notice.text,
    )
