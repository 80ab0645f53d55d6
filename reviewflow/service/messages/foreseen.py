"""What is foreseen of the time limits of a case: the same for letters, pages, lists and the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewflow.case.rules.forecast import Forecast, forecasts
from reviewflow.london import LONDON
from reviewflow.service.workspace.context import CaseContext


def foreseen_of(context: CaseContext, limits: Iterable[str] | None = None) -> Iterator[Forecast]:
    """One for each of these limits that runs or was met; of all when none are named."""
    clock = context.now.astimezone(LONDON).time()
    return forecasts(context.plan, context.case, context.today, context.calendars, clock=clock, limits=limits)


def foreseen_limit(context: CaseContext, limit: str) -> Forecast | None:
    """What is foreseen of a limit; None for one that does not run and was not met."""
    return next(foreseen_of(context, (limit,)), None)
