"""What stands on a page: what is asked, by when, what it holds up, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.language.model import Contact
from reviewflow.service.documents.calendar_entry import CalendarEntry, calendar_file
from reviewflow.service.door.opening import Opened
from reviewflow.service.door.papers import DoorPaper, offered, papers_for
from reviewflow.service.messages.day_fields import how_long
from reviewflow.service.messages.text import fields, owner_title
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words, due_words


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The words of a page, in the order in which they stand on it."""

    reference: str
    process: str
    task: str
    asked_of: str
    due: str
    how_long: str
    is_late: bool
    holds_up: str
    last_said: str
    help: str
    """What a post of the partnership is told of its step; it is not written for agencies."""
    partnership: str
    contact: Contact
    until: str
    after: tuple[str, ...]
    """What waits for this answer, as titles."""
    papers: tuple[DoorPaper, ...]


def facts_of(workspace: Workspace, opened: Opened) -> PageFacts:
    """All that a page says about its item."""
    context, item, state = opened.context, opened.item, opened.state
    words = fields(context, item, foreseen=False)
    step = context.plan.steps[step_of(item)]
    return PageFacts(
        reference=context.case.reference,
        process=context.plan.definition.process.title,
        task=context.plan.definition.title(step_of(item)),
        asked_of=owner_title(context, item),
        due=due_words(state.due, state.by) if state.due else "No day is set",
        how_long=how_long(context, item, state.due) if state.due else "",
        is_late=state.due is not None and context.today > state.due,
        holds_up="" if words["limit"] == "no time limit is running" else words["limit"],
        last_said="" if words["said"] == "nothing yet" else words["said"],
        help=(step.help or "") if not opened.agency else "",
        partnership=context.partnership.partnership,
        contact=context.partnership.contact,
        until=day_words(opened.until),
        after=tuple(_waiting(opened)),
        papers=(*papers_for(workspace, opened), *offered(workspace, step.offers or ())),
    )


def _waiting(opened: Opened) -> Iterator[str]:
    """The titles of what opens only when this is done."""
    plan, step = opened.context.plan, step_of(opened.item)
    for name in plan.order:
        if any(other == step for other, _ in plan.before.get(name, ())) and not plan.is_automatic(name):
            yield plan.definition.title(name)


def calendar_of(opened: Opened, *, now: datetime) -> bytes | None:
    """The day on which it is due as a calendar entry; None while no day is set."""
    context, state = opened.context, opened.state
    if state.due is None:
        return None
    title = f"{context.case.reference}: {context.plan.definition.title(step_of(opened.item))}"
    text = f"Due to {context.partnership.partnership}. Questions: {context.partnership.contact.phone}."
    number, office = "-".join(map(str, opened.form)), context.partnership.contact.domain
    return calendar_file(CalendarEntry(number, office, title, text, state.due, state.by), now=now)
