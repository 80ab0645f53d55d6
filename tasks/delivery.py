"""The outbox worked off: each letter that is due goes to its one mailbox, and what became of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from notifications.backoff import next_try
from notifications.letter import Letter
from notifications.outcome import Outcome, Verdict
from notifications.send import send
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
    outcome = send(letter, delivery, now=now)
    _keep(office, ready, outcome, now=now)
    return outcome.verdict


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
