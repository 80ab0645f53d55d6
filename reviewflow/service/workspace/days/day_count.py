"""`reviewflow date`: the answer to one question about days, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reviewflow.calendar import PUBLISHED, Calendar, NamedDay, Span, due_on, explain
from reviewflow.language.folder.library import load_library
from reviewflow.language.phrases import AsMany, DayRule, Due, OneOf, PhraseError, parse_rule
from reviewflow.language.phrases.named_days import names_a_meeting
from reviewflow.language.suggestions import unknown
from reviewflow.service.workspace.days.calendars import calendars_of, load_calendars
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import clock_words


def open_calendar(folder: Path, name: str, phrase: str | None) -> Calendar:
    """A calendar by name, with the meetings of groups where the phrase may ask for one; raises UserError if none."""
    of_nobody = name in PUBLISHED and phrase is not None and not names_a_meeting(phrase)
    partnership = None if of_nobody else load_library(folder).partnership
    overlay = folder / "calendars.yaml"
    calendars = calendars_of(partnership.model, overlay) if partnership else load_calendars(overlay, {})
    if name not in calendars:
        raise UserError(unknown("a calendar", name, calendars, "Calendars"))
    return calendars[name]


def answer(phrase: str, calendar: Calendar, *, today: date) -> str:
    """The day that a phrase gives, as ISO text, with its time of day; raises PhraseError or CalendarHorizonError."""
    rule = _question(phrase, today)
    by = f" {clock_words(rule.by)}" if rule.by is not None else ""
    return f"{_day(rule, calendar).isoformat()}{by}"


def _day(rule: DayRule, calendar: Calendar) -> date:
    days = [due_on(_first(part), _length(part), calendar, before=part.before) for part in rule.parts]
    return max(days) if isinstance(rule, OneOf) and rule.later else min(days)


def counting(phrase: str, calendar: Calendar, *, today: date) -> Iterator[str]:
    """A line for every day that was counted, or why it was not; then the answer. Raises as `answer`."""
    rule = _question(phrase, today)
    for part in rule.parts:
        if (length := _length(part)) is not None:
            for counted, words in explain(_first(part), length, calendar, before=part.before):
                yield f"{counted.isoformat()}  {counted:%a}  {words}"
    yield answer(phrase, calendar, today=today)
    if calendar.is_provisional(_day(rule, calendar)):
        yield f"provisional: bank holidays are proclaimed until {calendar.proclaimed_until.isoformat()}"


def _question(phrase: str, today: date) -> DayRule:
    return parse_rule(" ".join(phrase.split()).replace("today", today.isoformat()))


def _first(rule: Due) -> date:
    """The day that a rule counts from; raises PhraseError where it names none."""
    if rule.anchor.day is None:
        raise PhraseError("PD015", f'"{rule.anchor}" is not a date. Write the year first: 2026-12-18.')
    return rule.anchor.day


def _length(rule: Due) -> Span | NamedDay | None:
    """How a rule counts; raises PhraseError where an answer says it, and there is no case."""
    if isinstance(rule.span, AsMany):
        raise PhraseError("PD415", f'"{rule}": there is no answer here. Write the number: 3 {rule.span.unit}.')
    return rule.span
