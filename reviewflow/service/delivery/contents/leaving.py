"""What a letter says holds on the day on which it leaves: what waited is written again from the case as it is then.

So no letter names a day to come that has passed, a due day that has moved, or a reminder that never left. A letter to
a person stays as it was released, and thanks as they were given. The message keeps the words with which it was written,
which are sealed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, Recipient
from reviewflow.case.model.state import CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.links.looked_at_again import linked_as
from reviewflow.language.built_in_messages import RECEIPTS
from reviewflow.language.templates import named
from reviewflow.london import london_day, read_stamp, stamp
from reviewflow.service.delivery.contents.order import in_order, most_urgent_first
from reviewflow.service.delivery.contents.shared_meetings import OF_ONE_OF_SEVERAL, as_it_stands
from reviewflow.service.delivery.owner_first import LetterCases
from reviewflow.service.messages.fields.chasing import is_counted
from reviewflow.service.messages.fields.day_fields import asked_of
from reviewflow.service.messages.naming import subject_of
from reviewflow.service.messages.promised import promised
from reviewflow.service.workspace.context import CaseContext, Went
from reviewflow.store.records import CaseRow, EventRow, Notice, SentMessage
from reviewflow.store.records.message_references import NoticeNumber

HOUR = timedelta(hours=1)
"""From so long on words that count hours are others."""


def as_they_leave(cases: LetterCases, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """These claimed notices with the words that hold now."""
    leaving = []
    for notice in notices:
        written = None
        with cases.workspace.aside(notice.reference):
            written = _written_anew(cases, notice, now)
        leaving.append(written or notice)
    return leaving


def as_far_as_subjects_show(cases: LetterCases, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """The same where of each letter the subject alone is asked for: others than these are not written anew.

    It shows the subject of its first message, and how many there are, of which two that are alike count as one.
    """
    claimed = list(notices)
    alike = Counter(map(_about, claimed))
    first = {notice.id for notice in most_urgent_first(cases, claimed)[:1]}
    shown = [notice for notice in claimed if notice.id in first or alike[_about(notice)] > 1]
    anew = {notice.id: notice for notice in as_they_leave(cases, shown, now)}
    return [anew.get(notice.id, notice) for notice in claimed]


def _about(notice: Notice) -> tuple[str, str, str]:
    return notice.reference, notice.item, notice.message


def _written_anew(cases: LetterCases, notice: Notice, now: datetime) -> Notice | None:
    """None where the words that were written still hold, or are to stay."""
    row = cases.row(notice.reference)
    if row is None or Recipient.parse(notice.recipient).is_contact or notice.message in RECEIPTS:
        return None
    command, has_changed = _events(cases, notice)
    events = [e.decode(event.kind, event.body) for event in command]
    of_a_meeting = next(_of_a_meeting(cases, row, events, notice, now), None)
    if of_a_meeting is not None:
        return of_a_meeting
    counts = _counts_what_went(cases.workspace.plan(row.definition), notice)
    if not (has_changed or counts or _is_of_before(notice, now)):
        return None
    context = _context(cases, row, notice, now)
    if not _is_about_open(context, notice.item):
        return None
    return next(_same(context, events, notice, now), None)


def _of_a_meeting(
    cases: LetterCases, row: CaseRow, events: Iterable[e.Event], notice: Notice, now: datetime
) -> Iterator[Notice]:
    """The notice in the words of what has become of a meeting of several cases, where those are others now."""
    if notice.message not in OF_ONE_OF_SEVERAL:
        return
    context = cases.workspace.context(row, now)
    for event in events:
        if isinstance(event, e.NoticeSent) and (event.item, event.message) == (notice.item, notice.message):
            told = as_it_stands(cases.workspace, context, event)
            if told.message != notice.message:
                yield from _same(context, [told], notice, now, told.message)


def _is_of_before(notice: Notice, now: datetime) -> bool:
    written = read_stamp(notice.created_at)
    return london_day(written) != london_day(now) or now - written >= HOUR


def _counts_what_went(plan: Plan, notice: Notice) -> bool:
    """Whether it tells how often and when it was asked for before."""
    message = plan.definition.messages.get(notice.message)
    return message is not None and not {"chased", "sent_before"}.isdisjoint(named(message.every_text))


def _same(
    context: CaseContext, events: Sequence[e.Event], notice: Notice, now: datetime, message: str = ""
) -> Iterator[Notice]:
    """Of what these events promise, this notice in the words of today, by another `message` where one is given."""
    for new in promised(context, events, (notice.item, message or notice.message)):
        if new.recipient == notice.recipient:
            yield replace(notice, subject=new.subject, text=new.text, counted_from=stamp(now))


def _events(cases: LetterCases, notice: Notice) -> tuple[list[EventRow], bool]:
    """The events of the command that wrote it, and whether anything came after them."""
    since = list(cases.workspace.store.events(notice.reference, _command(notice) - 1))
    first = since[0]
    command = [event for event in since if (event.recorded_at, event.by) == (first.recorded_at, first.by)]
    return command, len(command) < len(since)


def _command(notice: Notice | SentMessage) -> int:
    """The number of the first event of the command that wrote it."""
    return NoticeNumber.parse(notice.number).event


def _is_about_open(context: CaseContext, item: str) -> bool:
    """Whether what it asks for, or tells of, still runs."""
    case, plan = context.case, context.plan
    if LookAgain.ENDING.name_in(item):
        return True
    if case.status is not CaseStatus.OPEN:
        return False
    if LookAgain.LINK.name_in(item):
        return bool(linked_as(case, item))
    hold = LookAgain.HOLD.name_in(item)
    if hold:
        return hold in case.holds
    about = subject_of(plan, item)
    state = case.items.get(about)
    return state is None or bool(asked_of(plan, about)) or state.status in {Status.OPEN, Status.PENDING}


def _context(cases: LetterCases, row: CaseRow, notice: Notice, now: datetime) -> CaseContext:
    """The case now, with what has left before this notice about the same."""
    context = cases.workspace.context(row, now)
    about = subject_of(context.plan, notice.item)
    if about not in context.case.items:
        return context
    return replace(context, went={about: cache(lambda: _went(cases, context, about, notice))})


def _went(cases: LetterCases, context: CaseContext, about: str, notice: Notice) -> Went:
    state = context.case.items[about]
    days, left, by_command = list(state.chased), [], defaultdict[int, list[SentMessage]](list)
    counted = (
        other
        for other in cases.messages(notice.reference)
        if other.item == about and is_counted(context.plan, about, other.message)
    )
    for other in sorted(counted, key=lambda other: in_order(other.number)):
        by_command[_command(other)].append(other)
    for command, written in by_command.items():
        day = london_day(read_stamp(written[0].created_at))
        if day in days:
            days.remove(day)
            went_on = _sent_on(written) if command < _command(notice) else []
            left += went_on[:1]
    requested = _sent_on(cases.requests(notice.reference, about))
    asked = [day for day in requested if state.opened is None or day >= state.opened]
    undated = max(state.sent - len(state.chased), 0)
    return Went(asked[0] if asked else None, tuple(sorted(days + left)), undated)


def _sent_on(messages: Iterable[SentMessage]) -> list[date]:
    """The days on which these left and did not come back, the first first."""
    return sorted(
        london_day(read_stamp(other.sent_at)) for other in messages if other.status == "sent" and other.sent_at
    )
