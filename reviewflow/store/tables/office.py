"""Tables of what is kept beside the cases: the log, sweeps, files, what went wrong, what was destroyed."""

from __future__ import annotations

from sqlalchemy import Table, Text
from sqlmodel import Field

from reviewflow.store.tables.columns import KEYED, METADATA, NUMBERED, ROWS, Base, String


class OfficeTable(Base, table=True):
    __tablename__ = "office"
    __table_args__ = (NUMBERED,)
    id: int | None = Field(default=None, primary_key=True)
    at: String
    by: String
    kind: String
    body: String


class DestroyedTable(Base, table=True):
    __tablename__ = "destroyed"
    __table_args__ = (KEYED,)
    reference: str = Field(sa_type=Text, primary_key=True)
    at: String
    by: String
    certificate: String


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


OFFICE: Table = METADATA.tables["office"]


DESTROYED: Table = METADATA.tables["destroyed"]


SWEEPS: Table = METADATA.tables["sweeps"]


TROUBLE: Table = METADATA.tables["trouble"]


LEASES: Table = METADATA.tables["leases"]


OFFICE_FILES: Table = METADATA.tables["office_files"]


LAST_DONE: Table = METADATA.tables["last_done"]
