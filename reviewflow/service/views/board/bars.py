"""The picture of one case: a bar for each limit and each step, in order, with what comes much later left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import groupby

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.london import LONDON
from reviewflow.service.views.board.shortened import Shortened, expected, shortened
from reviewflow.service.views.board.shown import CASE, CaseView, TaskView, round_key
from reviewflow.service.views.board.words import due_of, forecast_note, line_words
from reviewflow.service.views.case_page.shapes import OWED_NOW, CasePage, Line
from reviewflow.text import counted

FELL_AWAY = {Standing.NOT_NEEDED, Standing.NO_MORE, Standing.SKIPPED}
AT_RISK = "At risk"
"""Nothing is overdue, but a time limit will not be met as things stand."""
MORNING, EVENING = time(9), time(17)
"""Days have no time of their own; a bar begins in the morning and ends in the evening, in London."""


def case_view(plan: Plan, page: CasePage, *, today: date, summary: str, delivery: str = "") -> CaseView:
    """The picture of one case; it carries its reference and nothing else that could name it."""
    drawn = shortened(plan, page.steps, today)
    groups = [group for lines in _by_step(drawn.lines) for group in _groups(lines)]
    keys = {line.item: _key(page, group) for group in groups for line in group}
    days = expected(page.steps)
    is_open = page.status == CaseStatus.OPEN
    return CaseView(
        reference=page.reference,
        title=f"{page.reference} · {page.title}",
        label=_label(page),
        message=". ".join(filter(None, (_message(page), delivery if is_open else ""))),
        number=page.number,
        tasks=(
            *(_limit(page, line, "Time limit: ") for line in page.limits),
            *(_limit(page, line, "") for line in page.reviews),
            *(_step(page, group, keys, drawn, days) for group in groups),
            *_later(page, drawn),
        ),
        tags=(*((CASE,) if is_open else ()), f"process:{page.process}"),
        closed=not is_open,
        due=min((line.due for line in page.limits if line.days and line.due), default=None) if is_open else None,
        page=summary,
    )


def _by_step(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for _, of_step in groupby(lines, lambda line: step_of(line.item)):
        yield list(of_step)


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Owners who stand alike share a bar, unless somebody has to act on it."""
    alike = len({line.standing for line in lines}) == 1 and lines[0].standing not in OWED_NOW
    if alike:
        yield lines
    else:
        yield from ([line] for line in lines)


def _key(page: CasePage, group: Sequence[Line]) -> str:
    line = group[0]
    if len(group) > 1:
        return f"{page.reference}/{step_of(line.item)}"
    return round_key(page.reference, line.item, line.round)


def _later(page: CasePage, drawn: Shortened) -> Iterator[TaskView]:
    if drawn.later:
        title = f"Later: {counted(drawn.later, 'more step')}"
        yield TaskView(f"{page.reference}/later", title, Standing.NOT_YET, starts=_at(drawn.until, MORNING))


def _step(
    page: CasePage, group: Sequence[Line], keys: Mapping[str, str], drawn: Shortened, days: Mapping[str, date]
) -> TaskView:
    line = group[0]
    done = [alike.done for alike in group if alike.done]
    opened = [alike.opened or alike.done or days.get(alike.item) for alike in group]
    first = min((day for day in opened if day), default=None)
    before = dict.fromkeys(keys[item] for alike in group for item in drawn.after[alike.item] if item in keys)
    return TaskView(
        key=_key(page, group),
        title=_drawable(line.title if len(group) == 1 else f"{line.step} ({len(group)})"),
        standing=line.standing,
        after=tuple(before),
        message=line_words(line),
        starts=_at(first, MORNING),
        ended=_at(max(done, default=first if line.standing in FELL_AWAY else None), EVENING),
    )


def _limit(page: CasePage, line: Line, kind: str) -> TaskView:
    return TaskView(
        key=_key(page, [line]),
        title=_drawable(f"{kind}{line.title}" + (f", {due_of(line)}" if line.due else "")),
        standing=line.standing,
        message=f"{line_words(line)}{forecast_note(line) if line.days else ''}",
        starts=_at(line.opened, MORNING),
        ended=_at(line.done, EVENING),
    )


def _drawable(title: str) -> str:
    """The font of Prefect's drawing has no middle dot."""
    return title.replace(" · ", ": ")


def _at(day: date | None, clock: time) -> datetime | None:
    return datetime.combine(day, clock, LONDON) if day else None


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
