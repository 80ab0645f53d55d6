"""What is kept beside the cases: the log, jobs, sweeps, what went wrong, and what was destroyed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One fact about the office rather than a case: who switched what, and when."""

    at: str
    by: str
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a name stands that is to be erased."""

    keys: tuple[str, ...]  # those that the name has now
    keyed: int  # events that hold a key: no name is left in them when it is erased
    plain: int  # older events that hold the name itself, which their chain proves
    elsewhere: int  # entries of the office's log and certificates of destruction, which hold a key too
    letters: int  # letters whose mailbox it is
    words: int  # facts and messages in whose words it stands


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A case that was destroyed, and the certificate that stays of it."""

    reference: str
    at: str
    by: str
    certificate: str  # JSON
    key: str = ""  # of who, given by the store: it stays when the name is erased


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    reference: str
    item: str
    kind: str  # a `JobKind`, unless the row was damaged
    body: str
    tries: int
    next_try: str
    error: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be done at one place, and is tried again."""

    part: str  # of the work: 'chase', 'letters'
    kind: str  # what the key names: 'case', 'item', 'letter', 'job', ...
    key: str
    what: str  # the class of what was raised, and where; never its message, which may hold what people wrote
    since: str
    tried: str
    tries: int
    next_try: str


@dataclass(frozen=True, slots=True)
class Lease:
    """Who is at work, since when, and until when at least."""

    holder: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Sweep:
    started: str
    finished: str
    fired: int
    sent: int
    failed: int
    note: str


BACKUP, PREFECT, ROUTE = "backup", "prefect", "route "
"""Names of what was last done; that of a route is followed by its own."""


@dataclass(frozen=True, slots=True)
class Done:
    """That something was done: when, and what is to be remembered of it."""

    at: str
    body: str
