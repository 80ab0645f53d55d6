"""What somebody is to look at again: limits that were missed, papers that came down, answers, holds and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reviewflow.case.handlers.links import KINDS, other_named
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.propagation.late_warnings import is_breached
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending, time_ends
from reviewflow.case.rules.holds import day_of_look
from reviewflow.case.rules.recipients import office_post, posts_now, who_explains
from reviewflow.case.rules.standing import Standing, distance, standing_of
from reviewflow.service.messages.fields.chasing import response_words
from reviewflow.service.reports.registers.publications import published
from reviewflow.service.views.case_page.naming import Naming, in_full
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.responses import is_undecided
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, listing


def review_lines(context: CaseContext, naming: Naming | None = None) -> Iterator[Line]:
    """All of it for a case that is open; nothing for one that is over."""
    if context.case.status is not CaseStatus.OPEN:
        return
    naming = naming or in_full(context)
    yield from unexplained_breaches(context, naming)
    yield from _taken_down(context)
    yield from (
        _to_decide(context, item, state, naming)
        for item, state in context.case.items.items()
        if state.to_decide and is_undecided(state)
    )
    yield from _holds(context)
    yield from _links(context, naming)
    yield from _ends_by_time(context)


def unexplained_breaches(context: CaseContext, naming: Naming | None = None) -> Iterator[Line]:
    """Limits that were not met and of which nobody has said why: national ones, and local ones that ask for it."""
    naming = naming or in_full(context)
    for item in context.plan.limit_items(context.case):
        state, limit = context.case.items.get(item), context.plan.limits[step_of(item)]
        asks = limit.national is not None or limit.reason is not None
        if not asks or state is None or state.breach or not is_breached(state, context.today):
            continue
        day = state.due or context.case.opened
        yield _line(
            context,
            LookAgain.BREACH,
            naming.item(item),
            f"Record why it was not met: {naming.title(item)}",
            posts=who_explains(context.plan, context.case, item),
            since=day,
            due=day,
            standing=Standing.OVERDUE,
            days="reason wanted",
        )


def _taken_down(context: CaseContext) -> Iterator[Line]:
    """Published reports that do not stay where they can be read for as long as they must."""
    for report in published(context.plan, context.case, context.calendars):
        if report.warning:
            title = f"Published report: {report.warning} {day_words(report.promised)}"
            until = report.taken_down or report.stays_until
            yield _line(context, LookAgain.PUBLISHED, report.step, title, since=report.published_on, due=until)


def _to_decide(context: CaseContext, item: str, state: Item, naming: Naming) -> Line:
    """What the office has to decide because of an answer, due on the next working day."""
    answered = state.responses[state.to_decide]
    title = f"Decide: {naming.title(item)}: {response_words(state)}"
    due = context.office_days.add_working_days(answered, 1)
    office = office_post(context.plan, context.case)
    return _line(context, LookAgain.DECIDE, naming.item(item), title, posts=office, since=answered, due=due)


def _holds(context: CaseContext) -> Iterator[Line]:
    for name, placed in context.case.holds.items():
        if placed.review:
            hold = context.plan.holds.get(name)
            look = day_of_look(context.plan, context.case, name, context.calendars)
            what = "Look again at the hold" if look else "The hold ends by itself"
            title, roles = f"{what}: {hold.title if hold else name}", hold.to if hold else ()
            posts = posts_now(roles, context.plan, context.case)
            yield _line(context, LookAgain.HOLD, name, title, posts=posts, since=placed.since, due=placed.review)


def _links(context: CaseContext, naming: Naming) -> Iterator[Line]:
    for reference, link in context.case.related.items():
        if link.review and link.hold not in context.case.holds:
            other = other_named(naming.other_case(reference), outside=reference in context.case.outside)
            title = f"Look again at {other}: {KINDS[link.kind].lower()}"
            name, posts = naming.reference(reference), office_post(context.plan, context.case)
            yield _line(context, LookAgain.LINK, name, title, posts=posts, since=link.since, due=link.review)


def _ends_by_time(context: CaseContext) -> Iterator[Line]:
    """The endings that time alone will bring, unless something comes."""
    plan, case = context.plan, context.case
    for name in plan.endings_by_time:
        day = day_of_ending(plan, case, name, context.calendars)
        if day is None or time_ends(plan, case, name, context.calendars) is None:
            continue
        items = awaited(plan, case, name)
        what = listing((plan.definition.title(step) for step in dict.fromkeys(map(step_of, items))), last="or")
        title = f"The case ends after this day ({plan.definition.title(name)}), unless it comes: {what}"
        yield _line(context, LookAgain.ENDING, name, title, since=case.items[items[0]].opened or case.opened, due=day)


def _line(
    context: CaseContext,
    kind: LookAgain,
    name: str,
    title: str,
    *,
    since: date,
    due: date,
    posts: Sequence[str] = (),
    standing: Standing | None = None,
    days: str = "",
) -> Line:
    """`standing` and `days` only where they do not follow from the day on which it is due."""
    people = (recipient_title(context.partnership, post) for post in posts)
    return Line(
        item=kind.of(name),
        step=title,
        title=title,
        owner=listing(people, none="nobody by name"),
        standing=standing or standing_of(Item(Status.OPEN, due=due), context.today, context.office_days),
        opened=since,
        due=due,
        days=days or distance(due, context.today, context.office_days),
    )
