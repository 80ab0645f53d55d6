"""Cases, their events and items, and what a change of one adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

ERASED = "somebody whose name was erased"


class JobKind(StrEnum):
    """What an automatic step asks for, done after the transaction that asks."""

    START = "start"  # open a linked case
    MAKE = "make"  # a document
    RUN = "run"  # a Prefect deployment
    SHARE = "share"  # what is done in one case for another one too


@dataclass(frozen=True, slots=True)
class NewEvent:
    kind: str
    body: str  # canonical JSON
    by: str  # who, as claimed
    on: str  # effective day
    key: str = ""  # of who, given by the store: it stands in the chain, so that the name can be erased


@dataclass(frozen=True, slots=True)
class EventRow:  # NewEvent + what the store adds
    number: int
    kind: str
    body: str
    by: str
    on: str
    recorded_at: str
    hash: str  # sha256 hex of previous hash + canonical json of the rest (first: previous = reference)
    key: str = ""  # of who, in the chain instead of the name; empty in older events, which chain the name


@dataclass(frozen=True, slots=True)
class CaseRow:
    id: int
    reference: str
    process: str
    definition: str  # content hash
    status: str  # open | closed | withdrawn | ended
    number: int  # of the last event
    head: str  # hash of the last event
    state: str  # the case as JSON, as `case.model.snapshot` writes it


@dataclass(frozen=True, slots=True)
class ItemRow:  # a work item, a time limit or a hold, as stored for queries
    item: str  # 'agency_return/police', 'panel_meeting', 'submission'
    kind: str  # 'step' | 'limit' | 'hold' | 'hold'
    status: str  # waiting (pending) | open | done | skipped | not needed | withdrawn
    owner: str  # 'agency:police', 'role:business_manager', ''
    round: int
    due: str | None
    next_chase: str | None  # when the next rung falls due; None: nothing to chase


@dataclass(frozen=True, slots=True)
class NewNotice:
    item: str  # what it is about; '' when about the whole case
    recipient: str  # 'agency:police:contact', 'role:business_manager'
    message: str  # template name
    subject: str
    text: str
    urgent: bool = False
    to_release: bool = False  # it waits until a named person releases it


@dataclass(frozen=True, slots=True)
class NewJob:  # what an automatic step asks for
    item: str
    kind: JobKind
    body: str  # JSON


@dataclass(frozen=True, slots=True)
class SealedContact:
    """Who a contact of a case is, encrypted; without it what is kept of the contact is taken out."""

    contact: str
    sealed: str | None = field(default=None, repr=False)


TO_RELEASE = "to release"
"""The status of a letter to a contact that waits until a named person releases it."""


@dataclass(frozen=True, slots=True)
class Change:
    """All that one command commits, in one transaction."""

    case: CaseRow  # as loaded (its id, number and head decide who wins)
    events: tuple[NewEvent, ...]
    state: str
    status: str
    items: tuple[ItemRow, ...]  # changed items: inserted or replaced by (case, item)
    recorded_at: str
    notices: tuple[NewNotice, ...] = ()
    jobs: tuple[NewJob, ...] = ()
    withdraw: tuple[str, ...] = ()  # items whose queued notices are withdrawn (they were answered)
    key: str | None = None  # idempotency key of the command
    definition: str | None = None  # the version that the case goes on under, when that changes
    contact: SealedContact | None = None  # who a contact is: given, or to be erased
    release: int | None = None  # the letter to a contact that goes now
    done_job: int | None = None  # the job this command finishes, deleted in the same transaction
    others: tuple[Change, ...] = ()  # what it tells other cases; all is committed, or nothing


@dataclass(frozen=True, slots=True)
class NewCase:
    prefix: str  # reference with the number left open: 'RR-2026-{number}'
    process: str
    definition: str
    key: str | None


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event with the case that it is of, without who recorded it."""

    reference: str
    definition: str  # content hash of what the case runs under now
    number: int
    kind: str
    body: str
    on: str
    recorded_at: str
