"""The outbox: which notice goes next and to which mailbox, and what became of it. Sending itself is not done here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewflow.language.model import Partnership
from reviewflow.service.effects import stamp
from reviewflow.service.office import Office
from reviewflow.store.records import Notice

LEASE = timedelta(minutes=10)
"""How long a sender may take before another may try: longer than any mail server is waited for."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed notice with the one mailbox it goes to."""

    notice: Notice
    address: str


def take(office: Office, *, now: datetime) -> Ready | None:
    """Claim the next notice that is due to go out. A notice that reaches nobody ends here, visibly."""
    while True:
        notice = office.store.claim_notice(stamp(now), stamp(now + LEASE))
        if notice is None:
            return None
        address = mailbox(office.partnership, notice.recipient)
        if address is not None:
            return Ready(notice, address)
        detail = f"Nobody is named for {notice.recipient} in partnership.yaml."
        office.store.settle_notice(notice, "undeliverable", now=stamp(now), detail=detail)


def sent(office: Office, ready: Ready, *, now: datetime, detail: str) -> None:
    office.store.settle_notice(ready.notice, "sent", now=stamp(now), detail=detail)


def failed(office: Office, ready: Ready, *, now: datetime, detail: str, next_try: datetime | None) -> None:
    """Try again later, or give up visibly when there is no later."""
    if next_try is None:
        office.store.settle_notice(ready.notice, "undeliverable", now=stamp(now), detail=detail)
    else:
        office.store.settle_notice(ready.notice, "queued", now=stamp(now), detail=detail, next_try=stamp(next_try))


def mailbox(partnership: Partnership, recipient: str) -> str | None:
    """The address of 'role:chair', 'agency:police:contact' and so on; None when nobody fills the post."""
    kind, name, *post = recipient.split(":")
    if kind == "role":
        role = partnership.roles.get(name)
        return role.email if role else None
    agency = partnership.agencies.get(name)
    if agency is None:
        return None
    match post:
        case ["deputy"]:
            return agency.deputy
        case ["senior"]:
            return agency.senior
        case ["partner"]:
            return mailbox(partnership, f"role:{agency.partner}") if agency.partner else None
        case _:
            return agency.contact
