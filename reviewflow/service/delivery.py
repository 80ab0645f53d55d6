"""The outbox: what goes together to one mailbox, when, and what became of it. Sending itself is not done here.

A mailbox gets one ordinary letter a day, with everything that is due for it; what comes later waits for the next
office day. Urgent notices go at once, and take along what may go. A letter keeps its number until it has gone, so that
one that arrives twice is known by it; on another day it is put together anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewflow.case.advance import london_day
from reviewflow.case.plan import OFFICE
from reviewflow.service.delays import delayed, went_after_all
from reviewflow.service.effects import stamp
from reviewflow.service.mailboxes import mailbox, unreachable
from reviewflow.service.office import Office
from reviewflow.service.sending_times import may_go, next_day, next_time
from reviewflow.service.undelivered import not_delivered
from reviewflow.store.records import Letter, Notice, Waiting

LEASE = timedelta(minutes=10)
"""How long a sender may take before another may try: longer than any mail server is waited for."""
NOTHING_LEAVES = "Another letter of today was first; this goes on the next office day."


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that is claimed: the notices in it, most urgent first, and the one mailbox it goes to."""

    number: str
    address: str
    notices: tuple[Notice, ...]
    since: datetime
    """When it was first tried, which for a new one is now."""

    @property
    def tries(self) -> int:
        return max(notice.tries for notice in self.notices)

    @property
    def urgent(self) -> bool:
        return any(notice.urgent for notice in self.notices)


def letters(office: Office, *, clock: Callable[[], datetime], waits: bool = True) -> Iterator[Ready]:
    """Claim one letter after another until nothing is due. What reaches nobody ends here, visibly.

    Without `waits` nothing is kept back for the quiet hours: for letters that are only written to a folder.
    """
    while True:
        now = clock()
        waiting = office.store.waiting(stamp(now))
        if not waiting:
            return
        for address, group in _by_mailbox(office, waiting, now):
            yield from _of_one_mailbox(office, address, group, now=clock(), waits=waits)


def take(office: Office, *, now: datetime, waits: bool = True) -> Ready | None:
    """Claim the next letter that is due to go out."""
    return next(letters(office, clock=lambda: now, waits=waits), None)


def _by_mailbox(office: Office, waiting: Iterable[Waiting], now: datetime) -> Iterator[tuple[str, list[Waiting]]]:
    groups: defaultdict[str, list[Waiting]] = defaultdict(list)
    for each in waiting:
        why = unreachable(office.partnership, each.recipient)
        if why is None:
            groups[(mailbox(office.partnership, each.recipient) or "").lower()].append(each)
        else:
            for notice in office.store.claim([each.id], stamp(now), stamp(now + LEASE)):
                not_delivered(office, notice, why, now=now)
    yield from groups.items()


def _of_one_mailbox(
    office: Office, address: str, group: Sequence[Waiting], *, now: datetime, waits: bool
) -> Iterator[Ready]:
    """Today's letters that are tried again, then one with what is new."""
    partnership, calendar, today = office.partnership, office.calendars[OFFICE], london_day(now).isoformat()
    had = office.store.letter_of(today, address)
    later = next_day(partnership, calendar, now) if had else next_time(partnership, calendar, now)
    open_now = not waits or may_go(partnership, calendar, now)
    again, new = _again(group, today)
    for number, members in again.items():
        if open_now or number != had:
            yield from _claim(office, Letter(number, address, today, number != had), members, now)
        else:
            office.store.put_off(
                [each.id for each in members], stamp(now), stamp(next_time(partnership, calendar, now))
            )
    ordinary = [each for each in new if not each.urgent]
    going = new if open_now and not had else [each for each in new if each.urgent]
    if ordinary and len(going) < len(new):
        office.store.put_off([each.id for each in ordinary], stamp(now), stamp(later))
    if going:
        founder = min(going, key=lambda each: each.id)
        letter = Letter(founder.number, address, today, all(each.urgent for each in going))
        yield from _claim(office, letter, going, now)


def _again(group: Iterable[Waiting], today: str) -> tuple[dict[str, list[Waiting]], list[Waiting]]:
    """What is already in a letter of today, by its number, and what is not."""
    again: defaultdict[str, list[Waiting]] = defaultdict(list)
    new = []
    for each in group:
        if each.letter is not None and each.day == today:
            again[each.letter].append(each)
        else:
            new.append(each)
    return again, new


def _claim(office: Office, letter: Letter, members: Sequence[Waiting], now: datetime) -> Iterator[Ready]:
    """Nothing when somebody else was first."""
    store = office.store
    notices = store.claim([each.id for each in members], stamp(now), stamp(now + LEASE))
    if not notices:
        return
    if not store.enclose([each.id for each in notices], letter):
        later = next_day(office.partnership, office.calendars[OFFICE], now)
        store.settle(notices, "queued", now=stamp(now), detail=NOTHING_LEAVES, next_try=stamp(later))
        return
    first = store.first_try(letter.number)
    since = datetime.fromisoformat(first) if first else now
    yield Ready(letter.number, letter.address, tuple(_most_urgent_first(office, notices)), since)


def _most_urgent_first(office: Office, notices: Iterable[Notice]) -> list[Notice]:
    """Urgent ones, then by the day on which what they are about is due."""
    found = list(notices)
    days = {
        (reference, row.item): row.due or "9"
        for reference in ({each.reference for each in found} if len(found) > 1 else ())
        for _, row in office.store.items(reference, None)
    }
    return sorted(found, key=lambda each: (not each.urgent, days.get((each.reference, each.item), "9"), each.id))


def sent(office: Office, ready: Ready, *, now: datetime, detail: str) -> None:
    for notice in ready.notices:
        went_after_all(office, notice, now=now)
    office.store.settle(ready.notices, "sent", now=stamp(now), detail=detail)


def failed(office: Office, ready: Ready, *, now: datetime, detail: str, next_try: datetime | None) -> None:
    """Try again later; when there is no later, the next in the chain gets it and business support is told."""
    if next_try is None:
        for notice in ready.notices:
            not_delivered(office, notice, detail, now=now)
        return
    for notice in ready.notices:
        delayed(office, notice, detail, now=now)
    calendar = office.calendars[OFFICE]
    later = next_try if ready.urgent else next_time(office.partnership, calendar, next_try)
    office.store.settle(ready.notices, "queued", now=stamp(now), detail=detail, next_try=stamp(later))
