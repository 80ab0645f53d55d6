"""The sentences of events about the keeping of a case's file: legal holds and later days of disposal."""

from __future__ import annotations

from typing import assert_never

from reviewflow.case.model import events
from reviewflow.service.wording.history.names import Names, inline
from reviewflow.text import day_words


def keeping_sentence(event: events.RecordEvent, names: Names) -> str:  # noqa: ARG001 - called as the other families are
    """An event about legal holds or the day of disposal."""
    why = inline(event.reason)
    match event:
        case events.LegalHoldPlaced(matter, requested_by=asked):
            by = f" Asked for by {inline(asked)}." if asked else ""
            return f"Legal hold for {matter}: the file must not be destroyed. Reason: {why}.{by}"
        case events.LegalHoldLifted(matter):
            return f"Legal hold for {matter} is lifted. Reason: {why}."
        case events.KeptUntil(until):
            return f"The file is kept at least until {day_words(until)}. Reason: {why}."
        case _:
            assert_never(event)
