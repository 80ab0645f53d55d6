"""What tables are declared with."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sqlalchemy import Index, MetaData, Text, text
from sqlmodel import Field, SQLModel

String = Annotated[str, Field(sa_type=Text)]


Maybe = Annotated[str | None, Field(sa_type=Text)]


ROWS = {"sqlite_strict": True}


KEYED = {"sqlite_strict": True, "sqlite_with_rowid": False}


NUMBERED = {"sqlite_strict": True, "sqlite_autoincrement": True}


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Base(SQLModel):
    metadata: ClassVar[MetaData] = MetaData()


METADATA = Base.metadata
