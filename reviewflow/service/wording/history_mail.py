"""What a history says of mail: what did not go yet, what went after all, and what will never arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from reviewflow.case.model import events as e

Posting = e.Delayed | e.DeliveryRecovered | e.Undelivered


def posting_words(event: Posting, title: str, person: Callable[[str], str]) -> str:
    """The failures told apart: "has not gone yet" passes by itself, "did not reach" is for somebody to put right."""
    match event:
        case e.Delayed(_, message, to, why):
            return f"{title}: {message} to {person(to)} has not gone yet and is tried again. {why.rstrip('. ')}."
        case e.DeliveryRecovered(_, message, to, tries):
            return f"{title}: {message} to {person(to)} has gone after all, at the {_ordinal(tries)} try."
        case e.Undelivered(_, message, to, why, instead, told):
            passed_on = f"It goes to {person(instead)} instead." if instead else "Nobody else gets it."
            reported = f" {person(told)} is told." if told else ""
            return f"{title}: {message} did not reach {person(to)}. {why.rstrip('. ')}. {passed_on}{reported}"
        case _:
            assert_never(event)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in range(11, 14) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
