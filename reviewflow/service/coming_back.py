"""Letters that a mail server took over and that came back later: as one that was refused at once, and only once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from reviewflow.service.delays import delayed
from reviewflow.service.digests import note_lost
from reviewflow.service.effects import stamp
from reviewflow.service.mailboxes import mailbox
from reviewflow.service.office import Office
from reviewflow.service.undelivered import answered, record
from reviewflow.store.records import Digest, Notice

DIGEST = "digest/"
"""Before the key of a summary: the number of the letter that it goes in."""
CLOCKS = timedelta(minutes=1)
"""How far the clock of a service may be behind ours."""
UNDECIDED = {"queued", "sending"}


class Fate(StrEnum):
    """What became of a report that a letter did not arrive."""

    DEALT_WITH = "dealt with"
    NOT_YET = "not yet"
    """It came before the sender had written down that the letter went, or while it is tried again: look again later."""
    NOT_OURS = "not ours"


def came_back(office: Office, number: str, address: str, why: str, *, lasting: bool, now: datetime) -> Fate:
    """Only a letter of ours that went to this very address is believed.

    `why` is the middle of a sentence. One that is only late (not `lasting`) is passed on to nobody.
    """
    if number.startswith(DIGEST):
        found = _digest(office, number.removeprefix(DIGEST), address)
        return _digest_is_back(office, found, why, lasting=lasting, now=now) if found else Fate.NOT_OURS
    notices = office.store.of_letter(number, address)
    for notice in notices:
        if notice.status == "sent":
            _take_back(office, notice, why, lasting=lasting, now=now)
    return _fate(notice.status for notice in notices)


def was_lost(office: Office, number: str, address: str, why: str, *, taken_over: datetime, now: datetime) -> Fate:
    """A service took it over and lost it by its own fault: the letter goes once more. Lost again, it has come back.

    A service tells of it for days: what it took over before the letter went again is old news.
    """
    if number.startswith(DIGEST):
        return came_back(office, number, address, why, lasting=True, now=now)
    notices = office.store.of_letter(number, address)
    for notice in notices:
        if notice.sent_at and notice.status == "sent" and taken_over >= datetime.fromisoformat(notice.sent_at) - CLOCKS:
            if notice.tries > 1 or answered(office, notice):
                _take_back(office, notice, why, lasting=True, now=now)
            else:
                delayed(office, notice, f"It was taken over and lost: {why}.", now=now)
                office.store.send_again(notice, now=stamp(now), detail=f"It was taken over and lost: {why}.")
    return _fate(notice.status for notice in notices)


def _fate(statuses: Iterable[str]) -> Fate:
    found = set(statuses)
    if not found:
        return Fate.NOT_OURS
    return Fate.NOT_YET if found & UNDECIDED else Fate.DEALT_WITH


def _detail(why: str, *, lasting: bool) -> str:
    return f"It was taken over and came back: {why}." if lasting else f"It is late on its way: {why}."


def _take_back(office: Office, notice: Notice, why: str, *, lasting: bool, now: datetime) -> None:
    detail = _detail(why, lasting=lasting)
    if lasting:
        record(office, notice, detail, now=now)
    office.store.come_back(notice, "undeliverable" if lasting else "sent", detail=detail)


def _digest(office: Office, key: str, address: str) -> Digest | None:
    found = next((each for each in office.store.digests() if each.key == key), None)
    went_there = found is not None and (mailbox(office.partnership, found.recipient) or "").lower() == address
    return found if went_there else None


def _digest_is_back(office: Office, digest: Digest, why: str, *, lasting: bool, now: datetime) -> Fate:
    detail = _detail(why, lasting=lasting)
    if digest.status == "sent" and lasting:
        note_lost(office, digest, detail, now=now)
    office.store.digest_comes_back(digest.key, "undeliverable" if lasting else "sent", detail=detail)
    return _fate([digest.status])
