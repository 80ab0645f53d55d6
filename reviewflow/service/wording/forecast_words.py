"""Will it make it? A forecast in words: one of six, how much time is left over, and what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import Because, Forecast, ForecastLink, Verdict
from reviewflow.case.rules.holds import day_of_look
from reviewflow.text import clock_words, counted, day_words

Title = Callable[[str], str]
MOST_NAMED = 3
"""How many of the steps that must be finished in time a sentence names."""


def short_words(case: Case, foreseen: Forecast | None, calendar: Calendar) -> str:
    """'on course, slack 3 working days', 'held since 3 September 2026, cannot be told'; '' for what does not run."""
    if foreseen is None:
        return ""
    match foreseen.verdict:
        case Verdict.ON_COURSE | Verdict.TIGHT:
            return f"{foreseen.verdict}, {slack_words(foreseen, calendar)}"
        case Verdict.UNLIKELY:
            return f"unlikely, {day_words(foreseen.expected)} is foreseen"
        case Verdict.HELD:
            return held_words(case, foreseen)
        case Verdict.MISSED:
            return _missed_words(case.items[foreseen.limit])
        case Verdict.MET:
            return "met"


def verdict_words(case: Case, foreseen: Forecast, calendar: Calendar, title: Title) -> str:
    """In a sentence, how a time limit stands and what is foreseen of it; never an unqualified yes."""
    ends = f"it ends {end_words(foreseen)}{or_later_words(foreseen.ends)}"
    day = foreseen_words(foreseen.expected, foreseen.end)
    match foreseen.verdict:
        case Verdict.ON_COURSE:
            slack = slack_words(foreseen, calendar)
            return f"On course, {slack}, hangs on {hangs_on(foreseen, title)}: {ends}, and {day}."
        case Verdict.TIGHT:
            slack, slowly = slack_words(foreseen, calendar), _if_slowly(foreseen)
            return f"Tight, {slack}, hangs on {hangs_on(foreseen, title)}: {ends}, and {day}{slowly}."
        case Verdict.UNLIKELY:
            return f"Unlikely: {ends}, and {day}. In time only {needed_words(foreseen, title)}."
        case Verdict.HELD:
            held = held_words(case, foreseen)
            return f"{held[0].upper()}{held[1:]}: {ends}, and nobody knows when the hold ends."
        case Verdict.MISSED | Verdict.MET:
            return _ended_words(case.items[foreseen.limit], foreseen)


def letter_words(case: Case, foreseen: Forecast, calendar: Calendar, title: Title) -> str:
    """The same for somebody who knows no such words as slack: on which day it is met as things stand."""
    day, ends = day_words(foreseen.expected), f"{end_words(foreseen)}{or_later_words(foreseen.ends)}"
    match foreseen.verdict:
        case Verdict.ON_COURSE | Verdict.TIGHT if foreseen.expected <= foreseen.end:
            left = (
                f"{calendar.in_days(foreseen.slack)} before it ends"
                if foreseen.slack > 0
                else "the day on which it ends"
            )
            return f"As things stand it is met on {day}, {left}{_if_slowly(foreseen)}."
        case Verdict.ON_COURSE | Verdict.TIGHT:
            late = calendar.in_days(max(1, -foreseen.slack))
            pace = f"At the usual pace it is met on {day}, {late} too late{_if_slowly(foreseen)}"
            return f"{pace}: it ends {ends}."
        case Verdict.UNLIKELY:
            late = f"As things stand it is met on {day}, too late: it ends {ends}."
            return f"{late} It can still be met in time only {needed_words(foreseen, title)}."
        case Verdict.HELD:
            since = day_words(_held_since(case, foreseen))
            return (
                f"It ends {ends}. Nobody can tell whether it will be met: part of the way to it has "
                f"stood still since {since}."
            )
        case _:
            return verdict_words(case, foreseen, calendar, title)


def slack_words(foreseen: Forecast, calendar: Calendar) -> str:
    """'slack 3 working days', 'no slack', '2 working days too late at the usual pace'."""
    if foreseen.slack < 0 or foreseen.expected > foreseen.end:
        return f"{calendar.in_days(max(1, -foreseen.slack))} too late at the usual pace"
    return f"slack {calendar.in_days(foreseen.slack)}" if foreseen.slack else "no slack"


def held_words(case: Case, foreseen: Forecast) -> str:
    """'held since Thu 3 September 2026, cannot be told'."""
    return f"held since {day_words(_held_since(case, foreseen))}, cannot be told"


def _held_since(case: Case, foreseen: Forecast) -> date:
    return min(case.holds[name].since for name in foreseen.holds)


def hangs_on(foreseen: Forecast, title: Title) -> str:
    """The first step on the way that is still to be done; '' where none is."""
    return title(foreseen.chain[0].item) if foreseen.chain else ""


def needed_words(foreseen: Forecast, title: Title) -> str:
    """What must be finished by when, after 'only': 'with: A by Tue 3 Mar 2026; B by Thu 5 Mar 2026'."""
    needed = foreseen.needed
    by_then = {step.by for step in needed}
    if len(by_then) == 1 and len(needed) > MOST_NAMED:
        return f"if all of {counted(len(needed), 'step')} are finished by {day_words(needed[0].by)}"
    named = [f"{title(step.item)} by {day_words(step.by)}" for step in needed]
    if len(named) > MOST_NAMED:
        rest = counted(len(named) - MOST_NAMED, "more step")
        named = [*named[: MOST_NAMED - 1], named[-1], f"and {rest} between them"]
    return f"with: {'; '.join(named)}"


def end_words(foreseen: Forecast) -> str:
    """'Tue 26 May 2026', with the time of day where hours are counted."""
    at = f" at {clock_words(foreseen.by)}" if foreseen.by else ""
    return f"{day_words(foreseen.due)}{at}"


def foreseen_words(expected: date, due: date) -> str:
    """'Fri 29 May 2026 is foreseen'; of the day on which it ends, which was named just before, only that."""
    return f"{'that day' if expected == due else day_words(expected)} is foreseen"


def or_later_words(ends: date | None) -> str:
    """', or Mon 26 Oct 2026 once its clock has stood still as is foreseen'; '' of a clock that nothing will stop."""
    return f", or {day_words(ends)} once its clock has stood still as is foreseen" if ends is not None else ""


def _if_slowly(foreseen: Forecast) -> str:
    return f", {day_words(foreseen.latest)} if it goes slowly" if foreseen.latest > foreseen.expected else ""


def _ended_words(state: Item, foreseen: Forecast) -> str:
    if foreseen.verdict is Verdict.MET:
        return f"Met on {day_words(foreseen.expected)}: it ended {end_words(foreseen)}."
    if state.done is not None:
        return f"Missed: it ended {end_words(foreseen)}, and was met on {day_words(state.done)}."
    return f"Missed: it ended {end_words(foreseen)} and is not met; {day_words(foreseen.expected)} is foreseen."


def _missed_words(state: Item) -> str:
    met = f", met {day_words(state.done)}" if state.done is not None else ""
    return f"missed{met}; {'why: recorded' if state.breach else 'why is not recorded yet'}"


def reason_words(plan: Plan, case: Case, foreseen: Forecast, title: Title, today: date, calendars: Calendars) -> str:
    """What that day hangs on, step by step, and what is held."""
    chain = "; ".join(link_words(link, title) for link in telling(plan, foreseen))
    holds = "; ".join(_hold_words(plan, case, name, today, calendars) for name in foreseen.holds)
    hangs = "" if foreseen.verdict is Verdict.HELD or not chain else f"It hangs on: {chain}."
    late = "" if foreseen.verdict in {Verdict.HELD, Verdict.MISSED} else _late_so_far(foreseen)
    stops = "" if foreseen.verdict in {Verdict.MISSED, Verdict.MET} else stop_words(plan, foreseen, title)
    return " ".join(filter(None, (hangs, stops, late, f"{holds}." if holds else "")))


def letter_reason_words(
    plan: Plan, case: Case, foreseen: Forecast, title: Title, today: date, calendars: Calendars
) -> str:
    """For whoever reads a letter: what is to be done first, and what is held. The whole way stands at the office."""
    holds = "; ".join(_hold_words(plan, case, name, today, calendars) for name in foreseen.holds)
    stops = stop_words(plan, foreseen, title)
    first = next(telling(plan, foreseen), None)
    if holds or first is None or foreseen.verdict in {Verdict.HELD, Verdict.MET, Verdict.MISSED}:
        return f"{holds}." if holds else ""
    if step_of(first.item) in plan.limits[step_of(foreseen.limit)].steps:
        return stops  # it was planned for its day, and no other step leads to it: the day itself is said already
    due = first.due or first.day
    when = f"overdue since {day_words(due)}" if first.because in _LATE else f"due {day_words(due)}"
    return " ".join(filter(None, (f"The first step on the way to it: {title(first.item)}, {when}.", stops)))


def stop_words(plan: Plan, foreseen: Forecast, title: Title) -> str:
    """When the clock will stand still as the file says, and on which steps it hangs whether it will; '' if never."""
    sure = [
        f"from {day_words(stop.first)} to {day_words(stop.last)} ({plan.stands_still[stop.name].title})"
        for stop in foreseen.stops
        if not stop.undecided
    ]
    may = [
        f"{plan.stands_still[stop.name].title}, if it comes to: {title(plan.stands_still[stop.name].since)}"
        for stop in foreseen.stops
        if stop.undecided
    ]
    certain = f"Its clock is foreseen to stand still {' and '.join(sure)}." if sure else ""
    open_question = f"Not decided yet is whether its clock stands still: {'; '.join(may)}." if may else ""
    return " ".join(filter(None, (certain, open_question)))


def _late_so_far(foreseen: Forecast) -> str:
    """'3 of 20 steps were late so far, hence Thu 28 May 2026.'; '' while none was."""
    so_far, chain = foreseen.so_far, foreseen.chain
    if so_far is None or not so_far.late:
        return ""
    hence = f", hence {day_words(foreseen.expected)}" if chain and chain[-1].day < foreseen.expected else ""
    were = "was" if so_far.late == 1 else "were"
    return f"{so_far.late} of {counted(so_far.of, 'step')} {were} late so far{hence}."


def telling(plan: Plan, foreseen: Forecast) -> Iterator[ForecastLink]:
    """What happens at once by itself is left out of the chain."""
    for link in foreseen.chain:
        if not (plan.is_automatic(step_of(link.item)) and link.because is Because.SOONEST):
            yield link


_LATE = frozenset({Because.OVERDUE, Because.PASSED})


def link_words(link: ForecastLink, title: Title) -> str:
    """One step on the way to the day on which a limit is met: '…, due Tue 26 May 2026'."""
    day, due = day_words(link.day), link.due
    match link.because:
        case Because.DUE:
            return f"{title(link.item)}, {'due' if due in {None, link.day} else 'foreseen'} {day}"
        case Because.OVERDUE:
            was = f" since {day_words(due)}" if due else ""
            return f"{title(link.item)}, overdue{was}, {day} if it takes half as long again"
        case Because.PLANNED:
            return f"{title(link.item)}, planned for {day}"
        case Because.ON_ITS_DAY:
            return f"{title(link.item)}, due {day}"
        case Because.PASSED:
            planned = f" for {day_words(due)}" if due else ""
            what_to_do = "and not recorded as done (record it, or plan another day)"
            return f"{title(link.item)}, planned{planned} {what_to_do}, foreseen for {day}"
        case Because.SOONEST:
            late = f" (due {day_words(due)})" if due and due < link.day else ""
            return f"{title(link.item)}{late}, then {day}"
        case Because.NOT_BEFORE:
            return f"{title(link.item)}, not allowed before {day}"
        case Because.ASKED:
            was = f" (due {day_words(due)})" if due else ""
            return f"{title(link.item)}{was}, asked for until {day}"
        case Because.HELD:
            return f"{title(link.item)}, held"


def _hold_words(plan: Plan, case: Case, name: str, today: date, calendars: Calendars) -> str:
    review = case.holds[name].review
    if review is not None and day_of_look(plan, case, name, calendars) is None:
        again = f"ends by itself on {day_words(review)}"
    elif review is None:
        again = "has no day on which it is looked at again"
    elif review < today:
        again = f"was to be looked at again on {day_words(review)}"
    else:
        again = f"is looked at again on {day_words(review)}"
    return f"“{plan.holds[name].title}” stops part of the way and {again}"
