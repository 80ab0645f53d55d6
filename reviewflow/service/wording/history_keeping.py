"""What a history says of the keeping of a case's file."""

from __future__ import annotations

from reviewflow.case.model import events as e
from reviewflow.text import day_words

Keeping = e.LegalHoldPlaced | e.LegalHoldLifted | e.KeptUntil


def keeping_words(event: Keeping) -> str:
    why = event.reason.rstrip(". ")
    match event:
        case e.LegalHoldPlaced(matter, _, _, asked):
            by = f" Asked for by {asked.rstrip('. ')}." if asked else ""
            return f"Legal hold for {matter}: the file must not be destroyed. Reason: {why}.{by}"
        case e.LegalHoldLifted(matter):
            return f"Legal hold for {matter} is lifted. Reason: {why}."
        case e.KeptUntil(until):
            return f"The file is kept at least until {day_words(until)}. Reason: {why}."
