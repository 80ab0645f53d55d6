"""The outbox worked off: each letter that is due goes to its one mailbox, and what became of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from notifications.backoff import next_try
from notifications.letter import Letter
from notifications.outcome import Outcome, Verdict
from notifications.routes import Going, mail_channel, nudges
from notifications.send import send, tell
from notifications.settings import Delivery
from reviewflow.service.delivery import Ready, failed, letters, sent
from reviewflow.service.enclosing import words_of
from reviewflow.service.modes import Mode
from reviewflow.service.office import Office


def work_off(office: Office, delivery: Delivery, *, clock: Callable[[], datetime]) -> Mapping[Verdict, int]:
    """Send until nothing is due; how many messages were sent, held, put off or refused. What is put off comes later."""
    counts: Counter[Verdict] = Counter()
    for ready in letters(office, clock=clock, waits=delivery.mode is not Mode.TEST):
        counts[_send(office, ready, delivery, now=clock())] += len(ready.notices)
    return counts


def _send(office: Office, ready: Ready, delivery: Delivery, *, now: datetime) -> Verdict:
    letter = Letter(ready.number, ready.address, *words_of(office.partnership, ready))
    going = Going(tuple(notice.recipient for notice in ready.notices), ready.urgent, ready.since)
    channel = mail_channel(office.partnership.channels, going, now=now)
    outcome = send(letter, delivery.through(channel), now=now)
    if ready.tries == 1 and delivery.mode is Mode.LIVE and outcome.verdict is not Verdict.REFUSED:
        outcome = replace(outcome, detail=" ".join([outcome.detail, *_nudge(office, going, delivery)]))
    _keep(office, ready, outcome, now=now)
    return outcome.verdict


def _nudge(office: Office, going: Going, delivery: Delivery) -> Iterator[str]:
    """Say once, on other channels, that something waits; the letter itself does not depend on it."""
    for name, text in nudges(office.partnership, going):
        title = office.partnership.channels[name].title
        told = tell(delivery.urls[name], text, delivery)
        yield f"Told by {title} too." if told else f"{title} could not be reached."


def _keep(office: Office, ready: Ready, outcome: Outcome, *, now: datetime) -> None:
    match outcome.verdict:
        case Verdict.SENT | Verdict.HELD:
            sent(office, ready, now=now, detail=outcome.detail)
        case Verdict.RETRY:
            again = next_try(ready.tries, now)
            detail = outcome.detail if again else f"It was tried for a day and never taken. {outcome.detail}"
            failed(office, ready, now=now, detail=detail, next_try=again)
        case Verdict.REFUSED:
            failed(office, ready, now=now, detail=outcome.detail, next_try=None)
