"""The outbox worked off: each letter that is due goes to its one mailbox, and what became of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from notifications.backoff import next_try
from notifications.contact_letter import is_to_contact, send_to_contact
from notifications.delivery import Delivery
from notifications.letters.letter import Letter
from notifications.outcome import DeliveryStatus, Outcome
from notifications.routes import Going, mail_channel, nudges
from notifications.send import send, tell
from reviewflow.language.built_in_messages import RECEIPTS
from reviewflow.london import stamp
from reviewflow.service.delivery.claims import LetterBoundary
from reviewflow.service.delivery.letter_body import compose
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.delivery.queue import failed, outgoing_letters, sent
from reviewflow.service.door.letters import with_addresses
from reviewflow.service.health.routes import MAIL_SERVER
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import ROUTE


@dataclass(frozen=True, slots=True)
class Ways:
    """What is known of the routes while letters are delivered, each by its name."""

    down: set[str]
    tried: set[str]
    """By which a real letter went before."""
    carried: set[str] = field(default_factory=set)

    def note_first(self, workspace: Workspace, *, now: datetime) -> None:
        """Keep that these have carried a real letter now, once each: until then the doctor says that none has."""
        for name in sorted(self.carried - self.tried):
            workspace.store.note_done(ROUTE + name, stamp(now))
            self.tried.add(name)


def deliver_letters(
    workspace: Workspace, delivery: Delivery, *, clock: Callable[[], datetime]
) -> Mapping[DeliveryStatus, int]:
    """Send until nothing is due; how many messages were sent, held, put off or refused. What is put off comes later."""
    counts: Counter[DeliveryStatus] = Counter()
    ways = Ways(set(), {name.removeprefix(ROUTE) for name in workspace.store.last_done()})
    boundary, waits = LetterBoundary(workspace, clock()), delivery.mode is not Mode.TEST
    for ready in outgoing_letters(workspace, clock=clock, waits=waits, boundary=boundary):
        now, verdict = clock(), DeliveryStatus.RETRY
        with boundary.message(*ready.numbers):
            outcome = _send(workspace, boundary, ready, delivery, ways, now=now)
            verdict = outcome.verdict
            _keep(workspace, boundary, ready, outcome, now=now)
        boundary.attempt(lambda: ways.note_first(workspace, now=clock()), None)
        counts[verdict] += len(ready.recipients)
    return counts


def _send(
    workspace: Workspace,
    boundary: LetterBoundary,
    ready: OutgoingLetter,
    delivery: Delivery,
    ways: Ways,
    *,
    now: datetime,
) -> Outcome:
    subject, text = compose(workspace.partnership, ready)
    words = with_addresses(workspace, delivery.door, ready, subject, text, now=now)
    letter = Letter(ready.reference, ready.address, words.subject, words.text)
    going = Going(ready.recipients, ready.urgent, ready.since)
    channel = mail_channel(workspace.partnership.channels, going, now=now)
    route = delivery.through(channel)
    to_contact = is_to_contact(ready)
    outcome = send_to_contact(workspace, ready, letter, route, now=now) if to_contact else send(letter, route, now=now)
    if outcome.verdict is DeliveryStatus.SENT:
        ways.carried.add(channel or MAIL_SERVER)
    calls = any(notice.message not in RECEIPTS for notice in ready.notices) or ready.digests
    if calls and ready.tries == 1 and delivery.mode is Mode.LIVE and outcome.verdict is not DeliveryStatus.REFUSED:
        told = boundary.attempt(
            lambda: list(_nudge(workspace, going, delivery, ways)), list[str]()
        )  # the letter has gone
        outcome = replace(outcome, detail=" ".join([outcome.detail, *told]))
    return outcome


def _nudge(workspace: Workspace, going: Going, delivery: Delivery, ways: Ways) -> Iterator[str]:
    """Say once, on other channels, that something waits; the letter itself does not depend on it.

    A channel that is down is not waited for again, so that it cannot hold up the letters of everybody else.
    """
    for name, text in nudges(workspace.partnership, going):
        title = workspace.partnership.channels[name].title
        told = name not in ways.down and tell(delivery.urls[name], text, delivery)
        (ways.carried if told else ways.down).add(name)
        yield f"Told by {title} too." if told else f"{title} could not be reached."


def _keep(
    workspace: Workspace, boundary: LetterBoundary, ready: OutgoingLetter, outcome: Outcome, *, now: datetime
) -> None:
    match outcome.verdict:
        case DeliveryStatus.SENT | DeliveryStatus.HELD:
            sent(workspace, ready, now=now, detail=outcome.detail, boundary=boundary)
        case DeliveryStatus.RETRY:
            again = next_try(ready.tries, now)
            detail = outcome.detail if again else f"It was tried for a day and never taken. {outcome.detail}"
            failed(workspace, ready, now=now, detail=detail, next_try=again, boundary=boundary)
        case DeliveryStatus.REFUSED:
            failed(workspace, ready, now=now, detail=outcome.detail, next_try=None, boundary=boundary)
