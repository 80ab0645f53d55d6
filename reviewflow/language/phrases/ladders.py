"""When a rung of a ladder falls, and how often it comes again: 2 working days before; every 2 working days, 5 times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewflow.calendar import NamedDay, Span
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.phrases.named_days import names_a_day, parse_named_day
from reviewflow.language.phrases.spans import parse_length


@dataclass(frozen=True, slots=True)
class Offset:
    """When a rung falls: so long before or after the due day, on a weekday, or without a span on the day itself."""

    span: Span | NamedDay | None
    before: bool = False

    def __str__(self) -> str:
        if self.span is None:
            return "on the day"
        return f"{self.span} {'before' if self.before else 'after'}"


_WEEKDAYS = "the last Friday before, or: the first Monday after"


def parse_offset(text: str) -> Offset:
    """'2 working days before' -> Offset; raises PhraseError PD020."""
    words = " ".join(text.split())
    if words.lower() == "on the day":
        return Offset(None)
    if names_a_day(words):
        return _on_a_weekday(text, words)
    span, _, way = words.rpartition(" ")
    if way not in {"before", "after"} or " " not in span or span.startswith("the "):
        raise PhraseError(
            "PD020",
            f'"{text}" does not say when. Write: 2 working days before, on the day, or 1 working day after.',
        )
    return Offset(parse_length(span), before=way == "before")


def _on_a_weekday(text: str, words: str) -> Offset:
    try:
        named = parse_named_day(f"{words} due")
    except PhraseError as error:
        raise PhraseError("PD412", f'"{text}" does not say on which day. Write: {_WEEKDAYS}.') from error
    if named.day.month is not None:
        raise PhraseError("PD412", f'"{text}": a reminder goes on a day of the week. Write: {_WEEKDAYS}.')
    return Offset(named.day, before=named.before)


MOST_TIMES = 60
"""How many times a rung may come again when a number is given."""


@dataclass(frozen=True, slots=True)
class Again:
    """How often a rung comes again after it has fallen due, and how many times at the most; None: without end."""

    every: Span
    times: int | None = None

    def __str__(self) -> str:
        if self.times is None:
            return f"every {self.every}"
        return f"every {self.every}, {self.times} time{'' if self.times == 1 else 's'}"


def parse_again(text: str) -> Again:
    """'every 2 working days, 5 times' -> Again; raises PhraseError PD020."""
    match = re.fullmatch(r"every ([^,]+)(?:, (\d{1,2}) times?)?", " ".join(text.split()))
    if not match or (match[2] and not 1 <= int(match[2]) <= MOST_TIMES):
        raise PhraseError(
            "PD020",
            f'"{text}" does not say how often it comes again. Write how often, and how many times (1 to '
            f"{MOST_TIMES}): every 2 working days, 5 times. Without a number it goes on: every 2 working days.",
        )
    every = parse_length(match[1])
    if every.amount == 0:
        raise PhraseError("PD020", f'"{text}": it would come again at once. Write: every 2 working days, 5 times.')
    return Again(every, int(match[2]) if match[2] else None)
