"""The whole answer to `why`: where something stands, its day, what it waits for, its reminders, what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from reviewflow.case.model import events
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import is_open
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.language.suggestions import suggestion
from reviewflow.london import read_stamp
from reviewflow.service.commands.carry_out import find
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.messages.fields.forecasts import forecast_sentences
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.messages.naming import item_title
from reviewflow.service.trouble.refusals import refusal_of, refused_jobs
from reviewflow.service.views.case_page.items import item_line
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.views.history import HistoryEntry, history
from reviewflow.service.views.why.chases import chase_reasons
from reviewflow.service.views.why.days import day_reasons
from reviewflow.service.views.why.ending import ending_reasons, ending_standing
from reviewflow.service.views.why.turn import left_out_reason, turn_reasons
from reviewflow.service.wording.message_words import message_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Job, JobKind
from reviewflow.text import counted, listing, moment_words

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of the answer, and what it is about."""

    about: str
    """state, day, moved, will it make it, reminders, delivery, told"""
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """The whole answer about one item, or one ending."""

    reference: str
    item: str
    title: str
    standing: str
    """In a word or two."""
    line: Line | None
    """As the case's page shows the item; an ending has none there, nor has what nobody owes who takes no part."""
    reasons: tuple[Reason, ...]


def why(workspace: Workspace, reference: str, item: str, *, now: datetime, environ: Mapping[str, str] = NOTHING) -> Why:
    """Of a step, a time limit or an ending. Raises UnknownCase, and UserError for what the case does not have."""
    row = find(workspace, reference)
    plan, case = workspace.plan_and_case(row)
    context = CaseContext(plan, case, workspace.partnership, workspace.calendars, now)
    endings = plan.definition.process.endings
    if item in endings:
        words = (Reason("state", words) for words in ending_reasons(context, item))
        return Why(row.reference, item, endings[item].title, ending_standing(context, item), None, tuple(words))
    if left_out := left_out_reason(context, item):
        return Why(row.reference, item, item_title(context, item), "Takes no part", None, (Reason("state", left_out),))
    known = [*plan.all_items(case), *plan.limit_items(case), *endings]
    if plan.is_off_its_list(item, case):
        raise UserError(_gone(context, item))
    if item not in known:
        raise UserError(_unknown(item, known, row.reference))
    reasons = (
        *(Reason("state", words) for words in turn_reasons(context, item)),
        *(Reason("state", words) for words in _refused(workspace, context, item)),
        *(Reason("day", words) for words in day_reasons(context, item)),
        *(Reason("moved", words) for words in _moved(workspace, reference, item)),
        *(Reason("will it make it", words) for words in _forecast(context, item)),
        *(Reason("reminders", words) for words in chase_reasons(context, item)),
        *(Reason("delivery", words) for words in _delivery(workspace, environ)),
        *(Reason("told", words) for words in _messages(workspace, context, item)),
    )
    line = item_line(context, item)
    return Why(row.reference, item, item_title(context, item), line.standing, line, reasons)


def _refused(workspace: Workspace, context: CaseContext, item: str) -> Iterator[str]:
    """What an automatic step asked for that was refused, how often, and how to go on without it."""
    reference = context.case.reference
    for job in refused_jobs(workspace):
        if (job.reference, job.item) == (reference, item) or _is_carried_over(job, context, item):
            yield f"It was tried {counted(job.tries, 'time')}, and refused: {refusal_of(job)}"
            if job.kind == JobKind.START:
                yield f"It is tried again by itself, with the days and the agencies of {reference} as they are by then."
                yield f"To go on without it: reviewflow skip {reference} {item} --reason ..."


def _is_carried_over(job: Job, context: CaseContext, item: str) -> bool:
    """Whether it carries over what another case does for this one too, and this item waits for that."""
    if job.kind != JobKind.SHARE or not is_open(context.case, item):
        return False
    leader = leader_of(context.plan, context.case, item)
    return leader != "" and job.body == json.dumps({"follower": context.case.reference, "leader": leader})


def _delivery(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[str]:
    """Why what was written has not arrived, when it is held back."""
    delivery = delivery_mode(workspace, environ)
    if delivery.mode is not Mode.LIVE:
        yield delivery.words


def _gone(context: CaseContext, item: str) -> str:
    reference, title = context.case.reference, context.plan.definition.title(step_of(item))
    was = f'"{item}" was for an entry that is on its list no more, so nobody owes “{title}” for it.'
    return f"{was} What became of it: reviewflow history {reference}"


def _unknown(item: str, known: list[str], reference: str) -> str:
    of_step = [owned for owned in known if step_of(owned) == item]
    if of_step:
        return f'"{item}" is owed by several in {reference}. Ask about one of them: {listing(of_step)}.'
    return f'"{item}" is not a step, a time limit or an ending of {reference}.{suggestion(item, known)}'


MOVING = frozenset(
    event.KIND
    for event in (
        events.DueMoved,
        events.ClockStopped,
        events.ClockWentOn,
        events.Extended,
        events.DueDatesShifted,
        events.FollowsNewDay,
        events.SentBack,
        events.StepOpened,
    )
)
"""Kinds of event after which something is due on another day."""
CAUSES = frozenset(
    event.KIND
    for event in (
        events.DateCorrected,
        events.CalendarCorrected,
        events.DateSet,
        events.CaseJoined,
        events.Completed,
        events.LineChanged,
        events.Migrated,
    )
)
"""Kinds of event of the same command from which it follows that days are counted anew."""


def _moved(workspace: Workspace, reference: str, item: str) -> Iterator[str]:
    """What moved its day, who did it and when."""
    cause: HistoryEntry | None = None
    for entry in history(workspace, reference):
        if entry.kind in CAUSES:
            cause = entry
        if entry.kind in MOVING and item in entry.items:
            if cause is not None and entry.kind == events.DueMoved.KIND and cause.recorded_at == entry.recorded_at:
                yield f"{cause.on}, by {cause.by}: {cause.words}"
            yield f"{entry.on}, by {entry.by}: {entry.words}"


def _forecast(context: CaseContext, item: str) -> Iterator[str]:
    foreseen = foreseen_limit(context, item) if context.plan.is_limit(item) else None
    if foreseen is not None:
        yield from forecast_sentences(context, foreseen)
    breach = context.case.items[item].breach if item in context.case.items else ""
    if breach:
        yield f"Why it was late, as recorded: {breach.rstrip('. ')}."


def _messages(workspace: Workspace, context: CaseContext, item: str) -> Iterator[str]:
    """Every message about it: to whom, when it was written, what became of it."""
    messages = context.plan.definition.messages
    for notice in workspace.store.notices(context.case.reference):
        if notice.item == item:
            to = recipient_title(workspace.partnership, notice.recipient)
            sent = f"sent {moment_words(read_stamp(notice.sent_at))}" if notice.sent_at else notice.status
            written = moment_words(read_stamp(notice.created_at))
            detail = f" ({notice.detail.rstrip('. ')})" if notice.detail else ""
            yield f"{message_words(messages, notice.message)} to {to}, written {written}: {sent}{detail}."
