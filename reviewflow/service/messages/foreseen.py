"""What is foreseen of the time limits of a case: the same for letters, pages, lists and the history."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.rules.forecast import Forecast, forecasts
from reviewflow.london import LONDON
from reviewflow.service.workspace.context import CaseContext


def foreseen_of(context: CaseContext) -> Iterator[Forecast]:
    """One for each limit that runs or was met, in the order of the process."""
    if not context.foreseen:
        clock = context.now.astimezone(LONDON).time()
        all_limits = forecasts(context.plan, context.case, context.today, context.calendars, clock=clock)
        context.foreseen.update({foreseen.limit: foreseen for foreseen in all_limits})
    yield from context.foreseen.values()


def foreseen_limit(context: CaseContext, limit: str) -> Forecast | None:
    """What is foreseen of a limit; None for one that does not run and was not met."""
    return next((foreseen for foreseen in foreseen_of(context) if foreseen.limit == limit), None)
