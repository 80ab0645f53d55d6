"""What goes into the store and what comes out: plain values.

Times are ISO-8601 text in UTC to the second (`2026-03-02T09:30:00+00:00`), so that they sort as text; days are
`2026-03-02`; bodies are canonical JSON text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

ERASED = "somebody whose name was erased"


class JobKind(StrEnum):
    """What an automatic step asks for, done after the transaction that asks."""

    START = "start"  # open a linked case
    MAKE = "make"  # a document
    RUN = "run"  # a Prefect deployment


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
class Notice:
    """One message to one recipient, as it stands. `tries` is the claim: only its last claimant records a delivery."""

    id: int
    number: str  # stable and unique: 'RR-2026-001/14.1', the first notice of the command whose first event is 14
    reference: str
    item: str
    recipient: str
    message: str
    subject: str
    text: str
    urgent: bool
    status: str  # to release | queued | sending | sent | undeliverable | withdrawn
    tries: int
    created_at: str
    next_try: str | None  # while sending: when the claim lapses
    sent_at: str | None
    detail: str
    letter: str | None = None  # the letter that it goes in, once it was on its way
    counted_from: str | None = None  # the moment from which its words count days, where they were written anew


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A notice without its words: what it was about, to whom, and what became of it."""

    reference: str
    item: str
    recipient: str
    message: str  # template name
    urgent: bool
    status: str
    created_at: str
    next_try: str | None
    sent_at: str | None


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


@dataclass(frozen=True, slots=True)
class QueuedNotice:
    """A notice or digest that is due, without its words. `letter` and `day` are of the letter it was last in."""

    id: int  # of a notice; 0 for a digest
    number: str
    recipient: str
    urgent: bool
    letter: str | None
    day: str | None
    digest: str = ""  # its key, when it is one


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """What brings notices together for one mailbox on one day."""

    number: str  # that of the first notice that it brought together
    address: str
    day: str
    urgent: bool  # goes beside the one ordinary letter of its day
    also_due: tuple[str, ...] = ()  # what else its mailbox owes, a line each


@dataclass(frozen=True, slots=True)
class NewLink:
    """An address in a letter at which its mailbox answers one item: what it opens."""

    hash: str  # of the address, with the office's key
    case_id: int
    item: str
    round: int
    recipient: str  # the post that answers by it
    letter: str  # the number of the letter
    until: str  # the last day on which it opens


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """An address as it is found again."""

    reference: str
    item: str
    round: int
    recipient: str
    address: str  # the mailbox that has it
    letter: str
    until: str
    withdrawn: str | None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One text of a letter, as it was put into the hands of the mail. Without a salt its hashes say nothing."""

    letter: str  # its number
    version: int  # 1 for its first text
    day: str = ""
    urgent: bool = False
    replaces: tuple[str, ...] = ()  # references of what its readers may have had before
    holds: tuple[str, ...] = ()  # ids of its notices, keys of its digests
    salt: str | None = None
    envelope: str = ""  # of its address and what else is owed
    said: str = ""  # of its subject and text

    @property
    def reference(self) -> str:
        """What stands on it: the letter's number, for a later text with another number behind: RR-2026-001/14.1.2."""
        return self.letter if self.version == 1 else f"{self.letter}.{self.version}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send a notice."""

    number: int
    at: str
    outcome: str  # as the status of a notice: sent | queued (tried again later) | undeliverable
    detail: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A summary for one post and one period: written once, sent as it was written, in a letter to its mailbox."""

    key: str  # 'morning/business_support/2026-05-12'
    recipient: str
    subject: str
    text: str
    status: str = "queued"  # queued | sending | sent | undeliverable | withdrawn
    tries: int = 0
    created_at: str = ""
    next_try: str | None = None
    detail: str = ""
    letter: str | None = None  # the letter that it goes in, once it was on its way

    @property
    def number(self) -> str:
        """As that of a notice."""
        return f"digest/{self.key}"


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


@dataclass(frozen=True, slots=True)
class Leaf:
    """A row as a seal has it."""

    kind: str  # its table
    key: str  # which one: RR-2026-001/14.1
    hash: str  # of what in it never changes; of a case, the hash of its last event
    number: int = 0  # of that event, for a case
    stand: str | None = None  # of a case: of its row, its items and its contacts
    seal: int = 0  # the seal that covers it; 0 before one does


@dataclass(frozen=True, slots=True)
class Seal:
    """What the office had recorded since the seal before, under one hash that goes on from that seal's."""

    number: int
    at: str
    covers: int  # how many rows
    settings: str  # of calendars and sending time
    note: str
    hash: str


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as it stands: what a seal has of it, and the moment that it says of itself."""

    leaf: Leaf
    moment: str


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What no seal covers yet."""

    rows: int
    since: str | None  # the moment of the last seal; None before the first
