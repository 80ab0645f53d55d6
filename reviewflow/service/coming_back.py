"""Letters that a mail server took over and that came back later: as one that was refused at once, and only once."""

from __future__ import annotations

from datetime import datetime

from reviewflow.service.digests import note_lost
from reviewflow.service.mailboxes import mailbox
from reviewflow.service.office import Office
from reviewflow.service.undelivered import record
from reviewflow.store.records import Notice

DIGEST = "digest/"
"""Before the key of a summary: the number of the letter that it goes in."""


def came_back(office: Office, number: str, address: str, why: str, *, lasting: bool, now: datetime) -> bool:
    """Whether it is known and dealt with. Only a letter of ours that went to this very address is believed.

    `why` is the middle of a sentence. One that is only late (not `lasting`) is passed on to nobody.
    """
    if number.startswith(DIGEST):
        return _digest(
            office, number.removeprefix(DIGEST), address, _detail(why, lasting=lasting), lasting=lasting, now=now
        )
    notices = office.store.of_letter(number, address)
    for notice in notices:
        if notice.status == "sent":
            _take_back(office, notice, why, lasting=lasting, now=now)
    return bool(notices)


def _detail(why: str, *, lasting: bool) -> str:
    return f"It was taken over and came back: {why}." if lasting else f"It is late on its way: {why}."


def _take_back(office: Office, notice: Notice, why: str, *, lasting: bool, now: datetime) -> None:
    detail = _detail(why, lasting=lasting)
    if lasting:
        record(office, notice, detail, now=now)
    office.store.come_back(notice, "undeliverable" if lasting else "sent", detail=detail)


def _digest(office: Office, key: str, address: str, detail: str, *, lasting: bool, now: datetime) -> bool:
    found = next((each for each in office.store.digests() if each.key == key), None)
    if found is None or (mailbox(office.partnership, found.recipient) or "").lower() != address:
        return False
    if found.status == "sent" and lasting:
        note_lost(office, found, detail, now=now)
    office.store.digest_comes_back(key, "undeliverable" if lasting else "sent", detail=detail)
    return True
