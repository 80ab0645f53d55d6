"""The only part that knows the database."""

from reviewflow.store.chain import verify_chain
from reviewflow.store.errors import AlreadyRecorded, CaseConflict, NotSetUp, StoreUnavailable
from reviewflow.store.records import (
    CaseRow,
    Change,
    EventRow,
    ItemRow,
    Job,
    NewCase,
    NewEvent,
    NewJob,
    NewNotice,
    Notice,
    Sweep,
    stamp,
)
from reviewflow.store.store import Store, open_store

__all__ = [
    "AlreadyRecorded",
    "CaseConflict",
    "CaseRow",
    "Change",
    "EventRow",
    "ItemRow",
    "Job",
    "NewCase",
    "NewEvent",
    "NewJob",
    "NewNotice",
    "NotSetUp",
    "Notice",
    "Store",
    "StoreUnavailable",
    "Sweep",
    "open_store",
    "stamp",
    "verify_chain",
]
