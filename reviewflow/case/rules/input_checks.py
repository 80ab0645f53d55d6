"""Whether a day, a reason or a name can be true; what is wrong with it is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answers, Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.form_answers import NOTE_LENGTH, days_of, plain_text
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.language.model import FormFields
from reviewflow.privacy import why_not_kept
from reviewflow.text import day_words

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
FARTHEST = 10
"""Years ahead that a form may name a day."""


def read_reason(text: str) -> str:
    reason = read_words("The reason", text)
    if not reason:
        raise Refused(["A reason is needed: it stands in the history."], "Say why, in words that name nobody.")
    return reason


def read_words(what: str, text: str) -> str:
    """A short text that names nobody; `what` it is, for people."""
    words = plain_text(text)
    if len(words) > NOTE_LENGTH:
        raise Refused([f"{what} has {len(words)} characters; at most {NOTE_LENGTH} fit."], "Say it shorter.")
    if wrong := why_not_kept(words):
        raise Refused([f"{what}: {wrong}"], "Say why, in words that name nobody.")
    return words


def no_name(agency: str) -> str:
    return f'"{plain_text(agency)}" is not the name of an agency. Names look like: hospital_trust.'


def not_yet_or_long_ago(day: date, today: date, calendars: Calendars) -> Iterable[str]:
    if day > today:
        yield f"{day_words(day)} has not come yet (today is {day_words(today)})."
    elif not calendars[OFFICE].covers(day):
        yield f"{day_words(day)} is too long ago to be counted from. Look at the year."


def beginning(plan: Plan, case: Case) -> date:
    """The earliest of the days that the case was opened with."""
    return min((case.dates[name] for name in case.dates if name not in plan.dates), default=case.opened)


def too_far(day: date, today: date, calendars: Calendars) -> Iterable[str]:
    if day.year > today.year + FARTHEST or not calendars[OFFICE].covers(day):
        yield f"{day_words(day)} is too far away to be counted from. Look at the year."


def day_problems(plan: Plan, case: Case, item: str, done: date, today: date, calendars: Calendars) -> list[str]:
    step, key = step_of(item), key_of(item)
    if done > today:
        return [f"{day_words(done)} has not come yet (today is {day_words(today)})."]
    first = beginning(plan, case)
    if done < first:
        return [f"{day_words(done)} is before the case began ({day_words(first)}). Look at the year."]
    rule = plan.steps[step].not_before
    earliest = rule_day(plan, case, rule, step, key, calendars)
    if earliest is not None and done < earliest:
        return [f'"{item}" may not be done before {day_words(earliest)} ({rule}).']
    return []


def far_dates(form: FormFields, answers: Answers, today: date, calendars: Calendars) -> Iterable[str]:
    """Days that nothing could be counted from: most often a year that was mistyped."""
    for name, day in days_of(form, answers):
        yield from (f"{name}: {each}" for each in too_far(day, today, calendars))
