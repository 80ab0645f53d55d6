"""What stands on a page: what is asked, by when, what it holds up, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from reviewflow.case.apply.lines import lines_in
from reviewflow.case.handlers.growing_tables import numbered
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.invitations import coming_words, invitations_to
from reviewflow.case.rules.timing.hours import has_passed
from reviewflow.case.rules.timing.meeting_days import day_of_meeting, is_called_off, meeting_of
from reviewflow.language.model import Contact
from reviewflow.london import london_day
from reviewflow.service.documents.calendar_entry import CalendarEntry, calendar_file
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.door.papers import DoorPaper, offered, papers_for
from reviewflow.service.messages.fields.day_fields import how_long
from reviewflow.service.messages.fields.forecasts import NO_LIMIT
from reviewflow.service.messages.fields.together import together_words
from reviewflow.service.messages.naming import owner_title, step_title
from reviewflow.service.messages.text import fields
from reviewflow.service.wording.answers import answers_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.rules import Teller
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
    waits: bool
    """Whether the office has still to decide about what was said last."""
    help: str
    """What a post of the partnership is told of its step; it is not written for agencies."""
    partnership: str
    contact: Contact
    until: str
    meets: str
    """The day of the meeting that it invites to; '' where it is no invitation."""
    coming: tuple[str, ...]
    """Of a meeting: who was invited, each with what they said."""
    after: tuple[str, ...]
    """What waits for this answer, as titles."""
    papers: tuple[DoorPaper, ...]
    grows: bool = False
    """Whether lines may be added one after the other, until it is said that no more are to come."""
    lines: tuple[str, ...] = ()
    """Of a table that grows: the lines that were added, each with its number."""
    several: tuple[str, ...] = ()
    """Where several decide: how many must agree, and which answer is recorded as dissent."""


def facts_of(workspace: Workspace, opened: OpenedItem) -> PageFacts:
    """All that a page says about its item."""
    context, item, state = opened.context, opened.item, opened.state
    words = fields(context, item)
    step = context.plan.steps[step_of(item)]
    return PageFacts(
        reference=context.case.reference,
        process=context.plan.definition.process.title,
        task=step_title(context, item),
        asked_of=owner_title(context, item),
        due=due_words(state.due, state.by) if state.due else "No day is set",
        how_long=how_long(context, item, state.due) if state.due else "",
        is_late=has_passed(state, context.now),
        holds_up="" if words["limit"] == NO_LIMIT else words["limit"],
        last_said="" if words["said"] == "nothing yet" else words["said"],
        waits=bool(state.to_decide),
        help=(step.help or "") if not opened.agency else "",
        partnership=context.partnership.partnership,
        contact=context.partnership.contact,
        until=day_words(opened.until),
        meets=day_words(meets) if (meets := _meets(opened)) else "",
        coming=tuple(_coming(opened)),
        after=tuple(_waiting(opened)),
        papers=(*papers_for(workspace, opened), *offered(workspace, step.offers or ())),
        grows=step_of(item) in context.plan.growing,
        lines=tuple(_lines(opened)),
        several=tuple(_several(opened)),
    )


def _lines(opened: OpenedItem) -> Iterator[str]:
    context = opened.context

    def person(name: str) -> str:
        return recipient_title(context.partnership, name)

    for question in context.plan.growing.get(step_of(opened.item), ()):
        columns = context.plan.form(step_of(opened.item))[question].columns
        for number, line in numbered(lines_in(opened.state.answers.get(question))).items():
            yield f"{number}. {answers_words(line, columns, person)}"


def _several(opened: OpenedItem) -> Iterator[str]:
    """A partner who is about to say no is told what becomes of it before it is sent."""
    plan, name = opened.context.plan, step_of(opened.item)
    teller, step = Teller(plan.definition, opened.context.partnership), plan.steps[name]
    if (quorum := plan.definition.quorum(name)) is not None:
        yield f"Several are asked, and of them {teller.quorum(quorum)}; when they have, it is settled."
    if step.dissent is not None:
        yield f"When {teller.condition(step.dissent, name)}, it is recorded as your dissent."


def _waiting(opened: OpenedItem) -> Iterator[str]:
    """The titles of what opens only when this is done, and opens whatever is answered."""
    plan, step = opened.context.plan, step_of(opened.item)
    for name in plan.order:
        waits = any(other == step for other, _ in plan.before.get(name, ())) and not plan.is_automatic(name)
        if waits and plan.steps[name].when is None:
            yield plan.definition.title(name)


def _meets(opened: OpenedItem) -> date | None:
    context = opened.context
    return day_of_meeting(context.plan, context.case, opened.item, context.calendars)


def _coming(opened: OpenedItem) -> Iterator[str]:
    """Who was invited to this meeting, each with what they said."""
    context = opened.context
    for item in invitations_to(context.plan, context.case, step_of(opened.item)):
        said = coming_words(context.plan, context.case, item) or "nothing yet"
        yield f"{owner_title(context, item)}: {said}"


class InCalendar(StrEnum):
    """What the calendar entry of a page does, as its link says it."""

    DUE = "Put the day into your calendar"
    MEETS = "Put the day of the meeting into your calendar"
    TAKEN_OUT = "Take the meeting out of your calendar"


def in_calendar(opened: OpenedItem) -> InCalendar | None:
    """What the calendar entry of a page does; None where there is none: no day is set, and no meeting was."""
    context, meeting = opened.context, meeting_of(opened.context.plan, opened.item)
    if meeting:
        is_off = is_called_off(context.case, meeting) or _meets(opened) is None
        is_off = is_off or bool(stopped_by(context.plan, context.case, meeting))
        return InCalendar.TAKEN_OUT if is_off else InCalendar.MEETS
    return InCalendar.DUE if opened.state.due else None


def calendar_of(opened: OpenedItem, *, now: datetime) -> bytes | None:
    """The day on which it is due, or the meeting that it invites to, as a calendar entry; None while no day is set.

    Of a meeting that is put off or called off, what takes its entry out again: the same number, and a day only so that
    every program reads it.
    """
    meets, due, does = _meets(opened), opened.state.due, in_calendar(opened)
    if does is InCalendar.TAKEN_OUT:
        off = replace(_entry_of_meeting(opened, meets or due or london_day(now)), is_off=True)
        return calendar_file(off, now=now)
    entry = _entry_of_meeting(opened, meets) if meets else _entry_of_due(opened, due) if due else None
    return calendar_file(entry, now=now) if entry is not None else None


def _entry_of_meeting(opened: OpenedItem, day: date) -> CalendarEntry:
    """The same number for each round: when the meeting is held again, its new day replaces the old one."""
    context, contact = opened.context, opened.context.partnership.contact
    meeting = meeting_of(context.plan, opened.item)
    title = f"{context.case.reference}: {context.plan.definition.title(meeting)}"
    also = together_words(context, (opened.post,))
    treated = f" Treated {also}." if also else ""
    text = f"{context.partnership.partnership}.{treated} The place and the papers come by secure message. Questions: "
    number = f"{context.case.reference}-{meeting}-{key_of(opened.item)}"
    return CalendarEntry(number, contact.domain, title, f"{text}{contact.phone}.", day)


def _entry_of_due(opened: OpenedItem, due: date) -> CalendarEntry:
    context, contact = opened.context, opened.context.partnership.contact
    title = f"{context.case.reference}: {step_title(context, opened.item)}"
    text = f"Due to {context.partnership.partnership}. Questions: {contact.phone}."
    return CalendarEntry("-".join(map(str, opened.form)), contact.domain, title, text, due, opened.state.by)
