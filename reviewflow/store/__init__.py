"""The only part that knows the database."""

from reviewflow.store.chain import verify_chain
from reviewflow.store.errors import AlreadyRecorded, CaseConflict, NotSetUp, StoreUnavailable
from reviewflow.store.records import (
    Attempt,
    CaseRow,
    Change,
    Digest,
    Entry,
    EventRow,
    ItemRow,
    Job,
    Letter,
    NewCase,
    NewEvent,
    NewJob,
    NewNotice,
    Notice,
    Sweep,
    Waiting,
)
from reviewflow.store.store import Store, open_store

__all__ = [
    "AlreadyRecorded",
    "Attempt",
    "CaseConflict",
    "CaseRow",
    "Change",
    "Digest",
    "Entry",
    "EventRow",
    "ItemRow",
    "Job",
    "Letter",
    "NewCase",
    "NewEvent",
    "NewJob",
    "NewNotice",
    "NotSetUp",
    "Notice",
    "Store",
    "StoreUnavailable",
    "Sweep",
    "Waiting",
    "open_store",
    "verify_chain",
]
