"""Tables of the cases: definitions, events, items, what automatic steps ask for, people and contacts."""

from __future__ import annotations

from sqlalchemy import Index, Table, Text, UniqueConstraint
from sqlmodel import Field

from reviewflow.store.tables.columns import KEYED, METADATA, NUMBERED, ROWS, Base, Maybe, String, partial


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
        partial("cases_key", "key", where="key IS NOT NULL", unique=True),
        partial("cases_unmirrored", "id", where="mirrored = 0"),
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
    mirrored: int = Field(description="Number of the last event, if Prefect shows it; else 0")
    head: String
    state: str = Field(sa_type=Text, description="Last, because it is long: what stands before it is read without it")


class EventTable(Base, table=True):
    __tablename__ = "events"
    __table_args__ = (
        partial("events_key", "case_id", "key", where="key IS NOT NULL", unique=True),
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
        partial("items_due", "next_chase", where="status = 'open' AND next_chase IS NOT NULL"),
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


class DoneJobTable(Base, table=True):
    __tablename__ = "done_jobs"
    __table_args__ = (ROWS,)
    job: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    case_id: int
    item: String
    kind: String


class PersonTable(Base, table=True):
    __tablename__ = "people"
    __table_args__ = (partial("people_name", "name", where="salt IS NOT NULL", unique=True), KEYED)
    key: str = Field(sa_type=Text, primary_key=True, description="What events hold and chain, made of name and salt")
    name: str | None = Field(sa_type=Text, description="Empty when it was erased")
    salt: str | None = Field(sa_type=Text, description="Emptied with the name; older rows have none")


class ContactTable(Base, table=True):
    __tablename__ = "contacts"
    __table_args__ = (KEYED,)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    contact: str = Field(sa_type=Text, primary_key=True)
    sealed: str = Field(sa_type=Text, description="Who that is, encrypted with the office's key")


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


DEFINITIONS: Table = METADATA.tables["definitions"]


CASES: Table = METADATA.tables["cases"]


EVENTS: Table = METADATA.tables["events"]


ITEMS: Table = METADATA.tables["items"]


CONTACTS: Table = METADATA.tables["contacts"]


PEOPLE: Table = METADATA.tables["people"]


JOBS: Table = METADATA.tables["jobs"]


DONE_JOBS: Table = METADATA.tables["done_jobs"]
