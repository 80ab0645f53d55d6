"""A case on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from reviewflow.case.handlers.links import KINDS, effect_words, linked_from_words, other_named
from reviewflow.case.model.ids import agency_recipient
from reviewflow.case.rules.holds import day_of_look, end_of_hold, still_stopped
from reviewflow.case.rules.linked_cases import started_in_turn
from reviewflow.case.rules.over import still_kept
from reviewflow.case.rules.timing.due_dates import date_day
from reviewflow.case.rules.timing.kept_days import day_after_holds
from reviewflow.service.views.case_page.items import item_line, limit_line
from reviewflow.service.views.case_page.look_again import review_lines
from reviewflow.service.views.case_page.naming import Naming, in_full
from reviewflow.service.views.case_page.shapes import CasePage, HoldLine, Line, LinkLine
from reviewflow.service.views.case_page.taken_over import taken_over
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import because_words
from reviewflow.service.wording.together import treated_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import clock_words, day_words, listing


def describe_case(workspace: Workspace, row: CaseRow, *, now: datetime) -> CasePage:
    """The page of a stored case on the day `now` is in London, with everything in full."""
    context = workspace.context(row, now)
    return page_of(context, row, in_full(context))


def page_of(context: CaseContext, row: CaseRow, naming: Naming) -> CasePage:
    """The page of a case, in which items and other cases are called as `naming` says."""
    plan, case = context.plan, context.case
    return CasePage(
        reference=row.reference,
        process=row.process,
        title=plan.definition.process.title,
        status=case.status,
        ending=_ending(context),
        number=row.number,
        opened=case.opened,
        dates=tuple(_dates(context)),
        agencies=tuple(recipient_title(context.partnership, agency_recipient(name)) for name in case.agencies),
        links=tuple(filter(None, (case.origin, *started_in_turn(case)))),
        limits=tuple(_earliest_first(limit_line(context, item, naming) for item in plan.limit_items(case))),
        steps=tuple(item_line(context, item, naming) for step in plan.order for item in plan.items(step, case)),
        holds=tuple(_holds(context)),
        related=tuple(_related(context, naming)),
        reviews=tuple(review_lines(context, naming)),
        stages=tuple((plan.definition.process.stages or {}).values()),
        legal_holds=tuple(sorted(placed.since for placed in case.kept_for.values())),
        origin=case.origin,
        rounds=tuple(case.started_after.items()),
        taken_over=tuple(taken_over(context)),
    )


def _ending(context: CaseContext) -> str:
    """The title of the way out that the case took; of one that is still to be over, with what is owed until then."""
    plan, case = context.plan, context.case
    title = plan.definition.title
    if case.closing:
        return f"{title(case.closing)}, as soon as this is done: {listing(map(title, still_kept(plan, case)))}"
    return title(case.ending) if case.ending else ""


def _dates(context: CaseContext) -> Iterator[tuple[str, str, date]]:
    """Those it was opened with, then those that are planned or set."""
    plan, case = context.plan, context.case
    questions = plan.definition.process.opening.dates
    for name, day in case.dates.items():
        if name not in plan.dates:
            question = questions.get(name, name)
            timed = name in case.times
            yield name, f"{question.rstrip('?.')}, at {clock_words(case.times[name])}" if timed else question, day
    for name, planned in plan.dates.items():
        known = date_day(plan, case, name, context.calendars)
        later = day_after_holds(plan, case, name, context.calendars)
        if known is not None and later is not None:
            yield name, f"{planned.title} (moved on by the days held, from {day_words(known)})", later
        elif known is not None:
            yield name, planned.title if name in case.dates else f"{planned.title} (as planned)", known


def _holds(context: CaseContext) -> Iterator[HoldLine]:
    titled = context.plan.definition.title
    for name, placed in context.case.holds.items():
        hold = context.plan.holds.get(name)
        title = hold.title if hold else name.replace("_", " ").capitalize()
        stops = still_stopped(context.plan, context.case, name) if hold else ()
        ends = end_of_hold(context.plan, context.case, name, context.today, context.calendars) if hold else None
        review = day_of_look(context.plan, context.case, name, context.calendars)
        why = because_words(context.plan.definition, placed.reason)
        yield HoldLine(name, title, placed.since, why, placed.requested_by, review, tuple(map(titled, stops)), ends)


def _related(context: CaseContext, naming: Naming) -> Iterator[LinkLine]:
    outside = context.case.outside
    for reference, link in context.case.related.items():
        other = other_named(naming.other_case(reference), outside=reference in outside)
        together = treated_words(context.case, reference, naming.other_case(reference))
        words = f"{KINDS[link.kind]}: {other} ({effect_words(link.effect, link.hold)}){together}"
        yield LinkLine(naming.reference(reference), words, link.review)
    for reference in context.case.joined:
        other = other_named(naming.other_case(reference), outside=reference in outside)
        words = f"Joined: the clocks of {other} are met here too"
        yield LinkLine(naming.reference(reference), words, None)
    for reference, kind in context.case.linked_from.items():
        named = naming.other_case(reference)
        words = f"{linked_from_words(named, kind)}{treated_words(context.case, reference, named)}"
        yield LinkLine(naming.reference(reference), words, None)


def _earliest_first(lines: Iterable[Line]) -> list[Line]:
    """Clocks of one kind together, in the file's order; of several cases' the one that ends first is in front."""
    by_step: dict[str, list[Line]] = {}
    for line in lines:
        by_step.setdefault(line.step, []).append(line)
    return [line for group in by_step.values() for line in sorted(group, key=lambda line: line.due or date.max)]
