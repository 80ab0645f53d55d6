"""Bounces: letters that a mail server accepted and that came back later, treated as refused, once each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from reviewflow.london import stamp
from reviewflow.service.delivery.delays import record_delay
from reviewflow.service.delivery.failures import is_answered, log_lost_digest, record_undelivered
from reviewflow.service.delivery.restored.settling import settle_by_mail
from reviewflow.service.messages.mailboxes import mailbox
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice, StoredDigest

CLOCKS = timedelta(minutes=1)
"""How far the clock of a service may be behind ours."""
UNDECIDED = {"queued", "sending"}


class BounceResult(StrEnum):
    """What was done about a report that a letter did not arrive."""

    DEALT_WITH = "dealt with"
    NOT_YET = "not yet"
    """It came before the letter was recorded as sent, while it is tried again, or after a restore before a person has
    said whether the letter was sent: read the report again later."""
    NOT_OURS = "not ours"


def record_bounce(
    workspace: Workspace, number: str, address: str, why: str, *, lasting: bool, now: datetime
) -> BounceResult:
    """Record that the letter of this number did not arrive at this address, or (not `lasting`) is only late.

    A report is believed only of a letter of ours that went to this very address. A lasting one is passed on as a
    refusal is. `why` is the middle of a sentence. Raises UnknownCase or CaseConflict.
    """
    if settle_by_mail(workspace, number, address, "it came back", now=now):
        return BounceResult.NOT_YET
    number = workspace.store.letter_of(number)
    notices = workspace.store.notices_in_letter(number, address)
    for notice in notices:
        if notice.status == "sent":
            _record_notice(workspace, notice, why, lasting=lasting, now=now)
    digests = _record_digests(workspace, number, address, _detail(why, lasting=lasting), lasting=lasting, now=now)
    return _result([*(notice.status for notice in notices), *digests])


def record_loss(
    workspace: Workspace, number: str, address: str, why: str, *, taken_over: datetime, now: datetime
) -> BounceResult:
    """A service accepted a letter and lost it by its own fault: it is sent once more; lost again, it counts as bounced.

    A service reports this for days: a report with a `taken_over` before the letter was last sent is ignored.
    """
    number = workspace.store.letter_of(number)
    notices = workspace.store.notices_in_letter(number, address)
    for notice in notices:
        if notice.sent_at and notice.status == "sent" and taken_over >= datetime.fromisoformat(notice.sent_at) - CLOCKS:
            if notice.tries > 1 or is_answered(workspace, notice):
                _record_notice(workspace, notice, why, lasting=True, now=now)
            else:
                record_delay(workspace, notice, f"It was taken over and lost: {why}.", now=now)
                workspace.store.send_again(notice, now=stamp(now), detail=f"It was taken over and lost: {why}.")
    digests = _record_digests(workspace, number, address, _detail(why, lasting=True), lasting=True, now=now)
    return _result([*(notice.status for notice in notices), *digests])


def _result(statuses: Collection[str]) -> BounceResult:
    if not statuses:
        return BounceResult.NOT_OURS
    return BounceResult.NOT_YET if UNDECIDED.intersection(statuses) else BounceResult.DEALT_WITH


def _detail(why: str, *, lasting: bool) -> str:
    return f"It was taken over and came back: {why}." if lasting else f"It is late on its way: {why}."


def _record_notice(workspace: Workspace, notice: Notice, why: str, *, lasting: bool, now: datetime) -> None:
    detail = _detail(why, lasting=lasting)
    if lasting:
        record_undelivered(workspace, notice, detail, now=now)
    workspace.store.record_bounce(notice, "undeliverable" if lasting else "sent", detail=detail)


def _record_digests(
    workspace: Workspace, number: str, address: str, detail: str, *, lasting: bool, now: datetime
) -> list[str]:
    """Record it of the digests in this letter, with a note in the office's log; returns the status that each had."""
    bounced = [
        digest
        for digest in workspace.store.digests()
        if digest.letter == number and _went_to(workspace, digest, address)
    ]
    for digest in bounced:
        if digest.status == "sent" and lasting:
            log_lost_digest(workspace, digest, detail, now=now)
        workspace.store.record_digest_bounce(digest.key, "undeliverable" if lasting else "sent", detail=detail)
    return [digest.status for digest in bounced]


def _went_to(workspace: Workspace, digest: StoredDigest, address: str) -> bool:
    return (mailbox(workspace.partnership, digest.recipient) or "").lower() == address
