"""Tables of the seals."""

from __future__ import annotations

from sqlalchemy import Index, Table, Text
from sqlmodel import Field

from reviewflow.store.tables.columns import KEYED, METADATA, ROWS, Base, String


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


SEALS: Table = METADATA.tables["seals"]


SEALED: Table = METADATA.tables["sealed"]
