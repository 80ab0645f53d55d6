"""The messages of a case: those that its events promise are there, and each stands as its tries and events say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import reduce
from typing import Protocol

from reviewflow.case.apply import apply, fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient, contact_recipient
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.london import stamp
from reviewflow.service.commands.commit import withdrawn_items
from reviewflow.service.records.proof.finding import AuditFinding
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import TO_RELEASE, Attempt, CaseRow, EventRow, Notice
from reviewflow.store.records.message_references import NoticeNumber

FARTHEST = timedelta(days=31)
"""A message waits for the next office day, at the most over a long holiday: what waits longer was put off by hand."""
LATE, LOST = "It is late on its way", "It was taken over and lost"
WAITING = frozenset({"queued", "sending"})


class SentRecord(Protocol):
    """What is sent and tried: a notice or a digest."""

    @property
    def status(self) -> str: ...
    @property
    def tries(self) -> int: ...
    @property
    def created_at(self) -> str: ...
    @property
    def next_try(self) -> str | None: ...
    @property
    def detail(self) -> str: ...


def wrong_messages(
    workspace: Workspace,
    row: CaseRow,
    plan: Plan,
    stored: Sequence[EventRow],
    events: Sequence[e.Event],
    *,
    latest: str,
) -> Iterator[AuditFinding]:
    """What is wrong with the messages of a case whose chain is whole."""
    notices = workspace.store.notices(row.reference)
    starts = _starts(notices, stored)
    promised = list(_promised(events, starts))
    yield from (AuditFinding(row.reference, number, words) for number, words in _missing(promised, notices))
    has_moved = any(isinstance(event, e.Migrated) for event in events)
    history = {} if has_moved or not notices else _taken_back(workspace, row.reference, plan, events, stored, starts)
    for notice in notices:
        attempts = workspace.store.attempts(notice.id)
        words = (
            _unpromised(notice, stored, events, starts)
            or wrong_standing(notice, attempts, base_of(notice, attempts, latest))
            or _wrong_end(workspace, row, notice, attempts, events, None if has_moved else history)
        )
        if words:
            yield AuditFinding(row.reference, None, f"message {notice.number} {words}")


def wrong_standing(message: SentRecord, attempts: Sequence[Attempt], base: str) -> str:
    """What its status says that its tries do not; '' when they agree. `base` is when anything last happened to it."""
    last = attempts[-1] if attempts else None
    outcome = last.outcome if last else ""
    match message.status:
        case "sent":
            late = message.detail.startswith(LATE)
            agrees = last is not None and outcome == "sent" and (message.detail == last.detail or late)
            return "" if agrees else "stands as sent, and no try says so"
        case "queued" | "sending":
            if message.next_try is None or message.next_try > _farthest(base):
                return "waits, and is never tried again, or far too late"
            lost = outcome == "sent" and message.detail.startswith(LOST)
            agrees = outcome in {"", "queued"} or lost
            return "" if agrees else "waits to be sent, and a try says that this is over"
        case "undeliverable":
            came_back = outcome == "sent"
            agrees = came_back or (last is not None and outcome == "undeliverable" and message.detail == last.detail)
            return "" if agrees else "stands as refused, and no try says so"
        case "withdrawn":
            return "" if outcome != "sent" else "stands as not needed, and a try says that it was sent"
        case "to release":
            return "" if not attempts else "waits to be released, and was tried"
        case other:
            return f'has a status that is none: "{other}"'


def _farthest(base: str) -> str:
    return stamp(datetime.fromisoformat(base) + FARTHEST)


def base_of(message: SentRecord, attempts: Sequence[Attempt], latest: str) -> str:
    """When anything last happened to a message, or could have."""
    return max([message.created_at, latest, *(attempt.at for attempt in attempts)])


def _starts(notices: Sequence[Notice], stored: Sequence[EventRow]) -> list[int]:
    """For each event the number of the first event of the command that it came of, as far as that can be told."""
    first = {NoticeNumber.parse(notice.number).event for notice in notices}
    starts: list[int] = []
    for place, event in enumerate(stored):
        before = stored[place - 1] if place else None
        same = before is not None and (before.recorded_at, before.by) == (event.recorded_at, event.by)
        starts.append(starts[-1] if same and event.number not in first else event.number)
    return starts


Promise = tuple[int, str, str]
"""The number of the command's first event, the item and the message."""
SENDS = (e.MessageSent, e.Chased, e.OwnerTold, e.ChasedByHand, e.NoticeSent, e.DecisionDue)


def _promised(events: Sequence[e.Event], starts: Sequence[int]) -> Iterator[Promise]:
    for event, start in zip(events, starts, strict=True):
        if (isinstance(event, SENDS) and event.to) or isinstance(event, e.LetterPrepared):
            yield start, event.item, event.message


def _missing(promised: Sequence[Promise], notices: Sequence[Notice]) -> Iterator[tuple[int, str]]:
    there = {(_start(notice), notice.item, notice.message) for notice in notices}
    for start, item, message in promised:
        if (start, item, message) not in there:
            yield start, f"the message {message} about {item or 'the case'} that event {start} promises is missing"
    places: defaultdict[int, list[int]] = defaultdict(list)
    for notice in notices:
        places[_start(notice)].append(NoticeNumber.parse(notice.number).place)
    for start, numbers in places.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield start, f"of the messages that event {start} promises one is missing"


def _start(notice: Notice) -> int:
    return NoticeNumber.parse(notice.number).event


def _unpromised(notice: Notice, stored: Sequence[EventRow], events: Sequence[e.Event], starts: Sequence[int]) -> str:
    """What its events do not know of it."""
    start = _start(notice)
    group = [event for event, begins in zip(events, starts, strict=True) if begins == start]
    if not group or stored[start - 1].recorded_at != notice.created_at:
        return "is promised by no event of its moment"
    about = any(
        notice.message in {getattr(event, "message", None), "undelivered"} or isinstance(event, e.Undelivered)
        for event in group
    )
    return "" if about else "is promised by no event"


def _taken_back(
    workspace: Workspace,
    reference: str,
    plan: Plan,
    events: Sequence[e.Event],
    stored: Sequence[EventRow],
    starts: Sequence[int],
) -> Mapping[str, list[int]]:
    """By item, the commands (their first events) that took back what was queued about it."""
    taken: defaultdict[str, list[int]] = defaultdict(list)
    before: Case | None = None
    place = 0
    while place < len(events):
        start = starts[place]
        group = list(events[place : place + starts.count(start)])
        place += len(group)
        case = fold(reference, group) if before is None else reduce(apply, group, before)
        now = datetime.fromisoformat(stored[place - 1].recorded_at)
        context = CaseContext(plan, case, workspace.partnership, workspace.calendars, now)
        anew = (event.request for event in group if isinstance(event, e.AskedLate) and not event.stands)
        for item in (*withdrawn_items(context, before, group), *anew):
            taken[item].append(start)
        before = case
    return taken


def _wrong_end(
    workspace: Workspace,
    row: CaseRow,
    notice: Notice,
    attempts: Sequence[Attempt],
    events: Sequence[e.Event],
    taken_back: Mapping[str, list[int]] | None,
) -> str:
    last, start = attempts[-1] if attempts else None, _start(notice)
    if notice.sent_at != (last.at if last and last.outcome == "sent" and notice.status not in WAITING else None):
        return "says another moment of its sending than its tries"
    if notice.tries < max((attempt.number for attempt in attempts), default=0):
        return "counts fewer tries than there were"
    if notice.status == "undeliverable" and notice.sent_at:
        told = workspace.store.recorded(row, f"undelivered/{notice.id}") is not None
        return "" if told else "stands as refused, and no event says that it came back"
    if Recipient.parse(notice.recipient).is_contact and (words := _wrong_release(notice, events)):
        return words
    if taken_back is None:
        return ""
    was = any(command > start for command in taken_back.get(notice.item, ()))
    if notice.status == "withdrawn" and not was and not (last and last.outcome == "withdrawn"):
        return "stands as not needed, and nothing that was recorded says so"
    if notice.status in {"queued", TO_RELEASE} and was and not (last and last.outcome == "sent"):
        return "still waits, though it was answered or is not needed any more"
    return ""


def _wrong_release(notice: Notice, events: Sequence[e.Event]) -> str:
    contact = contact_recipient(Recipient.parse(notice.recipient).name)
    released = any(
        isinstance(event, e.LetterReleased) and event.item == notice.item for event in events[_start(notice) - 1 :]
    )
    if notice.recipient == contact and not released and notice.status not in {TO_RELEASE, "withdrawn"}:
        return "goes to a contact, and nobody released it"
    return ""
