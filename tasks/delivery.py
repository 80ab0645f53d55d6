"""The outbox worked off: each notice that is due goes to its one mailbox, and what became of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from notifications.backoff import next_try
from notifications.letter import Letter
from notifications.outcome import Outcome, Verdict
from notifications.send import send
from notifications.settings import Delivery
from reviewflow.service.delivery import Ready, failed, sent, take
from reviewflow.service.office import Office


def work_off(office: Office, delivery: Delivery, *, clock: Callable[[], datetime]) -> Mapping[Verdict, int]:
    """Send until nothing is due; how many were sent, held, put off or refused. One that is put off comes later."""
    counts: Counter[Verdict] = Counter()
    while ready := take(office, now=clock()):
        counts[_send(office, ready, delivery, now=clock())] += 1
    return counts


def _send(office: Office, ready: Ready, delivery: Delivery, *, now: datetime) -> Verdict:
    notice = ready.notice
    letter = Letter(notice.number, ready.address, notice.subject, notice.text)
    outcome = send(letter, delivery, now=now)
    _keep(office, ready, outcome, now=now)
    return outcome.verdict


def _keep(office: Office, ready: Ready, outcome: Outcome, *, now: datetime) -> None:
    match outcome.verdict:
        case Verdict.SENT | Verdict.HELD:
            sent(office, ready, now=now, detail=outcome.detail)
        case Verdict.RETRY:
            failed(office, ready, now=now, detail=outcome.detail, next_try=next_try(ready.notice.tries, now))
        case Verdict.REFUSED:
            failed(office, ready, now=now, detail=outcome.detail, next_try=None)
