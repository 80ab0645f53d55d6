"""Whether a case can be opened: everything that is missing or wrong, said at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import NAME, not_an_agency_name, past_day_problems
from reviewflow.language.phrases import AtLeast
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON, at_clock
from reviewflow.text import clock_words, day_words, listing


def refuse_again(draft: Draft, _: c.Open) -> None:
    """Raises Refused: a case is opened once, by `advance.begin`."""
    raise Refused([f"{draft.case.reference} is already open."], "Nothing was changed.")


def opening_problems(plan: Plan, command: c.Open, today: date, calendars: Calendars) -> list[str]:
    """What is wrong with the dates, agencies and calendar of an opening, a sentence each; empty when nothing is."""
    return [
        *_opening_dates(plan, command, today, calendars),
        *_opening_agencies(plan, command.agencies),
        *calendar_problems(plan, command.calendar),
    ]


def calendar_problems(plan: Plan, chosen: str) -> Iterable[str]:
    """What is wrong with the calendar that is chosen for a case, a sentence each; '' where none is."""
    possible = plan.definition.process.opening.calendar
    if possible is None and chosen:
        yield "No calendar is chosen for this process. Open it without one."
    elif possible is not None and not chosen:
        choice = listing(possible, last="or")
        yield f"The calendar is missing in which its days are counted. Choose one: --calendar {choice}"
    elif possible is not None and chosen not in possible:
        near = suggestion(chosen, possible)
        yield f'"{plain_text(chosen)}" cannot be chosen here.{near} Calendars: {listing(possible)}.'


def _opening_dates(plan: Plan, command: c.Open, today: date, calendars: Calendars) -> Iterable[str]:
    asked = plan.definition.process.opening.dates
    for name, label in asked.items():
        if name not in command.dates:
            yield f'The date "{name}" is missing: {label.rstrip("?.")}.'
        else:
            yield from (f"{name}: {problem}" for problem in past_day_problems(command.dates[name], today, calendars))
    yield from order_problems(plan, command.dates)
    for name in command.dates:
        if name not in asked:
            yield f'"{name}" is not asked when this process opens.{suggestion(name, asked)} It asks: {listing(asked)}.'


def order_problems(plan: Plan, dates: Mapping[str, date]) -> Iterable[str]:
    """Which of the dates lie before one that they follow, as the process orders them. A sentence each."""
    order = plan.definition.process.opening.in_order or ()
    for earlier, later in pairwise(name for name in order if name in dates):
        if dates[later] < dates[earlier]:
            days = f"{day_words(dates[later])} is before {earlier} ({day_words(dates[earlier])})"
            yield f"{later}: {days}. It may be the same day or later."


def time_problems(plan: Plan, command: c.Open, now: datetime) -> Iterable[str]:
    """What is wrong with the times of day: not asked for, not come yet, or missing. A sentence each."""
    asked = plan.definition.process.opening.times
    for name, clock in command.times.items():
        if name not in asked or name not in command.dates:
            yield f'"{name}" is asked without a time of day. Leave the time out.'
        elif command.dates[name] == now.astimezone(LONDON).date() and at_clock(command.dates[name], clock) > now:
            yield f"{name}: {clock_words(clock)} has not come yet."
    for name in asked:
        if name in command.dates and name not in command.times:
            given = command.dates[name].isoformat()
            yield f'The time of day of "{name}" is missing. Write it behind the day: --date "{name}={given} 14:30"'


def _opening_agencies(plan: Plan, agencies: Sequence[str]) -> Iterable[str]:
    needed = plan.definition.process.opening.agencies
    if needed is None and agencies:
        yield "No agencies take part in this process. Open it without agencies."
    if needed is not None and len(agencies) < needed.number:
        yield f"This process needs {agencies_words(needed)}; {len(agencies)} given."
    if needed is not None:
        yield from (f"This process needs {who} among its agencies." for who in needed.absent(agencies))
    for name in sorted({agency for agency in agencies if list(agencies).count(agency) > 1}):
        yield f'"{name}" is named twice.'
    yield from (not_an_agency_name(agency) for agency in agencies if not NAME.fullmatch(agency))


def agencies_words(needed: AtLeast) -> str:
    """'at least 2 agencies'."""
    return f"at least {needed.number} {'agency' if needed.number == 1 else 'agencies'}"
