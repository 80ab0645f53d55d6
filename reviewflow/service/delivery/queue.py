"""The outbox: what goes together to one mailbox, when, and what became of it. Sending itself is not done here.

A mailbox gets one ordinary letter a day, with everything that is due for it, digests too; what comes later waits for
the next office day. Urgent notices go at once, and take along what may go. A letter keeps its number until it has gone,
so that one that arrives twice is known by it; on another day it is put together anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from reviewflow.calendar import OFFICE
from reviewflow.london import london_day, stamp
from reviewflow.service.delivery.also_due import AlsoDue, tell_work
from reviewflow.service.delivery.delays import delayed, went_after_all
from reviewflow.service.delivery.failures import digest_not_delivered, not_delivered
from reviewflow.service.delivery.quiet_hours import may_go, next_day, next_time
from reviewflow.service.delivery.superseded import in_order, without_superseded
from reviewflow.service.messages.mailboxes import mailbox, unreachable
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Digest, Notice, QueuedNotice, StoredLetter

LEASE = timedelta(minutes=10)
"""How long a sender may take before another may try: longer than any mail server is waited for."""
NOTHING_LEAVES = "Another letter of today was first; this goes on the next office day."


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A letter that is claimed: the notices in it, most urgent first, the digests, and the one mailbox it goes to."""

    number: str
    address: str
    notices: tuple[Notice, ...]
    since: datetime
    """When it was first tried, which for a new one is now."""
    digests: tuple[Digest, ...] = ()
    besides: tuple[str, ...] = ()
    """What else its mailbox owes, a line each."""

    @property
    def tries(self) -> int:
        return max([notice.tries for notice in self.notices] + [digest.tries for digest in self.digests])

    @property
    def recipients(self) -> tuple[str, ...]:
        return (*(notice.recipient for notice in self.notices), *(digest.recipient for digest in self.digests))

    @property
    def urgent(self) -> bool:
        return any(notice.urgent for notice in self.notices)


def outgoing_letters(
    workspace: Workspace, *, clock: Callable[[], datetime], waits: bool = True
) -> Iterator[OutgoingLetter]:
    """Claim one letter after another until nothing is due. What reaches nobody ends here, visibly.

    Without `waits` nothing is kept back for the quiet hours: for letters that are only written to a folder.
    """
    owing = AlsoDue(workspace, clock())
    while True:
        now = clock()
        waiting = workspace.store.waiting(stamp(now))
        if not waiting:
            return
        for address, group in _by_mailbox(workspace, waiting, now):
            for letter, members in _of_one_mailbox(workspace, address, group, now=clock(), waits=waits):
                yield from _claim(owing, letter, members, clock())


def take(workspace: Workspace, *, now: datetime, waits: bool = True) -> OutgoingLetter | None:
    """Claim the next letter that is due to go out."""
    return next(outgoing_letters(workspace, clock=lambda: now, waits=waits), None)


def _by_mailbox(
    workspace: Workspace, waiting: Iterable[QueuedNotice], now: datetime
) -> Iterator[tuple[str, list[QueuedNotice]]]:
    groups: defaultdict[str, list[QueuedNotice]] = defaultdict(list)
    for each in waiting:
        why = unreachable(workspace.partnership, each.recipient)
        if why is None:
            groups[(mailbox(workspace.partnership, each.recipient) or "").lower()].append(each)
        else:
            notices, digests = _take(workspace, [each], now)
            for notice in notices:
                not_delivered(workspace, notice, why, now=now)
            for digest in digests:
                digest_not_delivered(workspace, digest, why, now=now)
    yield from groups.items()


def _of_one_mailbox(
    workspace: Workspace, address: str, group: Sequence[QueuedNotice], *, now: datetime, waits: bool
) -> Iterator[tuple[StoredLetter, Sequence[QueuedNotice]]]:
    """Today's letters that are tried again, then one with what is new."""
    partnership, calendar, today = workspace.partnership, workspace.calendars[OFFICE], london_day(now).isoformat()
    had = workspace.store.letter_of(today, address)
    later = next_day(partnership, calendar, now) if had else next_time(partnership, calendar, now)
    open_now = not waits or may_go(partnership, calendar, now)
    again, new = _again(group, today)
    for number, members in again.items():
        if open_now or number != had:
            yield StoredLetter(number, address, today, number != had), members
        else:
            _put_off(workspace, members, now, next_time(partnership, calendar, now))
    going, waiting = one_letter_a_day(new, had_one=bool(had), may_go_now=open_now)
    if waiting:
        _put_off(workspace, waiting, now, later)
    if going:
        founder = min(going, key=lambda each: (each.digest, in_order(each.number)))
        letter = StoredLetter(founder.number, address, today, all(each.urgent for each in going))
        yield letter, going


def one_letter_a_day(
    new: Sequence[QueuedNotice], *, had_one: bool, may_go_now: bool
) -> tuple[Sequence[QueuedNotice], Sequence[QueuedNotice]]:
    """Of what is new for a mailbox, what goes in a letter now, and what waits for the next.

    One ordinary letter a day, with everything that is due; urgent notices go at once, and take along what may go. The
    project's own rule: who is written to ten times a day reads none of it.
    """
    if may_go_now and not had_one:
        return new, ()
    return [notice for notice in new if notice.urgent], [notice for notice in new if not notice.urgent]


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
    owing: AlsoDue, letter: StoredLetter, members: Sequence[QueuedNotice], now: datetime
) -> Iterator[OutgoingLetter]:
    """Nothing when somebody else was first."""
    workspace, store = owing.office, owing.office.store
    notices, digests = _take(workspace, members, now)
    notices = without_superseded(workspace, notices, now)
    if not notices and not digests:
        return
    if not letter.urgent and not tell_work(workspace.partnership, digests):
        letter = replace(letter, besides=_besides(owing, letter, notices))
    if not store.enclose([notice.id for notice in notices], digests, letter):
        later = stamp(next_day(workspace.partnership, workspace.calendars[OFFICE], now))
        store.settle(notices, "queued", now=stamp(now), detail=NOTHING_LEAVES, next_try=later, digests=digests)
        return
    first = store.first_try(letter.number) or next((digest.created_at for digest in digests if not notices), None)
    since = datetime.fromisoformat(first) if first else now
    ordered = tuple(_most_urgent_first(workspace, notices))
    yield OutgoingLetter(letter.number, letter.address, ordered, since, tuple(digests), letter.besides)


def _besides(owing: AlsoDue, letter: StoredLetter, notices: Sequence[Notice]) -> tuple[str, ...]:
    """A letter that is tried again says what it said, but what is settled."""
    found, before = owing.besides(letter.address, notices), owing.office.store.besides(letter.number, letter.day)
    return tuple(each for each in found if before is None or each in before)


def _take(workspace: Workspace, members: Iterable[QueuedNotice], now: datetime) -> tuple[list[Notice], list[Digest]]:
    """Claim what is still due of these."""
    notices, digests = _kinds(members)
    until = (stamp(now), stamp(now + LEASE))
    return workspace.store.claim(notices, *until), workspace.store.claim_digests(digests, *until)


def _put_off(workspace: Workspace, members: Iterable[QueuedNotice], now: datetime, later: datetime) -> None:
    notices, digests = _kinds(members)
    workspace.store.put_off(notices, stamp(now), stamp(later))
    workspace.store.put_off_digests(digests, stamp(now), stamp(later))


def _kinds(members: Iterable[QueuedNotice]) -> tuple[list[int], list[str]]:
    """The notices among these, and the digests."""
    found = list(members)
    return [each.id for each in found if not each.digest], [each.digest for each in found if each.digest]


def _most_urgent_first(workspace: Workspace, notices: Iterable[Notice]) -> list[Notice]:
    """Urgent ones, then by the day on which what is owed is due; last what only tells or thanks."""
    found = list(notices)
    days = {
        (reference, row.item): (row.due or "9") if row.status == "open" else "99"
        for reference in ({each.reference for each in found} if len(found) > 1 else ())
        for _, row in workspace.store.items(reference, None)
    }
    return sorted(
        found, key=lambda each: (not each.urgent, days.get((each.reference, each.item), "99"), in_order(each.number))
    )


def sent(workspace: Workspace, ready: OutgoingLetter, *, now: datetime, detail: str) -> None:
    for notice in ready.notices:
        went_after_all(workspace, notice, now=now)
    workspace.store.settle(ready.notices, "sent", now=stamp(now), detail=detail, digests=ready.digests)


def failed(
    workspace: Workspace, ready: OutgoingLetter, *, now: datetime, detail: str, next_try: datetime | None
) -> None:
    """Try again later; when there is no later, the next in the chain gets it and business support is told."""
    if next_try is None:
        for notice in ready.notices:
            not_delivered(workspace, notice, detail, now=now)
        for digest in ready.digests:
            digest_not_delivered(workspace, digest, detail, now=now)
        return
    for notice in ready.notices:
        delayed(workspace, notice, detail, now=now)
    calendar = workspace.calendars[OFFICE]
    later = next_try if ready.urgent else next_time(workspace.partnership, calendar, next_try)
    workspace.store.settle(
        ready.notices, "queued", now=stamp(now), detail=detail, next_try=stamp(later), digests=ready.digests
    )
