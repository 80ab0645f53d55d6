"""Lengths of time: 15 working days, 2 weeks, 7 clear days, 48 hours."""

from __future__ import annotations

import re

from reviewflow.calendar import Span, Unit
from reviewflow.language.phrases.error import PhraseError
from reviewflow.language.suggestions import suggestion

UNITS = {
    "working day": Unit.WORKING_DAYS,
    "day": Unit.DAYS,
    "week": Unit.WEEKS,
    "month": Unit.MONTHS,
    "hour": Unit.HOURS,
}
"""By their names for one of them."""
_OF_WORKING_DAYS = re.compile(r"(\d{1,5}) hours? of working days", re.IGNORECASE)
MEANS_WHICH_HOURS = re.compile(
    r"\b(?:working|business|office)[ -]hours?\b|\bhours?\b.*\b(?:on )?working days only\b", re.IGNORECASE
)
HOURS_OF_WORKING_DAYS = "Write: 48 hours of working days after notified. Each working day has 24; other days have none."
MONTHS_OF_A_YEAR = 12
MOST = 10_000
"""The greatest number of a unit that is read."""
_SPAN = re.compile(r"(\S+)\s+(clear\s+)?(\S+(?:\s+\S+)?)", re.IGNORECASE)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IN_WORDS = {word: number for number, word in enumerate((*_WORDS, "thirteen", "fourteen", "fifteen"), start=1)}


def parse_span(text: str) -> Span:
    """'15 working days' -> Span; raises PhraseError PD020."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise PhraseError("PD020", f'"{text}" is not a length of time. Write a number and a unit: 5 working days.')
    number, clear, unit = match[1], bool(match[2]), re.sub(r"\s+", " ", match[3]).lower()
    known = UNITS.get(unit.removesuffix("s"))
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MOST)) and int(number) <= MOST):
        example = f"{_IN_WORDS.get(number.lower(), 5)} {unit if known else 'working days'}"
        raise PhraseError("PD020", f'"{number}" is not a whole number up to {MOST:,}. Write it in figures: {example}.')
    if known is None:
        raise PhraseError("PD020", _unknown_unit(match[3], unit, int(number)))
    if clear and known not in {Unit.DAYS, Unit.WORKING_DAYS}:
        raise PhraseError("PD020", f'"{text}": only days can be clear days. Write: 7 clear working days.')
    return Span(int(number), known, clear)


def _unknown_unit(written: str, unit: str, number: int) -> str:
    """What is wrong with a unit, and what to write for it: years are so many months."""
    wrong = f'"{written}" is not a unit of time.'
    if unit in {"year", "years"} and number * MONTHS_OF_A_YEAR <= MOST:
        return f"{wrong} Write: {number * MONTHS_OF_A_YEAR} months."
    return (
        f"{wrong}{suggestion(unit, [f'{name}s' for name in UNITS])}\n"
        "Units are: working days, days, weeks, months, hours."
    )


def parse_length(text: str) -> Span:
    """What a due rule may count: as `parse_span`, and '48 hours of working days'; raises PhraseError PD020."""
    match = _OF_WORKING_DAYS.fullmatch(" ".join(text.split()))
    if match and int(match[1]) <= MOST:
        return Span(int(match[1]), Unit.WORKING_HOURS)
    return parse_span(text)


def is_span(text: str) -> bool:
    """Whether a text is a length of time."""
    try:
        parse_span(text)
    except PhraseError:
        return False
    return True


def parse_after_due(text: str) -> Span:
    """'5 working days after due' -> Span, in days, weeks or months; raises PhraseError PD414 or PD020."""
    span, after, due = " ".join(text.split()).rpartition(" after ")
    length = parse_span(span) if after and due == "due" else None
    if length is None or length.unit is Unit.HOURS or length.amount == 0:
        raise PhraseError("PD414", f'"{text}" does not say on which later day. Write: 5 working days after due.')
    return length


def after_due(span: Span) -> str:
    """'5 working days after due'."""
    return f"{span} after due"
