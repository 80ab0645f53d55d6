"""From the store to what ought to be seen in Prefect: a run per case, a bar per step, a form per piece of work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.standing import Standing
from reviewflow.london import LONDON, london_day
from reviewflow.service.commands.forms import form_schema
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.views.board.shortened import Shortened, expected, shortened
from reviewflow.service.views.board.shown import CaseView, TaskView, WorkView
from reviewflow.service.views.board.summary import shown_papers, summary_page
from reviewflow.service.views.case_page import CasePage, Line, describe_case
from reviewflow.service.views.redaction import item_of, redact
from reviewflow.service.workspace.delivery_modes import SAYS
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import day_words

FELL_AWAY = {Standing.NOT_NEEDED, Standing.SKIPPED}
OPEN = {Standing.WAITING, Standing.DUE_SOON, Standing.OVERDUE, Standing.EXPECTED, Standing.NOT_COME}
AT_RISK = "At risk"
"""Nothing is overdue, but a time limit will not be met as things stand."""
CASE, OWED, OVERDUE = "case", "owed", "overdue"
"""Tags: the picture of a case, what somebody owes, and what of that is late."""
MORNING, EVENING = time(9), time(17)


Pictures = tuple[list[CaseView], list[WorkView], dict[str, Standing]]


def pictures(workspace: Workspace, rows: Sequence[CaseRow], *, now: datetime) -> Pictures:
    """What ought to be seen of these cases at this moment, and how work that is no longer open ended, by key."""
    cases: list[CaseView] = []
    work: list[WorkView] = []
    ended: dict[str, Standing] = {}
    mode = delivery_mode(workspace, os.environ).mode
    delivery = f"Messages: {mode}, {SAYS[mode]}"
    for row in rows:
        plan, case = workspace.plan_and_case(row)
        seen = redact(plan, case, describe_case(workspace, row, now=now))
        page = summary_page(seen, shown_papers(workspace, plan, case))
        cases.append(case_view(plan, seen, today=london_day(now), page=page, delivery=delivery))
        if seen.status == CaseStatus.OPEN:
            work += work_views(plan, case, seen)
        ended |= {_key(seen, line): line.standing for line in seen.steps if line.standing not in OPEN}
        ended |= _rounds_done(plan, seen)
    return cases, work, ended


def _rounds_done(plan: Plan, seen: CasePage) -> dict[str, Standing]:
    """Of what comes again, the rounds before the one that is owed now."""
    again = [line for line in seen.steps if plan.steps[step_of(line.item)].repeats is not None]
    return {_key(seen, replace(line, round=round_)): Standing.DONE for line in again for round_ in range(1, line.round)}


def _key(seen: CasePage, line: Line) -> str:
    """One owner's item in one round: work that is sent back gets a form and a bar of its own."""
    return f"{seen.reference}/{line.item}/{line.round}"


def case_view(plan: Plan, seen: CasePage, *, today: date, page: str, delivery: str = "") -> CaseView:
    """The picture of one case; it carries its reference and nothing else that could name it."""
    drawn = shortened(plan, seen.steps, today)
    groups = [group for lines in _by_step(drawn.lines) for group in _groups(lines)]
    nodes = {line.item: _node(seen, group) for group in groups for line in group}
    days = expected(seen.steps)
    return CaseView(
        reference=seen.reference,
        title=f"{seen.reference} · {seen.title}",
        label=_label(seen),
        message=". ".join(filter(None, (_message(seen), delivery if seen.status == CaseStatus.OPEN else ""))),
        number=seen.number,
        tasks=(
            *(_limit(seen, line) for line in seen.limits),
            *(_limit(seen, line, "") for line in seen.reviews),
            *(_task(seen, group, nodes, days) for group in groups),
            *_later(seen, drawn),
        ),
        tags=(CASE, f"process:{seen.process}"),
        closed=seen.status != CaseStatus.OPEN,
        page=page,
    )


def _by_step(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for _, found in groupby(lines, lambda line: line.item.partition("/")[0]):
        yield list(found)


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Owners who stand alike share a bar, unless somebody has to act on it."""
    alike = len({line.standing for line in lines}) == 1 and lines[0].standing not in OPEN
    if alike:
        yield lines
    else:
        yield from ([line] for line in lines)


def _node(seen: CasePage, group: Sequence[Line]) -> str:
    line = group[0]
    return f"{seen.reference}/{line.item.partition('/')[0]}" if len(group) > 1 else _key(seen, line)


def _later(seen: CasePage, drawn: Shortened) -> Iterator[TaskView]:
    if drawn.later:
        title = f"Later: {drawn.later} more step{'' if drawn.later == 1 else 's'}"
        starts = _moment(drawn.until, MORNING)
        yield TaskView(f"{seen.reference}/later", title, Standing.NOT_YET, starts=starts)


def _task(seen: CasePage, group: Sequence[Line], nodes: Mapping[str, str], days: Mapping[str, date]) -> TaskView:
    line = group[0]
    done = [each.done for each in group if each.done]
    opened = [each.opened or each.done or days.get(each.item) for each in group]
    first = min((day for day in opened if day), default=None)
    after = dict.fromkeys(nodes[item] for each in group for item in each.after if item in nodes)
    return TaskView(
        key=_node(seen, group),
        title=_drawable(line.title if len(group) == 1 else f"{line.step} ({len(group)})"),
        standing=line.standing,
        after=tuple(after),
        message=_words(line),
        starts=_moment(first, MORNING),
        ended=_moment(max(done, default=first if line.standing in FELL_AWAY else None), EVENING),
    )


def _limit(seen: CasePage, line: Line, kind: str = "Time limit: ") -> TaskView:
    return TaskView(
        key=_key(seen, line),
        title=_drawable(f"{kind}{line.title}" + (f", {_due(line)}" if line.due else "")),
        standing=line.standing,
        message=f"{_words(line)}{_will_it(line) if line.days else ''}",
        starts=_moment(line.opened, MORNING),
        ended=_moment(line.done, EVENING),
    )


def _drawable(title: str) -> str:
    """The font of Prefect's drawing has no middle dot."""
    return title.replace(" · ", ": ")


def _moment(day: date | None, at: time) -> datetime | None:
    return datetime.combine(day, at, LONDON) if day else None


def _label(seen: CasePage) -> str:
    if seen.status != CaseStatus.OPEN:
        return "Done" if seen.status == CaseStatus.CLOSED else seen.status.capitalize()
    standings = {line.standing for line in (*seen.steps, *seen.limits, *seen.reviews)}
    if Standing.OVERDUE not in standings and any(not line.in_time for line in seen.limits if line.days):
        return AT_RISK
    return next(
        (str(each) for each in (Standing.OVERDUE, Standing.DUE_SOON, Standing.HELD) if each in standings), "On track"
    )


def _message(seen: CasePage) -> str:
    running = [line for line in seen.limits if line.days and line.due]
    limits = [f"{line.title}: {_due(line)}, {line.days}{_will_it(line)}" for line in running if line.due]
    late = sum(line.standing is Standing.OVERDUE for line in seen.steps)
    held = [f"Held: {hold.title}" for hold in seen.holds]
    linked = [link.words for link in seen.related]
    return (
        ". ".join([*limits, *held, *linked, *([f"{late} overdue"] if late else [])])
        or seen.ending
        or f"This case is {seen.status}."
    )


def _will_it(line: Line) -> str:
    return f" (will it make it? {line.forecast})" if line.forecast else ""


def work_views(plan: Plan, case: Case, seen: CasePage) -> list[WorkView]:
    """A form for everything that a person owes now."""
    found = []
    for line in seen.steps:
        if line.standing not in OPEN or line.automatic:
            continue
        step = line.item.partition("/")[0]
        due = f"{line.owner}, due {_due(line)}." if line.due else f"{line.owner}."
        intro = " ".join(filter(None, (due, plan.steps[step].help)))
        found.append(
            WorkView(
                key=_key(seen, line),
                case=seen.reference,
                item=line.item,
                title=f"{seen.reference} · {line.title}",
                due=line.due,
                standing=line.standing,
                message=_words(line),
                tags=_tags(seen, line, plan.owner(item_of(plan, case, line.item), case)),
                form=form_schema(line.title, plan.form(step), intro=intro, agencies=seen.agencies),
                help=intro,
            )
        )
    return found


def _tags(seen: CasePage, line: Line, owner: str) -> tuple[str, ...]:
    """What the lists of both of Prefect's pages can be filtered by; names of states they cannot."""
    late = (OVERDUE,) if line.standing is Standing.OVERDUE else ()
    return (OWED, f"process:{seen.process}", f"owner:{owner.partition(':')[2]}", *late)


def _due(line: Line) -> str:
    """'Wed 27 May 2026', with the time of day where hours are counted."""
    return ", ".join(filter(None, (day_words(line.due) if line.due else "", line.by)))


def _words(line: Line) -> str:
    """Who has it, by when, and how often they were reminded."""
    if line.done:
        return f"Done {day_words(line.done)}"
    due = f"due {_due(line)}, {line.days}" if line.due and line.days else ""
    due += f" (first due {day_words(line.original)})" if due and line.original else ""
    chased = f"chased {line.sent} times" if line.sent > 1 else "chased once" if line.sent else ""
    return " · ".join(filter(None, (line.owner, due, chased, line.answered))) or str(line.standing)
