"""The queue of letters: which notices go together to one mailbox, when, and what became of them. Sends nothing itself.

A mailbox gets one ordinary letter a day, with everything that is due for it, digests too; what comes later waits for
the next office day. Urgent notices go at once, with what may go beside them. A letter keeps its reference while its
text stays, so that one that arrives twice is known by it; on another day it is put together anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from reviewflow.calendar import OFFICE
from reviewflow.case.model.ids import Recipient
from reviewflow.london import london_day, stamp
from reviewflow.service.contacts.marks import mark_of
from reviewflow.service.delivery.also_due import AlsoDue, lists_all_work
from reviewflow.service.delivery.claims import (
    MESSAGE,
    SENT,
    LetterBoundary,
    named_soundly,
    postpone,
    settle,
    sound,
    take,
)
from reviewflow.service.delivery.contents.leaving import as_far_as_subjects_show, as_they_leave
from reviewflow.service.delivery.contents.order import in_order, most_urgent_first, with_days_passed
from reviewflow.service.delivery.contents.superseded import without_superseded
from reviewflow.service.delivery.delays import record_delay, record_left, record_recovery
from reviewflow.service.delivery.failures import give_up_digest, give_up_notice
from reviewflow.service.delivery.letter_versions import named
from reviewflow.service.delivery.one_letter_a_day import one_letter_a_day
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.owner_first import OWNER_FIRST, LetterCases, too_early
from reviewflow.service.delivery.restoration import unsettled
from reviewflow.service.messages.mailboxes import mailbox, unreachable
from reviewflow.service.messages.quiet_hours import may_go, next_day, next_time
from reviewflow.service.trouble.boundary import plain
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice, QueuedNotice, StoredDigest, StoredLetter

NOTHING_LEAVES = "Another letter of today was first; this goes on the next office day."


def outgoing_letters(
    workspace: Workspace, *, clock: Callable[[], datetime], waits: bool = True, boundary: LetterBoundary | None = None
) -> Iterator[OutgoingLetter]:
    """Claim one letter after another until nothing is due. Notices that nobody can receive are given up here.

    Without `waits` nothing is kept back for the quiet hours: for letters that are only written to a folder. `clock`
    gives the present moment; it is read for each letter, because a claim ends by the clock. After a restore nothing
    goes at all, until it is settled what went meanwhile.
    """
    if unsettled(workspace):
        return
    boundary = boundary or LetterBoundary(workspace, clock())
    workspace.aside = boundary.case
    _write_again(workspace, boundary, clock())
    also_due = AlsoDue(workspace, clock())
    while True:
        now = clock()
        waiting = [queued for queued in workspace.store.waiting(stamp(now)) if boundary.may_go(queued.number)]
        if not waiting:
            boundary.end("case", MESSAGE)
            return
        for address, group in _by_mailbox(workspace, boundary, waiting, now):
            letters: list[tuple[StoredLetter, Sequence[QueuedNotice]]] = []
            with boundary.message(*(member.number for member in group)):
                letters += _of_one_mailbox(workspace, boundary, address, group, now=clock(), waits=waits)
            for letter, members in letters:
                claimed: list[OutgoingLetter] = []
                with boundary.message(*(member.number for member in members)):
                    claimed += _claim(also_due, boundary, letter, members, clock())
                yield from claimed


def next_letter(workspace: Workspace, *, now: datetime, waits: bool = True) -> OutgoingLetter | None:
    """Claim the next letter that is due; None when there is none."""
    return next(outgoing_letters(workspace, clock=lambda: now, waits=waits), None)


def _by_mailbox(
    workspace: Workspace, boundary: LetterBoundary, waiting: Iterable[QueuedNotice], now: datetime
) -> Iterator[tuple[str, list[QueuedNotice]]]:
    groups: defaultdict[str, list[QueuedNotice]] = defaultdict(list)
    for queued in waiting:
        with boundary.message(queued.number):
            if Recipient.parse(named_soundly(queued).recipient).is_contact:
                groups[mark_of(queued.recipient, queued.number)].append(queued)
                continue
            why = unreachable(workspace.partnership, queued.recipient)
            if why is None:
                groups[(mailbox(workspace.partnership, queued.recipient) or "").lower()].append(queued)
            else:
                _give_up(workspace, *take(workspace, boundary, [queued], now), why, now=now)
    yield from groups.items()


def _give_up(
    workspace: Workspace, notices: Iterable[Notice], digests: Iterable[StoredDigest], why: str, *, now: datetime
) -> None:
    for notice in notices:
        give_up_notice(workspace, notice, why, now=now)
    for digest in digests:
        give_up_digest(workspace, digest, why, now=now)


def _of_one_mailbox(
    workspace: Workspace,
    boundary: LetterBoundary,
    address: str,
    group: Sequence[QueuedNotice],
    *,
    now: datetime,
    waits: bool,
) -> Iterator[tuple[StoredLetter, Sequence[QueuedNotice]]]:
    """Today's letters that are tried again, then one with what is new; all else is postponed."""
    partnership, calendar, today = workspace.partnership, workspace.calendars[OFFICE], london_day(now).isoformat()
    had = workspace.store.ordinary_letter(today, address)
    later = next_day(partnership, calendar, now) if had else next_time(partnership, calendar, now)
    open_now = not waits or may_go(partnership, calendar, now)
    again, new = _again(group, today)
    for number, members in again.items():
        if open_now or number != had:
            yield StoredLetter(number, address, today, number != had), members
        else:
            postpone(workspace, boundary, members, now, next_time(partnership, calendar, now))
    going, waiting = one_letter_a_day(new, had_one=bool(had), may_go_now=open_now)
    if waiting:
        postpone(workspace, boundary, waiting, now, later)
    if going:
        founder = min(going, key=lambda member: (member.digest, in_order(member.number)))
        letter = StoredLetter(founder.number, address, today, all(member.urgent for member in going))
        yield letter, going


def _again(group: Iterable[QueuedNotice], today: str) -> tuple[dict[str, list[QueuedNotice]], list[QueuedNotice]]:
    """What is already in a letter of today, by its number, and what is not."""
    again: defaultdict[str, list[QueuedNotice]] = defaultdict(list)
    new = []
    for member in group:
        if member.letter is not None and member.day == today:
            again[member.letter].append(member)
        else:
            new.append(member)
    return again, new


def _claim(
    also_due: AlsoDue, boundary: LetterBoundary, letter: StoredLetter, members: Sequence[QueuedNotice], now: datetime
) -> Iterator[OutgoingLetter]:
    """The letter, claimed; nothing when somebody else was first, or when nothing in it is to be sent any more."""
    workspace, store = also_due.workspace, also_due.workspace.store
    notices, digests = take(workspace, boundary, members, now)
    notices = sound(boundary, notices)
    of_letter = LetterCases(workspace, (notice.reference for notice in notices))
    cases, notices = without_superseded(of_letter, notices, now)
    notices, digests = _without_early(cases, notices, now), sound(boundary, digests)
    if workspace.subjects_only:
        notices = as_far_as_subjects_show(cases, notices, now)
    else:
        notices = with_days_passed(cases, as_they_leave(cases, notices, now), now)
    if not notices and not digests:
        return
    lists_more = not (letter.urgent or workspace.subjects_only or lists_all_work(workspace.partnership, digests))
    if lists_more:
        letter = replace(letter, also_due=_also_due(also_due, letter, notices))
    ordered = tuple(most_urgent_first(cases, notices))
    before = {member.letter for member in members if member.letter is not None}
    ready = OutgoingLetter(letter.number, letter.address, ordered, now, tuple(digests), letter.also_due)
    ready, dispatch = named(workspace, ready, letter, before)
    if not store.enclose([notice.id for notice in notices], digests, letter, dispatch):
        later = stamp(next_day(workspace.partnership, workspace.calendars[OFFICE], now))
        store.record_delivery(notices, "queued", now=stamp(now), detail=NOTHING_LEAVES, next_try=later, digests=digests)
        return
    first = store.first_try(letter.number) or next((digest.created_at for digest in digests if not notices), None)
    since = boundary.attempt(lambda: datetime.fromisoformat(first) if first else now, otherwise=now)
    yield replace(ready, since=since)


def _without_early(cases: LetterCases, notices: Sequence[Notice], now: datetime) -> list[Notice]:
    """These without what goes when the owner had a working day, which is put off to the next office day."""
    early, workspace = too_early(cases, notices, now), cases.workspace
    if early:
        later = stamp(next_day(workspace.partnership, workspace.calendars[OFFICE], now))
        workspace.store.record_delivery(early, "queued", now=stamp(now), detail=OWNER_FIRST, next_try=later)
    return [notice for notice in notices if notice not in early]


def _also_due(also_due: AlsoDue, letter: StoredLetter, notices: Sequence[Notice]) -> tuple[str, ...]:
    """What else the mailbox owes; a letter that is tried again lists nothing that it did not list before."""
    lines, before = (
        also_due.lines(letter.address, notices),
        also_due.workspace.store.also_due_in(letter.number, letter.day),
    )
    return tuple(line for line in lines if before is None or line in before)


def sent(
    workspace: Workspace, ready: OutgoingLetter, *, now: datetime, detail: str, boundary: LetterBoundary | None = None
) -> None:
    """Record that a claimed letter was sent; `detail` is what the channel answered.

    A case in whose history that cannot be written keeps no letter from being recorded as sent: it would go again.
    """
    boundary = boundary or LetterBoundary(workspace, now)
    cases = LetterCases(workspace, (notice.reference for notice in ready.notices))
    for notice in ready.notices:
        with boundary.inside(SENT, plain(notice.number)):
            record_recovery(workspace, notice, now=now)
            record_left(workspace, notice, now=now, row=cases.row(notice.reference))
    settle(workspace, boundary, ready.notices, ready.digests, "sent", now=now, detail=detail)


def _write_again(workspace: Workspace, boundary: LetterBoundary, now: datetime) -> None:
    """Write into histories, as far as it works now, what became of messages that were sent."""
    for number in boundary.waiting(SENT):
        with boundary.around(SENT, number):
            of_case = workspace.store.notices(number.rpartition("/")[0], "sent")
            for notice in (notice for notice in of_case if notice.number == number):
                record_recovery(workspace, notice, now=now)
                record_left(workspace, notice, now=now)


def failed(
    workspace: Workspace,
    ready: OutgoingLetter,
    *,
    now: datetime,
    detail: str,
    next_try: datetime | None,
    boundary: LetterBoundary | None = None,
) -> None:
    """Record that a claimed letter was not sent, and why, as a sentence.

    It is tried again at `next_try`, outside the quiet hours unless it is urgent; when that is None its notices are
    given up: the next in the chain gets each, and business support is told.
    """
    boundary = boundary or LetterBoundary(workspace, now)
    if next_try is None:
        for notice in ready.notices:
            with boundary.message(notice.number):
                give_up_notice(workspace, notice, detail, now=now)
        _give_up(workspace, (), ready.digests, detail, now=now)
        return
    for notice in ready.notices:
        with boundary.inside(SENT, plain(notice.number)):
            record_delay(workspace, notice, detail, now=now)
    calendar = workspace.calendars[OFFICE]
    later = next_try if ready.urgent else next_time(workspace.partnership, calendar, next_try)
    settle(workspace, boundary, ready.notices, ready.digests, "queued", now=now, detail=detail, next_try=stamp(later))
