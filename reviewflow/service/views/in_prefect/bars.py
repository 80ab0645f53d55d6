"""One case as it is shown as a whole; and its bars, in order, with what comes much later left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reviewflow.case.model.state import CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import CasePage, Line
from reviewflow.service.views.in_prefect.grouped import LIVE, LinesInOneBar, grouped
from reviewflow.service.views.in_prefect.shortened import Shortened, expected, shortened
from reviewflow.service.views.in_prefect.shown import CASE, Bar, CaseView
from reviewflow.service.views.in_prefect.words import due_of, forecast_note
from reviewflow.text import counted

AT_RISK = "At risk"
"""Nothing is overdue, but a time limit will not be met as things stand."""


def case_view(page: CasePage, *, summary: str, delivery: str = "") -> CaseView:
    """One case as it is shown; it carries its reference and nothing else that could name it."""
    is_open = page.status == CaseStatus.OPEN
    return CaseView(
        reference=page.reference,
        title=f"{page.reference} · {page.title}",
        label=_label(page),
        message=". ".join(filter(None, (_message(page), delivery if is_open else ""))),
        number=page.number,
        tags=(*((CASE,) if is_open else ()), f"process:{page.process}"),
        closed=not is_open,
        due=min((line.due for line in page.limits if line.days and line.due), default=None) if is_open else None,
        by_the_hour=is_open and any(line.by for line in (*page.steps, *page.limits) if line.days),
        page=summary,
    )


def bars(plan: Plan, page: CasePage, *, today: date) -> list[Bar]:
    """Its limits, what is to be looked at again, and its stages. What has no day yet is left out."""
    drawn = shortened(plan, page.steps, today)
    days = expected(page.steps)
    rows = (
        *(_limit(line, "time limit ") for line in page.limits),
        *(_limit(line, "") for line in page.reviews),
        *(_group(group, days) for group in grouped(drawn.lines)),
        _later(drawn),
    )
    return [bar for bar in rows if bar is not None]


def _later(drawn: Shortened) -> Bar | None:
    if not drawn.later:
        return None
    return Bar(f"Later: {counted(drawn.later, 'more step')}", Standing.NOT_YET, drawn.until)


def _group(group: LinesInOneBar, days: Mapping[str, date]) -> Bar | None:
    done = [line.done for line in group.lines if line.done]
    coming = [days[line.item] for line in group.lines if line.item in days]
    opened = [line.opened or line.done or days.get(line.item) for line in group.lines]
    first = min((day for day in (*opened, *done) if day), default=None)
    if first is None:
        return None
    is_to_come, settled = group.standing is Standing.NOT_YET, group.standing not in {*LIVE, Standing.NOT_YET}
    due = None if settled or is_to_come else max((line.due for line in group.lines if line.due), default=None)
    ended = max(coming, default=None) if is_to_come else max(done, default=first) if settled else None
    return Bar(group.title, group.standing, first, due, ended)


def _limit(line: Line, kind: str) -> Bar | None:
    first = min((day for day in (line.opened, line.done) if day), default=None)
    if first is None:
        return None
    words = f"{line.standing}: {kind}{line.title}" + (f", {due_of(line)}" if line.due else "")
    return Bar(words, line.standing, first, line.due, line.done)


def _label(page: CasePage) -> str:
    if page.status != CaseStatus.OPEN:
        return "Done" if page.status == CaseStatus.CLOSED else page.status.capitalize()
    standings = {line.standing for line in (*page.steps, *page.limits, *page.reviews)}
    if Standing.OVERDUE not in standings and any(not line.in_time for line in page.limits if line.days):
        return AT_RISK
    worst_first = (Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_HOLD)
    return next((str(standing) for standing in worst_first if standing in standings), "On track")


def _message(page: CasePage) -> str:
    running = [line for line in page.limits if line.days and line.due]
    limits = [f"{line.title}: {due_of(line)}, {line.days}{forecast_note(line)}" for line in running]
    holds = [f"Held: {hold.title}" for hold in page.holds]
    links = [link.words for link in page.related]
    late = sum(line.standing is Standing.OVERDUE for line in page.steps)
    return (
        ". ".join([*limits, *holds, *links, *([f"{late} overdue"] if late else [])])
        or page.ending
        or f"This case is {page.status}."
    )
