"""Letters that a mail server took over and that came back later: as one that was refused at once, and only once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from reviewflow.london import stamp
from reviewflow.service.delivery.delays import delayed
from reviewflow.service.delivery.failures import answered, note_lost, record
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Digest, Notice

CLOCKS = timedelta(minutes=1)
"""How far the clock of a service may be behind ours."""
UNDECIDED = {"queued", "sending"}


class BounceResult(StrEnum):
    """What became of a report that a letter did not arrive."""

    DEALT_WITH = "dealt with"
    NOT_YET = "not yet"
    """It came before the sender had written down that the letter went, or while it is tried again: look again later."""
    NOT_OURS = "not ours"


def record_bounce(
    workspace: Workspace, number: str, address: str, why: str, *, lasting: bool, now: datetime
) -> BounceResult:
    """Only a letter of ours that went to this very address is believed.

    `why` is the middle of a sentence. One that is only late (not `lasting`) is passed on to nobody.
    """
    notices = workspace.store.of_letter(number, address)
    for notice in notices:
        if notice.status == "sent":
            _take_back(workspace, notice, why, lasting=lasting, now=now)
    digests = _digests_are_back(workspace, number, address, _detail(why, lasting=lasting), lasting=lasting, now=now)
    return _fate([*(notice.status for notice in notices), *digests])


def record_loss(
    workspace: Workspace, number: str, address: str, why: str, *, taken_over: datetime, now: datetime
) -> BounceResult:
    """A service took it over and lost it by its own fault: the letter goes once more. Lost again, it has come back.

    A service tells of it for days: what it took over before the letter went again is old news.
    """
    notices = workspace.store.of_letter(number, address)
    for notice in notices:
        if notice.sent_at and notice.status == "sent" and taken_over >= datetime.fromisoformat(notice.sent_at) - CLOCKS:
            if notice.tries > 1 or answered(workspace, notice):
                _take_back(workspace, notice, why, lasting=True, now=now)
            else:
                delayed(workspace, notice, f"It was taken over and lost: {why}.", now=now)
                workspace.store.send_again(notice, now=stamp(now), detail=f"It was taken over and lost: {why}.")
    digests = _digests_are_back(workspace, number, address, _detail(why, lasting=True), lasting=True, now=now)
    return _fate([*(notice.status for notice in notices), *digests])


def _fate(statuses: Iterable[str]) -> BounceResult:
    found = set(statuses)
    if not found:
        return BounceResult.NOT_OURS
    return BounceResult.NOT_YET if found & UNDECIDED else BounceResult.DEALT_WITH


def _detail(why: str, *, lasting: bool) -> str:
    return f"It was taken over and came back: {why}." if lasting else f"It is late on its way: {why}."


def _take_back(workspace: Workspace, notice: Notice, why: str, *, lasting: bool, now: datetime) -> None:
    detail = _detail(why, lasting=lasting)
    if lasting:
        record(workspace, notice, detail, now=now)
    workspace.store.come_back(notice, "undeliverable" if lasting else "sent", detail=detail)


def _digests_are_back(
    workspace: Workspace, number: str, address: str, detail: str, *, lasting: bool, now: datetime
) -> list[str]:
    """How those stood that were in this letter: one that is lost is written into the office's log."""
    found = [
        digest
        for digest in workspace.store.digests()
        if digest.letter == number and _went_to(workspace, digest, address)
    ]
    for digest in found:
        if digest.status == "sent" and lasting:
            note_lost(workspace, digest, detail, now=now)
        workspace.store.digest_comes_back(digest.key, "undeliverable" if lasting else "sent", detail=detail)
    return [each.status for each in found]


def _went_to(workspace: Workspace, digest: Digest, address: str) -> bool:
    return (mailbox(workspace.partnership, digest.recipient) or "").lower() == address
