"""The hash chain: every event carries a hash over itself and the event before it, so that a later change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from reviewflow.store.records import CaseRow, EventRow, NewEvent

_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def link(previous: str, number: int, event: NewEvent | EventRow, recorded_at: str) -> str:
    """The SHA-256 of an event, in hex; `previous` is the hash before it, or the case's reference for the first."""
    content = _canonical([number, event.kind, event.body, who(event), event.on, recorded_at])
    return hashlib.sha256((previous + content).encode()).hexdigest()


def who(event: NewEvent | EventRow) -> str:
    """Who did it, as the chain has it: a key, or the name in an older event."""
    return event.key or event.by


def verify_chain(case: CaseRow, events: Iterable[EventRow]) -> int | None:
    """The number of the first event that was changed or is missing; None when the history is whole."""
    previous, number = case.reference, 0
    for number, event in enumerate(events, start=1):
        if event.number != number or event.hash != link(previous, number, event, event.recorded_at):
            return number
        previous = event.hash
    if number != case.number:
        return min(number, case.number) + 1
    return None if previous == case.head else number
