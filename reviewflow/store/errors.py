"""Errors of the store that callers tell apart."""

from __future__ import annotations


class CaseConflict(Exception):
    """Somebody else appended to the case first: load it again and decide again."""


class AlreadyRecorded(Exception):
    """A command with this key was recorded on this case before."""


class StoreUnavailable(Exception):
    """The database cannot be used now; the message says why and what to do."""


class NotAnAddress(StoreUnavailable):
    """The address that the settings give is not one of a database that is known here."""


class NotSetUp(StoreUnavailable):
    """The tables are missing or of another version; `Store.migrate` makes them."""


class Gone(Exception):
    """A row that a transaction refers to is gone: the case was destroyed at the same moment."""


class Duplicate(Exception):
    """A unique constraint refused a transaction; `constraint` is its name or its columns."""

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.of_person = "people" in constraint
        self.of_key = constraint.endswith("key") and not constraint.endswith("pkey")
