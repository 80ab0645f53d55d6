"""Whether messages leave, wait or come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from reviewflow.london import london_day, read_stamp, stamp
from reviewflow.service.delivery.bounce_mailbox import bounce_mailbox_trouble
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, good, to_do
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import moment_words

LATE = timedelta(days=1)
"""How long what is due may wait."""
BACK = timedelta(days=7)


def delivery(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """How messages leave, and who switched that."""
    mode = delivery_mode(workspace, environ)
    if mode.held:
        yield to_do(Ailment.DELIVERY_HELD, "delivery", mode.words.rstrip("."), "settle it: reviewflow settle")
    else:
        yield good("delivery", mode.words.rstrip("."))


def letters_that_wait(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """How many messages are due and since when, and whether any for over a day; how many reached nobody."""
    due = len(workspace.store.waiting(stamp(now)))
    late = len(workspace.store.waiting(stamp(now - LATE)))
    since = workspace.store.longest_due(stamp(now))
    says = f"{due} due to be sent" + (f", the first since {moment_words(read_stamp(since))}" if since else "")
    if late:
        remedy = "sweep, and see why they wait: reviewflow outbox --waiting"
        yield to_do(Ailment.LETTERS_LATE, "letters", f"{says}; {late} of them for more than a day", remedy)
    else:
        yield good("letters", says)
    lost = sum(
        str(notice.created_at) >= stamp(now - BACK) for notice in workspace.store.notices(status="undeliverable")
    )
    if lost:
        says = f"{lost} of the last seven days did not reach whom {'it was' if lost == 1 else 'they were'} for"
        remedy = "see which: reviewflow outbox --refused; ring, and put the mailbox right"
        yield to_do(Ailment.LETTERS_LOST, "letters", says, remedy)


def mail_that_comes_back(workspace: Workspace, now: datetime) -> Iterator[Finding]:
    """Whether somebody must look after the mailbox that mail comes back to."""
    wrong = list(bounce_mailbox_trouble(workspace, since=london_day(now) - timedelta(days=365)))
    for sentence in wrong:
        remedy = "then look again: reviewflow bounces"
        yield to_do(Ailment.BOUNCES, "mail that comes back", sentence.rstrip("."), remedy)
    if not wrong:
        yield good("mail that comes back", "Nothing is known to be wrong with its mailbox")
