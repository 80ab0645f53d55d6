"""Summaries made and sent: once a period, however often this runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime

from prefect import task

from notifications.backoff import next_try
from notifications.letter import Letter
from notifications.outcome import Outcome, Verdict
from notifications.routes import Going, mail_channel
from notifications.send import send
from notifications.settings import Delivery, delivery_from_environment
from reviewflow.service.digests import make_digests, ready_digests, refuse
from reviewflow.service.effects import stamp
from reviewflow.service.office import Office
from reviewflow.service.switching import standing
from reviewflow.store.records import Digest
from tasks.office import the_office, this_moment


@task(name="send digests", retries=2, retry_delay_seconds=10)
def send_digests() -> str:
    """Make what is due and send what waits; says in a sentence what was done."""
    with the_office() as office:
        mode = standing(office, os.environ).mode
        delivery = delivery_from_environment(os.environ, mode, office.partnership.channels)
        counts = post_digests(office, delivery, clock=this_moment)
    return ", ".join(f"{number} {word}" for word, number in counts.items()) or "nothing to tell"


def post_digests(office: Office, delivery: Delivery, *, clock: Callable[[], datetime]) -> Mapping[str, int]:
    """How many were made, and how many of those that waited were sent, held, put off or refused."""
    counts = {"made": make_digests(office, now=clock())}
    for digest, address in ready_digests(office, now=clock()):
        now = clock()
        going = Going((digest.recipient,), urgent=False, since=datetime.fromisoformat(digest.created_at))
        by = delivery.through(mail_channel(office.partnership.channels, going, now=now))
        outcome = send(Letter(f"digest/{digest.key}", address, digest.subject, digest.text), by, now=now)
        _keep(office, digest, outcome, now=now)
        counts[outcome.verdict] = counts.get(outcome.verdict, 0) + 1
    return {word: number for word, number in counts.items() if number}


def _keep(office: Office, digest: Digest, outcome: Outcome, *, now: datetime) -> None:
    again = next_try(digest.tries, now) if outcome.verdict is Verdict.RETRY else None
    if outcome.verdict in {Verdict.SENT, Verdict.HELD}:
        office.store.settle_digest(digest, "sent", detail=outcome.detail)
    elif again is not None:
        office.store.settle_digest(digest, "queued", detail=outcome.detail, next_try=stamp(again))
    else:
        refuse(office, digest, outcome.detail, now=now)
