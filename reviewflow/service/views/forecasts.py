"""Will it make it? The clocks of one case, or of all open ones, those in danger first; every page says it from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CUT_SHORT
from reviewflow.case.rules.forecast import Forecast, Verdict
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.service.commands.carry_out import find
from reviewflow.service.messages.foreseen import foreseen_of
from reviewflow.service.messages.naming import item_title
from reviewflow.service.wording.forecast_words import (
    hangs_on,
    link_words,
    reason_words,
    short_words,
    telling,
    verdict_words,
)
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ForecastStep:
    """One step on the way to the day on which a clock stops."""

    item: str
    title: str
    day: date
    because: str
    words: str


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One time limit with the day on which it is foreseen to be met."""

    reference: str
    limit: str
    title: str
    national: bool
    due: date
    verdict: Verdict
    slack: int | None
    """Days of the limit's calendar from the day that is foreseen to its end, negative when past; None: not told."""
    hangs_on: str
    """The title of the step that it hangs on; '' where none does, as when it is met."""
    earliest: date | None
    """The day on which it is met if all goes quickly and nothing undecided is needed; None: cannot be told."""
    expected: date | None
    """The day on which it was met, or will be if all goes as usual; None: cannot be told."""
    latest: date | None
    in_time: bool
    """Not missed, and nobody is to be warned of it. No promise: `verdict` says how sure that is."""
    short: str
    """As it stands in a table: 'on course, slack 3 working days'."""
    words: str
    """In a sentence: the word, the slack, and what it hangs on, or what would have to be finished by when."""
    why: str
    chain: tuple[ForecastStep, ...]
    holds: tuple[str, ...]
    breach: str
    """Why it was not met, or will not be, as somebody recorded it."""


WORST_FIRST = (Verdict.MISSED, Verdict.UNLIKELY, Verdict.HELD, Verdict.TIGHT, Verdict.ON_COURSE, Verdict.MET)


def forecast_lines(workspace: Workspace, reference: str | None, *, now: datetime) -> list[ForecastLine]:
    """Every time limit that runs, was met or was missed; raises UnknownCase."""
    rows = [find(workspace, reference)] if reference is not None else workspace.store.cases("open")
    lines = [line for row in rows for line in lines_of_case(workspace.context(row, now))]
    return sorted(lines, key=lambda line: (WORST_FIRST.index(line.verdict), line.due, line.reference, line.limit))


def lines_of_case(context: CaseContext) -> Iterator[ForecastLine]:
    """One for every limit of a case that runs or has ended; none for what fell with its case."""
    if context.case.status in CUT_SHORT:
        return
    for foreseen in foreseen_of(context):
        yield forecast_line(context, foreseen)


def forecast_line(context: CaseContext, foreseen: Forecast) -> ForecastLine:
    """What is foreseen of a limit, in words."""
    plan, case, limit = context.plan, context.case, foreseen.limit
    calendar = days_of(plan, case, limit, context.calendars)
    told = None if foreseen.verdict is Verdict.HELD else foreseen

    def title(item: str) -> str:
        return item_title(context, item)

    return ForecastLine(
        reference=case.reference,
        limit=limit,
        title=title(limit),
        national=plan.limits[step_of(limit)].national is not None,
        due=foreseen.due,
        verdict=foreseen.verdict,
        slack=told.slack if told else None,
        hangs_on=hangs_on(foreseen, title),
        earliest=told.earliest if told else None,
        expected=told.expected if told else None,
        latest=told.latest if told else None,
        in_time=not foreseen.late,
        short=short_words(case, foreseen, calendar),
        words=verdict_words(case, foreseen, calendar, title),
        why=reason_words(plan, case, foreseen, title, context.today, context.calendars),
        chain=tuple(
            ForecastStep(link.item, title(link.item), link.day, link.because, link_words(link, title))
            for link in telling(plan, foreseen)
        ),
        holds=foreseen.holds,
        breach=case.items[limit].breach,
    )
