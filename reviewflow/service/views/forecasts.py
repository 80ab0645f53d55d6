"""Will it make it? The clocks of one case, or of all open ones, those in danger first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.rules.forecast import Forecast, forecasts
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import find
from reviewflow.service.messages.text import item_title
from reviewflow.service.wording.forecast_words import link_words, reason_words, telling, verdict_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow


@dataclass(frozen=True, slots=True)
class Stage:
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
    expected: date | None
    """None: nobody can say."""
    in_time: bool
    words: str
    why: str
    chain: tuple[Stage, ...]
    holds: tuple[str, ...]
    breach: str
    """Why it was not met, or will not be, as somebody recorded it."""


def forecast_lines(workspace: Workspace, reference: str | None, *, now: datetime) -> list[ForecastLine]:
    """Raises UnknownCase."""
    rows = [find(workspace, reference)] if reference is not None else workspace.store.cases("open")
    lines = [line for row in rows for line in _of_case(workspace, row, now)]
    return sorted(lines, key=lambda line: (line.in_time, line.due, line.reference, line.limit))


def _of_case(workspace: Workspace, row: CaseRow, now: datetime) -> Iterator[ForecastLine]:
    context = workspace.context(row, now)
    plan, case = context.plan, context.case
    for foreseen in forecasts(plan, case, london_day(now), workspace.calendars):
        yield forecast_line(context, foreseen)


def forecast_line(context: CaseContext, foreseen: Forecast) -> ForecastLine:
    """What `forecast` foresees of a limit, in words."""
    plan = context.plan

    def title(item: str) -> str:
        return item_title(context, item)

    return ForecastLine(
        reference=context.case.reference,
        limit=foreseen.limit,
        title=title(foreseen.limit),
        national=plan.limits[step_of(foreseen.limit)].national is not None,
        due=foreseen.due,
        expected=None if foreseen.endless else foreseen.expected,
        in_time=not foreseen.late,
        words=verdict_words(foreseen),
        why=reason_words(plan, context.case, foreseen, title),
        chain=tuple(
            Stage(link.item, title(link.item), link.day, link.because, link_words(link, title))
            for link in telling(plan, foreseen)
        ),
        holds=foreseen.holds,
        breach=context.case.items[foreseen.limit].breach,
    )
