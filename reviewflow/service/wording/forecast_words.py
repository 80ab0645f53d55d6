"""Will it make it? A forecast in words: when, and what that day hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.late_warnings import is_breached
from reviewflow.case.rules.forecast import Because, Forecast, ForecastLink
from reviewflow.text import day_words

Title = Callable[[str], str]


def short_words(state: Item | None, foreseen: Forecast | None, today: date) -> str:
    """'yes, Tue 26 May 2026', 'no, Fri 29 May 2026'; nothing for a clock that does not run."""
    if state is not None and is_breached(state, today):
        return "no; why: recorded" if state.breach else "no; why is not recorded yet"
    if foreseen is None:
        return ""
    if foreseen.endless:
        return "no, while it is held"
    return f"{'no' if foreseen.late else 'yes'}, {day_words(foreseen.expected)}"


def verdict_words(foreseen: Forecast) -> str:
    """In a sentence, whether it will be met in time."""
    if foreseen.endless:
        return f"It will not be met by {day_words(foreseen.due)}: nobody can say when, while it is held."
    when = f"as things stand it will be met on {day_words(foreseen.expected)}"
    return f"It will {'not ' if foreseen.late else ''}be met in time: it ends {day_words(foreseen.due)}, and {when}."


def reason_words(plan: Plan, case: Case, foreseen: Forecast, title: Title) -> str:
    """What that day hangs on, step by step."""
    chain = "; ".join(link_words(link, title) for link in telling(plan, foreseen))
    holds = "; ".join(_hold_words(plan, case, name) for name in foreseen.holds)
    return " ".join(filter(None, (f"It hangs on: {chain}." if chain else "", f"{holds}." if holds else "")))


def telling(plan: Plan, foreseen: Forecast) -> Iterator[ForecastLink]:
    """What happens at once by itself is left out of the chain."""
    for link in foreseen.chain:
        if not (plan.is_automatic(step_of(link.item)) and link.because is Because.SOONEST):
            yield link


def link_words(link: ForecastLink, title: Title) -> str:
    """One step on the way to the day on which a limit is met: '…, due Tue 26 May 2026'."""
    day = day_words(link.day)
    match link.because:
        case Because.DUE:
            return f"{title(link.item)}, due {day}"
        case Because.OVERDUE:
            was = f" since {day_words(link.due)}" if link.due else ""
            return f"{title(link.item)}, overdue{was}, {day} at the earliest"
        case Because.SOONEST:
            late = f" (due {day_words(link.due)})" if link.due and link.due < link.day else ""
            return f"{title(link.item)}{late}, then {day} at the earliest"
        case Because.NOT_BEFORE:
            return f"{title(link.item)}, not allowed before {day}"
        case Because.HELD:
            return f"{title(link.item)}, held, {day} at the earliest"


def _hold_words(plan: Plan, case: Case, name: str) -> str:
    review = case.holds[name].review
    again = f"is looked at again on {day_words(review)}" if review else "has no day on which it is looked at again"
    return f"“{plan.holds[name].title}” stops part of the way and {again}"
