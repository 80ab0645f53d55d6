"""A case as a manager would print it: its limits first, then every step, where it stands and who has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from reviewflow.case.handlers.links import EFFECTS, KINDS
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus, Item, Placed, Status, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.late_warnings import is_breached
from reviewflow.case.rules.forecast import forecast
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.standing import Standing, distance, item_standing, standing_of
from reviewflow.case.rules.timing.due_dates import date_day, due_day
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import find
from reviewflow.service.messages.text import how_long, item_title, owner_title, said_words
from reviewflow.service.reports.registers.publications import published
from reviewflow.service.wording.forecast_words import short_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.responses import is_undecided, response_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import clock_words, day_words, listing

BREACH = "breach:"
"""Before a limit's name: that why it was not met is to be recorded."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step, or a limit, as one owner owes it."""

    item: str
    step: str
    """The title of the step, without its owner."""
    title: str
    owner: str
    standing: Standing
    opened: date | None
    due: date | None
    original: date | None
    """What was due first, before it was extended."""
    done: date | None
    days: str
    """How far the due day is, for what is open: '2 working days left'."""
    automatic: bool
    round: int
    sent: int
    after: tuple[str, ...]
    """The items this one waits for."""
    provisional: bool
    """The due day lies beyond the bank holidays that are proclaimed."""
    by: str = ""
    """The time of day by which it is due, where hours are counted."""
    forecast: str = ""
    """Of a time limit: whether it will be met in time, and when."""
    in_time: bool = True
    answered: str = ""
    """What was answered to a chase of it: 'Acknowledged 5 May'."""


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold that is in place."""

    hold: str
    title: str
    since: date
    why: str
    requested_by: str
    review: date | None
    stops: tuple[str, ...]
    """The titles of the steps that stand still."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What runs beside a case, or whose clocks are met here."""

    reference: str
    words: str
    review: date | None


@dataclass(frozen=True, slots=True)
class CasePage:
    reference: str
    process: str
    title: str
    status: str
    ending: str
    """The title of the way out that it took; empty unless it ended so."""
    number: int
    """Of its last event."""
    opened: date
    dates: tuple[tuple[str, str, date], ...]
    """Name, question and day."""
    agencies: tuple[str, ...]
    links: tuple[str, ...]
    limits: tuple[Line, ...]
    steps: tuple[Line, ...]
    holds: tuple[HoldLine, ...]
    related: tuple[LinkLine, ...]
    reviews: tuple[Line, ...]
    """What is to be looked at again, and when."""


def overview(workspace: Workspace, reference: str, *, now: datetime) -> CasePage:
    return describe_case(workspace, find(workspace, reference), now=now)


def describe_case(workspace: Workspace, row: CaseRow, *, now: datetime) -> CasePage:
    """The summary of a stored case on the day `now` is in London."""
    context = workspace.context(row, now)
    plan, case = context.plan, context.case
    agencies = workspace.partnership.agencies
    return CasePage(
        reference=row.reference,
        process=row.process,
        title=plan.definition.process.title,
        status=case.status,
        ending=plan.definition.title(case.ending) if case.ending else "",
        number=row.number,
        opened=case.opened,
        dates=tuple(_dates(context)),
        agencies=tuple(agencies[name].title if name in agencies else name for name in case.agencies),
        links=tuple(filter(None, (case.origin, *case.links.values()))),
        limits=tuple(_earliest_first(_limit(context, item) for item in plan.limit_items(case))),
        steps=tuple(describe_item(context, item) for step in plan.order for item in plan.items(step, case)),
        holds=tuple(_hold(plan, name, placed) for name, placed in case.holds.items()),
        related=tuple(_related(case)),
        reviews=tuple(_reviews(context)),
    )


def _dates(context: CaseContext) -> Iterator[tuple[str, str, date]]:
    """Those it was opened with, then those that are planned or set."""
    plan, case = context.plan, context.case
    asked = plan.definition.process.opening.dates
    for name, day in case.dates.items():
        if name not in plan.dates:
            at = f", at {clock_words(case.times[name])}" if name in case.times else ""
            yield name, f"{asked.get(name, name).rstrip('?.')}{at}" if at else asked.get(name, name), day
    for name, planned in plan.dates.items():
        known = date_day(plan, case, name, context.calendars)
        if known is not None:
            yield name, planned.title if name in case.dates else f"{planned.title} (as planned)", known


def describe_item(context: CaseContext, item: str) -> Line:
    """Where one step or limit stands, as its owner owes it."""
    held = context.case.items.get(item)
    calendar = context.office_days
    runs = (
        is_open(context.case, item)
        and not is_wait(context.plan, item)
        and not stopped_by(context.plan, context.case, item)
    )
    open_due = held.due if held and runs and context.case.status not in CUT_SHORT else None
    return Line(
        item=item,
        step=context.plan.definition.title(step_of(item)),
        title=item_title(context, item),
        owner=owner_title(context, item) if context.plan.owner(item, context.case) else "",
        standing=item_standing(context.plan, context.case, item, context.now, calendar),
        opened=held.opened if held else None,
        due=_due(context, item),
        original=held.original if held else None,
        done=held.done if held and held.status is Status.DONE else None,
        days=how_long(context, item, open_due) if open_due else "",
        automatic=context.plan.is_automatic(step_of(item)),
        round=held.round if held else 1,
        sent=held.sent if held else 0,
        after=tuple(context.plan.waits_for(item, context.case)),
        provisional=_provisional(context, item),
        by=clock_words(held.by) if held and held.by else "",
        answered=response_words(held, context.today) if held and runs else "",
    )


def _limit(context: CaseContext, item: str) -> Line:
    """With whether it will be met in time."""
    line, held, today = describe_item(context, item), context.case.items.get(item), context.today
    if context.case.status in CUT_SHORT:
        return line
    found = forecast(context.plan, context.case, item, today, context.calendars)
    in_time = not (found is not None and found.late) and not (held is not None and is_breached(held, today))
    return replace(line, forecast=short_words(held, found, today), in_time=in_time)


def unexplained(workspace: Workspace, *, now: datetime) -> Iterator[tuple[str, Line]]:
    """Of cases that are over, the national limits that were not met and of which nobody has said why."""
    for row in workspace.store.cases(CaseStatus.CLOSED):
        context = workspace.context(row, now)
        yield from ((row.reference, line) for line in _breaches(context))


def _breaches(context: CaseContext) -> Iterator[Line]:
    """National limits that were not met, of which nobody has said why."""
    for item in context.plan.limit_items(context.case):
        held, limit = context.case.items.get(item), context.plan.limits[step_of(item)]
        if limit.national is None or held is None or held.breach or not is_breached(held, context.today):
            continue
        told = limit.when_late.tell if limit.when_late else ("business_manager",)
        title = f"Record why it was not met: {item_title(context, item)}"
        day = held.due or context.case.opened
        yield replace(
            _look_again(context, f"{BREACH}{item}", title, told, day, day),
            standing=Standing.OVERDUE,
            days="reason wanted",
        )


def _hold(plan: Plan, name: str, placed: Placed) -> HoldLine:
    rule = plan.holds.get(name)
    steps = tuple(plan.definition.title(step) for step in rule.stops) if rule else ()
    title = rule.title if rule else name.replace("_", " ").capitalize()
    return HoldLine(name, title, placed.since, placed.reason, placed.requested_by, placed.review, steps)


def _reviews(context: CaseContext) -> Iterator[Line]:
    if context.case.status is CaseStatus.OPEN:
        yield from _breaches(context)
        yield from _stays(context)
        yield from (_to_decide(context, item, held) for item, held in context.case.items.items() if is_undecided(held))
        holds = context.case.holds.items()
        yield from (_review(context, name, placed.review) for name, placed in holds if placed.review)
        for reference, each in context.case.related.items():
            if each.review and each.hold not in context.case.holds:
                title = f"Look again at {reference}: {KINDS[each.kind].lower()}"
                yield _look_again(context, f"link:{reference}", title, (), each.since, each.review)


def _stays(context: CaseContext) -> Iterator[Line]:
    """Published reports that do not stay where they can be read for as long as they must."""
    for each in published(context.plan, context.case, context.calendars):
        if each.warning:
            title = f"Published report: {each.warning} {day_words(each.promised)}"
            day = each.taken_down or each.stays_until
            yield _look_again(context, f"published:{each.step}", title, (), each.published_on, day)


def _related(case: Case) -> Iterator[LinkLine]:
    for reference, each in case.related.items():
        yield LinkLine(reference, f"{KINDS[each.kind]}: {reference} ({EFFECTS[each.effect]})", each.review)
    for reference in case.joined:
        yield LinkLine(reference, f"Joined: the clocks of {reference} are met here too", None)


def _earliest_first(lines: Iterable[Line]) -> list[Line]:
    """Clocks of one kind together, in the file's order; of several cases' the one that ends first is in front."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.step, []).append(line)
    return [line for group in groups.values() for line in sorted(group, key=lambda each: each.due or date.max)]


def _review(context: CaseContext, name: str, review: date) -> Line:
    rule = context.plan.holds.get(name)
    title = f"Look again at the hold: {rule.title if rule else name}"
    since = context.case.holds[name].since
    return _look_again(context, LookAgain.HOLD.of(name), title, rule.to if rule else (), since, review)


def _to_decide(context: CaseContext, item: str, held: Item) -> Line:
    """What the office has to decide because of an answer, due on the next working day."""
    said = held.heard[held.deciding]
    title = f"Decide: {item_title(context, item)}: {said_words(held)}"
    due = context.office_days.add_working_days(said, 1)
    return _look_again(context, f"decide:{item}", title, ("business_support",), said, due)


def _look_again(context: CaseContext, item: str, title: str, roles: tuple[str, ...], since: date, review: date) -> Line:
    today, calendar = context.today, context.office_days
    due = Item(Status.OPEN, due=review)
    return Line(
        item=item,
        step=title,
        title=title,
        owner=listing((recipient_title(context.partnership, f"role:{role}") for role in roles), none="nobody by name"),
        standing=standing_of(due, today, calendar),
        opened=since,
        due=review,
        original=None,
        done=None,
        days=distance(review, today, calendar),
        automatic=False,
        round=1,
        sent=0,
        after=(),
        provisional=False,
    )


def _due(context: CaseContext, item: str) -> date | None:
    """When it is due; for what has not opened yet, when it will be, if that follows from what is known."""
    held = context.case.items.get(item)
    if held is None or held.status is Status.PENDING:
        return due_day(context.plan, context.case, item, context.calendars)
    return held.due


def _provisional(context: CaseContext, item: str) -> bool:
    due = _due(context, item)
    return due is not None and context.calendars[context.plan.calendar_of(step_of(item))].is_provisional(due)


def _due_in(workspace: Workspace, row: CaseRow, last: date, now: datetime) -> Iterator[Line]:
    """Only what falls due is described: a morning's summary looks at every open case."""
    context = workspace.context(row, now)
    plan, case = context.plan, context.case
    for item, held in case.items.items():
        if held.status is Status.OPEN and held.due is not None and held.due <= last:
            line = _limit(context, item) if plan.is_limit(item) else describe_item(context, item)
            if line.days:
                yield line
    yield from (line for line in _reviews(context) if line.days and line.due is not None and line.due <= last)


def due_lines(workspace: Workspace, *, now: datetime, days: int) -> list[tuple[str, Line]]:
    """What is owed and overdue, or due within so many days, over all open cases; most urgent first."""
    last = london_day(now) + timedelta(days=days)
    found = [
        (row.reference, line) for row in workspace.store.cases("open") for line in _due_in(workspace, row, last, now)
    ]
    found += unexplained(workspace, now=now)
    return sorted(found, key=lambda each: (each[1].due or last, each[0], each[1].item))
