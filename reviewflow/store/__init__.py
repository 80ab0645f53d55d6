"""The only part that knows the database."""

from __future__ import annotations

from reviewflow.store.cases.chain import verify_chain
from reviewflow.store.errors import AlreadyRecorded, CaseConflict, NotSetUp, StoreUnavailable
from reviewflow.store.records import (
    Attempt,
    CaseRow,
    Change,
    EventRow,
    ItemRow,
    Job,
    LogEntry,
    NewCase,
    NewEvent,
    NewJob,
    NewNotice,
    Notice,
    QueuedNotice,
    StoredDigest,
    StoredLetter,
    Sweep,
)
from reviewflow.store.store import Store, open_store

__all__ = [
    "AlreadyRecorded",
    "Attempt",
    "CaseConflict",
    "CaseRow",
    "Change",
    "EventRow",
    "ItemRow",
    "Job",
    "LogEntry",
    "NewCase",
    "NewEvent",
    "NewJob",
    "NewNotice",
    "NotSetUp",
    "Notice",
    "QueuedNotice",
    "Store",
    "StoreUnavailable",
    "StoredDigest",
    "StoredLetter",
    "Sweep",
    "open_store",
    "verify_chain",
]
