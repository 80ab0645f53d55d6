"""What goes into the store and what comes out: plain values.

`cases` has what happened in them and what is owed, `letters` what is sent about it, `numbers` how a message is
numbered, `office` what is kept beside the cases, `seals` what proves all of it. Nothing here knows a database.
"""

from __future__ import annotations

from reviewflow.store.records.cases import (
    ERASED,
    TO_RELEASE,
    CaseRow,
    Change,
    EventRow,
    ItemRow,
    JobKind,
    NewCase,
    NewEvent,
    NewJob,
    NewNotice,
    RecordedEvent,
    SealedContact,
)
from reviewflow.store.records.letters import (
    AnswerLink,
    Attempt,
    Dispatch,
    NewLink,
    Notice,
    QueuedNotice,
    SentMessage,
    StoredDigest,
    StoredLetter,
)
from reviewflow.store.records.office import (
    BACKUP,
    PREFECT,
    ROUTE,
    Destroyed,
    Done,
    Job,
    Lease,
    LogEntry,
    Sweep,
    Traces,
    Trouble,
)
from reviewflow.store.records.seals import Leaf, Seal, SealedRow, Unsealed

__all__ = [
    "BACKUP",
    "ERASED",
    "PREFECT",
    "ROUTE",
    "TO_RELEASE",
    "AnswerLink",
    "Attempt",
    "CaseRow",
    "Change",
    "Destroyed",
    "Dispatch",
    "Done",
    "EventRow",
    "ItemRow",
    "Job",
    "JobKind",
    "Leaf",
    "Lease",
    "LogEntry",
    "NewCase",
    "NewEvent",
    "NewJob",
    "NewLink",
    "NewNotice",
    "Notice",
    "QueuedNotice",
    "RecordedEvent",
    "Seal",
    "SealedContact",
    "SealedRow",
    "SentMessage",
    "StoredDigest",
    "StoredLetter",
    "Sweep",
    "Traces",
    "Trouble",
    "Unsealed",
]
