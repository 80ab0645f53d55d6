"""What a message says of time limits and of whether they will be met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from reviewflow.calendar import Calendar, Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast import Forecast
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.hours import has_passed
from reviewflow.language.structure.authority import number_words
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.messages.naming import item_title
from reviewflow.service.wording.forecast_words import (
    Title,
    letter_reason_words,
    letter_words,
    reason_words,
    verdict_words,
)
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import due_words

NO_LIMIT = "no time limit is running"


def forecast_words(context: CaseContext, item: str) -> str:
    """Of a limit, whether it will be met in time; of anything else, whether the nearest will."""
    running = _running(context)
    limit = item if context.plan.is_limit(item) else min(running)[1] if running else ""
    foreseen = foreseen_limit(context, limit) if limit else None
    if foreseen is None:
        return "" if running else "No time limit is running."
    return " ".join(_sentences(context, foreseen, letter_words, letter_reason_words))


def forecast_sentences(context: CaseContext, foreseen: Forecast) -> Iterator[str]:
    """How a limit stands and what is foreseen of it, then what that hangs on where there is more to say."""
    return _sentences(context, foreseen, verdict_words, reason_words)


def _sentences(
    context: CaseContext,
    foreseen: Forecast,
    verdict: Callable[[Case, Forecast, Calendar, Title], str],
    reason: Callable[[Plan, Case, Forecast, Title, date, Calendars], str],
) -> Iterator[str]:
    plan, case = context.plan, context.case
    calendar = days_of(plan, case, foreseen.limit, context.calendars)

    def title(item: str) -> str:
        return item_title(context, item)

    yield verdict(case, foreseen, calendar, title)
    why = reason(plan, case, foreseen, title, context.today, context.calendars)
    if why:
        yield why


def _running(context: CaseContext) -> list[tuple[date, str]]:
    """The running limits, each after the day on which it ends."""
    return [
        (state.due, name)
        for name in context.plan.limit_items(context.case)
        if (state := context.case.items.get(name)) and state.status is Status.OPEN and state.due
    ]


def nearest_limit(context: CaseContext, item: str = "") -> str:
    """The running limit that ends first: of those that a step leads to, else of the national ones; of a case, any."""
    running = _running(context)
    if (step := step_of(item)) in context.plan.steps:
        running = _led_to(context, step, running) or _national(context, running)
    if not running:
        return NO_LIMIT
    due, name = min(running)
    state, definition = context.case.items[name], context.plan.definition
    words = due_words(due, state.by) + (", which has passed" if has_passed(state, context.now) else "")
    limit = context.plan.limits[step_of(name)]
    whose = number_words(limit, definition.national.get(limit.national or ""))
    return f"{definition.limit_title(step_of(name))}: {words} ({whose})"


def _led_to(context: CaseContext, step: str, running: list[tuple[date, str]]) -> list[tuple[date, str]]:
    return [(due, name) for due, name in running if step in context.plan.on_the_way(step_of(name))]


def _national(context: CaseContext, running: list[tuple[date, str]]) -> list[tuple[date, str]]:
    return [(due, name) for due, name in running if context.plan.limits[step_of(name)].national is not None]
