"""What a mailbox answers on its page: the same commands as everywhere, each recorded once, each confirmed by letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.handlers.correspondence.responses import ASKED_MORE, QUESTION, WRONG
from reviewflow.case.model.commands import Respond
from reviewflow.case.model.ids import agency_recipient, step_of
from reviewflow.language.model import ANSWERED_BY, DONE_ON, MORE_TO_COME, NOT_IDENTIFYING
from reviewflow.service.answers.response import record_response
from reviewflow.service.answers.result import LINES_ADDED, REFUSED, AnswerResult
from reviewflow.service.answers.work_item import record_answer
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.messages.mailboxes import IN_AN_AGENCY, mailbox
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.workspace import Workspace

ACKNOWLEDGED = "acknowledged"
NOBODY_HERE = "nobody"
NOBODY_WORDS = "Nobody here: it is the wrong agency"


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of an answer. `reasons` are sentences; none when it was recorded."""

    reasons: tuple[str, ...] = ()
    asks_still: bool = False
    """It was recorded, and the same is asked still: more lines of a table may come."""

    @property
    def is_recorded(self) -> bool:
        return not self.reasons


def answer(
    workspace: Workspace,
    opened: OpenedItem,
    answers: Mapping[str, object],
    *,
    on: str = "",
    vouched: str = "",
    lines_before: str = "",
    now: datetime,
) -> AnswerOutcome:
    """Record the answers of the form, once however often they are sent.

    Lines of a table are told from the same lines added before by `lines_before`: how many there were on the page.
    """
    asked_always = {ANSWERED_BY: opened.by, DONE_ON: on, NOT_IDENTIFYING: vouched}
    form = {**answers, **{name: value for name, value in asked_always.items() if value}}
    key = f"door/{opened.hash[:32]}/{_lines_key(answers, lines_before) or 'answer'}"
    receipt_to = "" if opened.is_contact else opened.post  # a letter to a contact goes only when somebody releases it
    result = record_answer(workspace, opened.form, form, key=key, now=now, receipt_to=receipt_to, row=opened.row)
    return _told(result)


def _lines_key(answers: Mapping[str, object], lines_before: str) -> str:
    """What tells one adding of lines to a table from another; '' for an answer after which nothing more is asked."""
    if answers.get(MORE_TO_COME) != "yes":
        return ""
    said = json.dumps([answers, lines_before], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def working_on_it(workspace: Workspace, opened: OpenedItem, *, now: datetime) -> AnswerOutcome:
    """They have it; nobody need ask whether it has arrived. The day stays."""
    return _respond(workspace, opened, Respond(opened.item, ACKNOWLEDGED), now=now)


def more_time(
    workspace: Workspace, opened: OpenedItem, until: date | None, why: str, *, now: datetime
) -> AnswerOutcome:
    """They ask for a later day, on which the office decides."""
    return _respond(workspace, opened, Respond(opened.item, ASKED_MORE, why.strip(), until), now=now)


def wrong_person(workspace: Workspace, opened: OpenedItem, who: str, *, now: datetime) -> AnswerOutcome:
    """Somebody else should have it: one of `other_posts`."""
    titles = dict(other_posts(opened))
    if who not in titles:
        return AnswerOutcome(("Choose who should have it.",))
    return _respond(workspace, opened, Respond(opened.item, WRONG, f"Better: {titles[who]}"), now=now)


def question(workspace: Workspace, opened: OpenedItem, asked: str, *, now: datetime) -> AnswerOutcome:
    """They ask the office something, which answers nothing."""
    return _respond(workspace, opened, Respond(opened.item, QUESTION, asked.strip()), now=now)


def other_posts(opened: OpenedItem) -> Iterator[tuple[str, str]]:
    """The posts of the agency with another mailbox, each with its title, and that it is nobody's here."""
    partnership = opened.context.partnership
    for post in IN_AN_AGENCY if opened.agency in partnership.agencies else ():
        recipient = agency_recipient(opened.agency, post)
        address = mailbox(partnership, recipient)
        if address and address.lower() != opened.link.address.lower():
            yield post, recipient_title(partnership, recipient)
    yield NOBODY_HERE, NOBODY_WORDS


def _respond(workspace: Workspace, opened: OpenedItem, response: Respond, *, now: datetime) -> AnswerOutcome:
    said = json.dumps([response.kind, response.note, str(response.until), opened.context.today.isoformat()])
    key = f"door/{opened.hash[:32]}/{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    response = Respond(response.item, response.kind, response.note, response.until, receipt_to=opened.post)
    return _told(record_response(workspace, opened.link.reference, response, by=opened.by, key=key, now=now))


def _told(result: AnswerResult) -> AnswerOutcome:
    reasons = tuple(filter(None, result.message.split("\n"))) if result.name == REFUSED else ()
    return AnswerOutcome(reasons, asks_still=result.name == LINES_ADDED)


def asks_for_code(opened: OpenedItem) -> bool:
    """Whether an answer counts only with a code that goes to the mailbox."""
    return opened.context.plan.steps[step_of(opened.item)].confirm is not None


def asks_for_day(opened: OpenedItem) -> bool:
    """Whether the page asks on which day it was done: not of whether somebody comes, nor where its form asks itself."""
    plan, step = opened.context.plan, step_of(opened.item)
    return plan.steps[step].invites_to is None and not any(field.completes for field in plan.form(step).values())
