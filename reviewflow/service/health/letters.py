"""Whether messages leave, wait or come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from reviewflow.london import london_day, stamp
from reviewflow.service.delivery.bounce_mailbox import bounce_mailbox_trouble
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.health.finding import Finding, Verdict
from reviewflow.service.workspace.workspace import Workspace

LATE = timedelta(days=1)
"""How long what is due may wait."""
BACK = timedelta(days=7)


def delivery(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """How messages leave, and who switched that."""
    yield Finding("delivery", Verdict.GOOD, delivery_mode(workspace, environ).words.rstrip("."))


def letters_that_wait(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """How many messages are due, and whether any has been for more than a day; how many reached nobody."""
    due = len(workspace.store.waiting(stamp(now)))
    late = len(workspace.store.waiting(stamp(now - LATE)))
    remedy = "sweep, and see why they wait: reviewflow outbox --waiting"
    says = f"{due} due to be sent" + (f", {late} of them for more than a day" if late else "")
    yield Finding("letters", Verdict.TO_DO if late else Verdict.GOOD, says, remedy if late else "")
    since = stamp(now - BACK)
    lost = sum(str(notice.created_at) >= since for notice in workspace.store.notices(status="undeliverable"))
    if lost:
        says = f"{lost} of the last seven days reached nobody as addressed"
        yield Finding("letters", Verdict.TO_DO, says, "see which: reviewflow outbox --refused")


def mail_that_comes_back(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether somebody must look after the mailbox that mail comes back to."""
    wrong = list(bounce_mailbox_trouble(workspace, since=london_day(now) - timedelta(days=365)))
    for sentence in wrong:
        yield Finding(
            "mail that comes back", Verdict.TO_DO, sentence.rstrip("."), "then look again: reviewflow bounces"
        )
    if not wrong:
        yield Finding("mail that comes back", Verdict.GOOD, "Nothing is known to be wrong with its mailbox")
