"""How a day was counted, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from reviewflow.calendar.counting import shift
from reviewflow.calendar.named_days import Month, NamedDay
from reviewflow.calendar.spans import Span, Unit
from reviewflow.calendar.working_days import Calendar, in_words

Line = tuple[date, str]
"""A day, and what it is in the count."""
_NOT_COUNTED = "the day itself is not counted"


def explain(day: date, span: Span | NamedDay, calendar: Calendar, *, before: bool = False) -> list[Line]:
    """How `shift` counts, line by line; the last line is the day it gives. Raises what `shift` raises."""
    end = shift(day, span, calendar, before=before)
    if isinstance(span, NamedDay):
        lines = _named(day, end, span)
    elif span.counted == 0:
        lines = [(day, f"{span}: the day itself")]
    elif span.unit is Unit.WORKING_DAYS:
        lines = [(day, _NOT_COUNTED), *_counting(day, end, calendar, span)]
    else:
        lines = [(day, _NOT_COUNTED), (end, _in_a_sentence(day, end, span, calendar))]
    last, words = lines[-1]
    return [*lines[:-1], (last, words + _provisional(last, calendar))]


def _named(day: date, end: date, span: NamedDay) -> list[Line]:
    if span.month in {Month.SAME, Month.NEXT}:
        return [(end, f"{span} {'of' if span.month is Month.SAME else 'after'} {day.isoformat()}")]
    return [(day, _NOT_COUNTED), (end, str(span))]


def _counting(day: date, end: date, calendar: Calendar, span: Span) -> Iterator[Line]:
    step = timedelta(days=1 if end > day else -1)
    number = 0
    while day != end:
        day += step
        why = calendar.closed_because(day)
        number += why is None
        if why is None and span.clear:
            yield day, f"clear working day {number}" if number <= span.amount else _between(span)
        else:
            yield day, f"working day {number}" if why is None else f"not counted: {why}"


def _between(span: Span) -> str:
    return f"{span} {'lies' if span.amount == 1 else 'lie'} between, and neither end is counted"


def _in_a_sentence(day: date, end: date, span: Span, calendar: Calendar) -> str:
    words = f"{span} {'earlier' if end < day else 'later'}"
    if span.clear:
        words = _between(span)
    if span.unit is Unit.MONTHS and end.day == day.day:
        words += ", the same day of the month"
    elif span.unit is Unit.MONTHS:
        words += f": {end:%B} {end.year} has no day {day.day}, so its last day"
    if not calendar.covers(end) or (why := calendar.closed_because(end)) is None:
        return words
    return f"{words} ({why}; the working day before is {in_words(calendar.on_or_before(end))})"


def _provisional(day: date, calendar: Calendar) -> str:
    if not calendar.is_provisional(day):
        return ""
    return f"; provisional: bank holidays after {in_words(calendar.proclaimed_until)} are not yet proclaimed"
