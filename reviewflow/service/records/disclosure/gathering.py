"""All that is known of a case, gathered for whoever it is handed over to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewflow.case.model import events as e
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case, Outlook
from reviewflow.language.definition import Definition
from reviewflow.service.delivery.outbox import outbox
from reviewflow.service.documents.case_papers import papers_of
from reviewflow.service.messages.answer_places import filled
from reviewflow.service.records.retention import RetainedCase, kept_as
from reviewflow.service.rehearsal.explain.account import Account, account
from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.views.case_page.shapes import CasePage
from reviewflow.service.views.history import HistoryEntry, history
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import item_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.people import Person
from reviewflow.store.records import ERASED, Attempt, CaseRow, EventRow, Notice
from reviewflow.store.records.message_references import NoticeNumber

ADDRESS = "(the address of a page of its own)"


@dataclass(frozen=True, slots=True)
class DisclosedMessage:
    """One message as it was written and as it left, and what became of it."""

    notice: Notice
    to: str
    about: str
    became: str
    attempts: tuple[Attempt, ...]

    @property
    def fact(self) -> str:
        """The number of the first fact of the command that promised it."""
        return str(NoticeNumber.parse(self.notice.number).event)

    @property
    def tried(self) -> Attempt | None:
        """The last try of it in other words than those that were first written; None where all were in those."""
        last = self.attempts[-1] if self.attempts else None
        return last if last is not None and last.text is not None else None

    @property
    def subject(self) -> str:
        """As it left, or was last tried."""
        return (self.tried.subject if self.tried else None) or self.notice.subject

    @property
    def text(self) -> str:
        """As it left, or was last tried; places for addresses say so."""
        return _plain(self.tried.text if self.tried and self.tried.text else self.notice.text)

    @property
    def first_text(self) -> str:
        """As it was written, where it left in other words; else ''."""
        return _plain(self.notice.text) if self.tried else ""


def _plain(text: str) -> str:
    return filled(text, lambda _: ADDRESS)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of its process under which the case has run, from which fact on."""

    since: int
    definition: Definition
    account: Account

    @property
    def file(self) -> str:
        """The name of the file that holds this version."""
        return f"definition-version-{self.account.version}-{self.definition.hash[:8]}.json"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """All that a case's file consists of, as it is on one day."""

    row: CaseRow
    case: Case
    by: str
    now: datetime
    page: CasePage
    kept: RetainedCase
    events: tuple[EventRow, ...]
    entries: tuple[HistoryEntry, ...]
    messages: tuple[DisclosedMessage, ...]
    versions: tuple[Version, ...]
    people: tuple[Person, ...]
    papers: tuple[Path, ...]

    @property
    def missed(self) -> set[str]:
        """The limits that ran out before they were met."""
        return {item for item, state in self.case.items.items() if state.outlook is Outlook.BREACHED}

    @property
    def nameless(self) -> int:
        """How many facts are of somebody whose name was erased."""
        return sum(entry.by == ERASED for entry in self.entries)


def gather(workspace: Workspace, row: CaseRow, *, by: str, now: datetime) -> Disclosure:
    """Everything that is recorded of a case; `by` is who asked for it. Nothing is changed."""
    events = tuple(workspace.store.events(row.reference))
    return Disclosure(
        row=row,
        case=load(row.reference, row.state),
        by=by,
        now=now,
        page=describe_case(workspace, row, now=now),
        kept=kept_as(workspace, row),
        events=events,
        entries=tuple(history(workspace, row.reference)),
        messages=tuple(_messages(workspace, row)),
        versions=tuple(_versions(workspace, events)),
        people=tuple(_people(workspace, events)),
        papers=tuple(path for path in papers_of(workspace, row.reference) if path.is_file()),
    )


def _messages(workspace: Workspace, row: CaseRow) -> Iterator[DisclosedMessage]:
    became = {line.number: line.words for line in outbox(workspace, row.reference)}
    definition = workspace.plan(row.definition).definition

    def person(name: str) -> str:
        return recipient_title(workspace.partnership, name)

    for notice in workspace.store.notices(row.reference):
        about = item_words(definition, notice.item, {}, person) if notice.item else ""
        attempts = tuple(workspace.store.attempts(notice.id))
        yield DisclosedMessage(notice, person(notice.recipient), about, became[notice.number], attempts)


def _versions(workspace: Workspace, events: tuple[EventRow, ...]) -> Iterator[Version]:
    for stored in events:
        event = e.decode(stored.kind, stored.body)
        if isinstance(event, e.Opened | e.Migrated):
            definition = workspace.plan(event.definition).definition
            yield Version(stored.number, definition, account(definition, workspace.partnership))


def _people(workspace: Workspace, events: tuple[EventRow, ...]) -> Iterator[Person]:
    """Who bears the keys that stand in this history."""
    borne = {event.key for event in events}
    yield from (person for person in workspace.store.people.everybody() if person.key in borne)
