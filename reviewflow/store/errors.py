"""Errors of the store that callers tell apart."""

from __future__ import annotations

from typing import ClassVar

from reviewflow.errors import OURS, YOURS, ReviewflowError


class StoreError(ReviewflowError):
    """Nobody who gave a command can put it right, unless its class says otherwise."""

    exit_status: ClassVar[int] = OURS


class CaseConflict(StoreError):
    """Somebody else appended to the case first: load it again and decide again."""

    exit_status = YOURS


class AlreadyRecorded(StoreError):
    """A command with this key was recorded on this case before."""


class StoreUnavailable(StoreError):
    """The database cannot be used now; the message says why and what to do."""


class HeldByOthers(StoreUnavailable):
    """Others have what is needed now, the line broke or the disk is full: that says nothing of what is stored."""


class DiskFull(HeldByOthers):
    """There is no room under the database server, which answers all the same."""


class NotAnAddress(StoreUnavailable):
    """The address that the settings give is not one of a database that is known here."""

    exit_status = YOURS


class NotSetUp(StoreUnavailable):
    """The tables are missing or of another version; `Store.migrate` makes them."""


class SharedDamage(StoreError):
    """A row that all cases share cannot be read; the message says which, and what to do."""


DAMAGED = (
    "Nothing was changed. A row was damaged: see which with reviewflow audit, and what else with reviewflow doctor."
)


class DamagedRow(StoreError):
    """A row of one case, letter or job cannot be read or written; the message says what to do."""


MAY_BE = "It may have been recorded, or not: look before you say it again."


class OutcomeUnknown(StoreUnavailable):
    """The line to the database broke while it was told to commit: what was to be recorded may have been."""


class Gone(StoreError):
    """A row that a transaction refers to is gone: the case was destroyed at the same moment."""


class Duplicate(StoreError):
    """A unique constraint refused a transaction; `constraint` is its name or its columns."""

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.of_person = "people" in constraint
        self.of_key = constraint.endswith("key") and not constraint.endswith("pkey")
