"""Checks of what people give: days, reasons and names. What is wrong is said in sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answers, Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.form_answers import days_of
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, plain_text
from reviewflow.case.rules.rounds.repeats import rounds_to_come, times_done
from reviewflow.case.rules.timing.due_dates import earliest_day
from reviewflow.language.model import FormFields
from reviewflow.privacy import why_not_kept
from reviewflow.text import day_words, listing, times_words

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
FARTHEST = 10
"""How many years ahead a day may lie."""


def read_reason(text: str) -> str:
    """A reason of a command, which was screened with it; raises Refused when it is empty or too long."""
    reason = read_words("The reason", text)
    if not reason:
        raise Refused(["A reason is needed: it stands in the history."], "Say why, in words that name nobody.")
    return reason


def read_words(what: str, text: str) -> str:
    """A short text of a command, which was screened with it, '' allowed; raises Refused when it is too long.

    `what` it is, for people: 'The note'.
    """
    words = plain_text(text)
    if len(words) > NOTE_LENGTH:
        raise Refused([f"{what} has {len(words)} characters; at most {NOTE_LENGTH} fit."], "Say it shorter.")
    return words


def read_screened_reason(text: str) -> str:
    """A reason that no command carries; raises Refused when it is empty, too long, or may identify a child."""
    reason = read_reason(text)
    if wrong := why_not_kept(reason):
        raise Refused([f"The reason: {wrong}"], "Say why, in words that name nobody.")
    return reason


def read_post(role: str, may: Collection[str], *, doing: str, command: str) -> str:
    """The post that decides something, of those that `may`; '' where anybody may. Raises Refused for another, or none.

    `doing` is what, after "may not": 'hold "court"'; `command` is how to say it, up to the post.
    """
    if role and not NAME.fullmatch(role):
        raise Refused([f'"{plain_text(role)}" is not the name of a role.'], "Say which post it is.")
    if may and role not in may:
        who = f'"{plain_text(role)}" may not' if role else "Nobody is named who may"
        raise Refused(
            [f"{who} {doing}: that is for {listing(may, last='or')}."],
            f"Nothing was changed. Say who decides it: {command} --by-role {next(iter(may))}",
        )
    return role if may else ""


def not_an_agency_name(agency: str) -> str:
    """The sentence that this is no name of an agency, and what one looks like."""
    return f'"{plain_text(agency)}" is not the name of an agency. Names look like: hospital_trust.'


def past_day_problems(day: date, today: date, calendars: Calendars) -> Iterable[str]:
    """What is wrong with the day of something that has happened: to come yet, or before what the calendars cover."""
    if day > today:
        yield f"{day_words(day)} has not come yet (today is {day_words(today)})."
    elif not calendars[OFFICE].covers(day):
        yield f"{day_words(day)} is too long ago to be counted from. Look at the year."


def first_day(plan: Plan, case: Case) -> date:
    """The earliest of the days that the case was opened with."""
    return min((case.dates[name] for name in case.dates if name not in plan.dates), default=case.opened)


def far_day_problems(day: date, today: date, calendars: Calendars) -> Iterable[str]:
    """What is wrong with a day ahead: more than ten years away, or beyond what the calendars cover."""
    if day.year > today.year + FARTHEST or not calendars[OFFICE].covers(day):
        yield f"{day_words(day)} is too far away to be counted from. Look at the year."


def day_problems(plan: Plan, case: Case, item: str, done: date, today: date, calendars: Calendars) -> list[str]:
    """What is wrong with the day on which an item was done: to come yet, before the case, or before `not_before`."""
    if done > today:
        return [f"{day_words(done)} has not come yet (today is {day_words(today)})."]
    first = first_day(plan, case)
    if done < first:
        return [f"{day_words(done)} is before the case began ({day_words(first)}). Look at the year."]
    earliest = earliest_day(plan, case, item, calendars)
    if earliest is not None and done < earliest:
        return [f'"{item}" may not be done before {day_words(earliest)} ({plan.steps[step_of(item)].not_before}).']
    return []


def round_problems(plan: Plan, case: Case, item: str) -> Iterable[str]:
    """What must be done more often before an item that ends its rounds, with how often it was done."""
    for other in rounds_to_come(plan, case, item):
        rhythm, done = plan.steps[step_of(other)].repeats, times_done(case, other)
        fewest = times_words(rhythm.at_least if rhythm else 0)
        was = f"it was done {times_words(done)}" if done else "it has not been done"
        yield f'"{item}" may not be done before "{other}" was done {fewest} at least; {was}. Do "{other}" first.'


def answer_day_problems(form: FormFields, answers: Answers, today: date, calendars: Calendars) -> Iterable[str]:
    """What is wrong with days among the answers: too far to be counted from, most often a mistyped year."""
    for name, _, day in days_of(form, answers):
        yield from (f"{name}: {problem}" for problem in far_day_problems(day, today, calendars))
