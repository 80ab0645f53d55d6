"""The tables, as SQLModel declares them: columns without rules, TEXT and INTEGER only.

The migrations make the same tables (tests/store/test_schema.py). On SQLite a table found by its own key has no
hidden row id, which saves an index; a table whose rows are long keeps one.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from sqlalchemy import Index, MetaData, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

String = Annotated[str, Field(sa_type=Text)]
Maybe = Annotated[str | None, Field(sa_type=Text)]

ROWS = {"sqlite_strict": True}
KEYED = {"sqlite_strict": True, "sqlite_with_rowid": False}
NUMBERED = {"sqlite_strict": True, "sqlite_autoincrement": True}


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Base(SQLModel):
    metadata: ClassVar[MetaData] = MetaData()


class DefinitionTable(Base, table=True):
    __tablename__ = "definitions"
    __table_args__ = (ROWS,)
    hash: str = Field(sa_type=Text, primary_key=True)
    process: String
    version: int
    stored_at: String
    body: String


class CaseTable(Base, table=True):
    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("reference", name="cases_reference"),
        UniqueConstraint("series", "serial", name="cases_serial"),
        _partial("cases_key", "key", where="key IS NOT NULL", unique=True),
        _partial("cases_unmirrored", "id", where="number > mirrored"),
        Index("cases_status", "status"),
        ROWS,
    )
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reference: String
    series: str = Field(sa_type=Text, description="The reference with its number left open")
    serial: int
    process: String
    definition: String
    key: str | None = Field(sa_type=Text, description="Idempotency key of the opening")
    status: String
    number: int
    mirrored: int = Field(description="Number of the last event that Prefect shows")
    head: String
    state: str = Field(sa_type=Text, description="Last, because it is long: what stands before it is read without it")


class EventTable(Base, table=True):
    __tablename__ = "events"
    __table_args__ = (
        _partial("events_key", "case_id", "key", where="key IS NOT NULL", unique=True),
        KEYED,
    )
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    number: int = Field(primary_key=True)
    kind: String
    by: String
    on: String
    recorded_at: String
    hash: String
    key: str | None = Field(sa_type=Text, description="Idempotency key of the command, on its first event")
    body: String


class ItemTable(Base, table=True):
    __tablename__ = "items"
    __table_args__ = (
        _partial("items_due", "next_chase", where="status = 'open' AND next_chase IS NOT NULL"),
        KEYED,
    )
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    item: str = Field(sa_type=Text, primary_key=True)
    kind: String
    status: String
    owner: String
    round: int
    due: Maybe
    next_chase: Maybe


class NoticeTable(Base, table=True):
    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("case_id", "event", "place", name="notices_number"),
        _partial("notices_queue", "next_try", where="next_try IS NOT NULL"),
        NUMBERED,
    )
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    event: int = Field(description="Number of the first event of the command that wrote it")
    place: int = Field(description="1 for the first notice of that command")
    item: String
    recipient: String
    message: String
    subject: String
    text: String
    urgent: int
    status: String
    tries: int = Field(description="Counts the claims, so that it also tells one claim from the next")
    created_at: String
    next_try: str | None = Field(
        sa_type=Text, description="Set while it waits or is being sent; then it may be claimed"
    )
    sent_at: Maybe
    detail: String


class AttemptTable(Base, table=True):
    __tablename__ = "attempts"
    __table_args__ = (KEYED,)
    notice: int = Field(primary_key=True, foreign_key="notices.id")
    number: int = Field(primary_key=True)
    at: String
    outcome: String
    detail: String


class LetterTable(Base, table=True):
    __tablename__ = "letters"
    __table_args__ = (_partial("letters_ordinary", "address", "day", where="urgent = 0", unique=True), KEYED)
    number: str = Field(sa_type=Text, primary_key=True, description="Of the first notice that it brought together")
    address: String
    day: str = Field(sa_type=Text, description="The day on which it goes; of ordinary ones a mailbox gets one a day")
    urgent: int
    besides: str | None = Field(sa_type=Text, description="What else its mailbox owes, a line each; kept for a repeat")


class EnclosureTable(Base, table=True):
    __tablename__ = "enclosures"
    __table_args__ = (Index("enclosures_letter", "letter"), KEYED)
    notice: int = Field(primary_key=True, foreign_key="notices.id")
    letter: str = Field(sa_type=Text, foreign_key="letters.number")


class LinkTable(Base, table=True):
    __tablename__ = "links"
    __table_args__ = (Index("links_letter", "letter"), KEYED)
    hash: str = Field(
        sa_type=Text, primary_key=True, description="Of the address, with the office's key: opens nothing"
    )
    case_id: int = Field(foreign_key="cases.id")
    item: String
    round: int
    recipient: String
    letter: str = Field(sa_type=Text, description="The letter that it stands in; without that it opens nothing")
    until: str = Field(sa_type=Text, description="The last day on which it opens")
    withdrawn: Maybe


class DigestTable(Base, table=True):
    __tablename__ = "digests"
    __table_args__ = (KEYED,)
    key: str = Field(sa_type=Text, primary_key=True, description="Its name, the role and the period: once each")
    recipient: String
    subject: String
    text: String
    status: String
    tries: int
    created_at: String
    next_try: Maybe
    detail: String
    letter: str | None = Field(sa_type=Text, description="The letter that it was last put into")


class DispatchTable(Base, table=True):
    __tablename__ = "dispatches"
    __table_args__ = (
        UniqueConstraint("reference", name="dispatches_reference"),
        Index("dispatches_letter", "letter"),
        NUMBERED,
    )
    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(sa_type=Text, description="What stands on it; no other text ever has it")
    letter: String
    version: int = Field(description="1 for the first text of the letter")
    day: String
    urgent: int
    replaces: str = Field(sa_type=Text, description="References that its readers may have had before, a line each")
    holds: str = Field(sa_type=Text, description="Numbers of its notices and keys of its digests, a line each")
    salt: str | None = Field(sa_type=Text, description="Emptied when the address is erased")
    envelope: str = Field(sa_type=Text, description="Of address and what else is owed, with the salt")
    said: str = Field(sa_type=Text, description="Of subject and text, with the salt")


class DigestAttemptTable(Base, table=True):
    __tablename__ = "digest_attempts"
    __table_args__ = (KEYED,)
    digest: str = Field(sa_type=Text, primary_key=True, foreign_key="digests.key")
    number: int = Field(primary_key=True)
    at: String
    outcome: String
    detail: String


class DoneJobTable(Base, table=True):
    __tablename__ = "done_jobs"
    __table_args__ = (ROWS,)
    job: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    case_id: int
    item: String
    kind: String


class SealTable(Base, table=True):
    __tablename__ = "seals"
    __table_args__ = (ROWS,)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: String
    covers: int = Field(description="How many rows it covers")
    settings: str = Field(sa_type=Text, description="Of calendars and sending time: what chases are reckoned from")
    note: String
    hash: str = Field(sa_type=Text, description="Over the seal before, all of this, and every row that it covers")


class SealedTable(Base, table=True):
    __tablename__ = "sealed"
    __table_args__ = (Index("sealed_seal", "seal"), KEYED)
    kind: str = Field(sa_type=Text, primary_key=True, description="The table")
    key: str = Field(sa_type=Text, primary_key=True, description="The row")
    seal: int = Field(primary_key=True, foreign_key="seals.number")
    number: int = Field(description="Of a case's last event; 0 for all else")
    hash: str = Field(sa_type=Text, description="Of the row as it was; of a case, its head")
    stand: str | None = Field(sa_type=Text, description="Of a case, over its row, items and contacts")


class OfficeTable(Base, table=True):
    __tablename__ = "office"
    __table_args__ = (NUMBERED,)
    id: int | None = Field(default=None, primary_key=True)
    at: String
    by: String
    kind: String
    body: String


class PersonTable(Base, table=True):
    __tablename__ = "people"
    __table_args__ = (_partial("people_name", "name", where="salt IS NOT NULL", unique=True), KEYED)
    key: str = Field(sa_type=Text, primary_key=True, description="What events hold and chain, made of name and salt")
    name: str | None = Field(sa_type=Text, description="Empty when it was erased")
    salt: str | None = Field(sa_type=Text, description="Emptied with the name; older rows have none")


class ContactTable(Base, table=True):
    __tablename__ = "contacts"
    __table_args__ = (KEYED,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    contact: str = Field(sa_type=Text, primary_key=True)
    sealed: str = Field(sa_type=Text, description="Who that is, encrypted with the office's key")


class DestroyedTable(Base, table=True):
    __tablename__ = "destroyed"
    __table_args__ = (KEYED,)
    reference: str = Field(sa_type=Text, primary_key=True)
    at: String
    by: String
    certificate: String


class JobTable(Base, table=True):
    __tablename__ = "jobs"
    __table_args__ = (NUMBERED,)  # a finished job's id is never given to another
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    item: String
    kind: String
    body: String
    tries: int
    next_try: String
    error: String


class TroubleTable(Base, table=True):
    __tablename__ = "trouble"
    __table_args__ = (KEYED,)
    part: str = Field(sa_type=Text, primary_key=True, description="Of the work: 'chase', 'letters'")
    kind: str = Field(sa_type=Text, primary_key=True, description="What `key` names: 'case', 'letter', 'job'")
    key: str = Field(sa_type=Text, primary_key=True)
    what: str = Field(sa_type=Text, description="The class of what was raised, and where: never its message")
    since: String
    tried: String
    tries: int
    next_try: String


class LeaseTable(Base, table=True):
    __tablename__ = "leases"
    __table_args__ = (KEYED,)
    name: str = Field(sa_type=Text, primary_key=True)
    holder: String
    since: String
    until: String


class OfficeFileTable(Base, table=True):
    __tablename__ = "office_files"
    __table_args__ = (KEYED,)
    name: str = Field(sa_type=Text, primary_key=True, description="'partnership.yaml', 'calendars.yaml'")
    text: String
    since: String


class LastDoneTable(Base, table=True):
    __tablename__ = "last_done"
    __table_args__ = (KEYED,)
    name: str = Field(sa_type=Text, primary_key=True, description="'backup', 'prefect', 'route mail', 'usual lengths'")
    at: String
    body: String


class SweepTable(Base, table=True):
    __tablename__ = "sweeps"
    __table_args__ = (ROWS,)
    id: int | None = Field(default=None, primary_key=True)
    started: String
    finished: String
    fired: int
    sent: int
    failed: int
    note: String


METADATA = Base.metadata
DEFINITIONS: Table = METADATA.tables["definitions"]
CASES: Table = METADATA.tables["cases"]
EVENTS: Table = METADATA.tables["events"]
ITEMS: Table = METADATA.tables["items"]
NOTICES: Table = METADATA.tables["notices"]
ATTEMPTS: Table = METADATA.tables["attempts"]
LETTERS: Table = METADATA.tables["letters"]
ENCLOSURES: Table = METADATA.tables["enclosures"]
DIGESTS: Table = METADATA.tables["digests"]
OFFICE: Table = METADATA.tables["office"]
DESTROYED: Table = METADATA.tables["destroyed"]
CONTACTS: Table = METADATA.tables["contacts"]
PEOPLE: Table = METADATA.tables["people"]
JOBS: Table = METADATA.tables["jobs"]
DISPATCHES: Table = METADATA.tables["dispatches"]
DIGEST_ATTEMPTS: Table = METADATA.tables["digest_attempts"]
DONE_JOBS: Table = METADATA.tables["done_jobs"]
SEALS: Table = METADATA.tables["seals"]
SEALED: Table = METADATA.tables["sealed"]
SWEEPS: Table = METADATA.tables["sweeps"]
TROUBLE: Table = METADATA.tables["trouble"]
LINKS: Table = METADATA.tables["links"]
LEASES: Table = METADATA.tables["leases"]
OFFICE_FILES: Table = METADATA.tables["office_files"]
LAST_DONE: Table = METADATA.tables["last_done"]
