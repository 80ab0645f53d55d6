"""Rows of Prefect's own database, read and written past Prefect, for both its kinds. `?` stands for a value."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

Row = dict[str, Any]


class Kept(Protocol):
    """One of the two; nothing holds that a row belongs to another."""

    def rows(self, table: str, where: str, *values: str) -> list[Row]: ...

    def add(self, table: str, rows: Sequence[Row]) -> None: ...

    def number(self, sql: str, *values: str) -> int: ...

    def used(self) -> int:
        """Bytes in use once it has given back what it can."""
        ...

    def close(self) -> None: ...


class OfSqlite:
    """Prefect as `reviewflow serve` has it."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, timeout=60, isolation_level=None)
        self._connection.execute("PRAGMA foreign_keys = OFF")

    def rows(self, table: str, where: str, *values: str) -> list[Row]:
        cursor = self._connection.execute(f"SELECT * FROM {table} WHERE {where}", values)
        return [dict(zip((column[0] for column in cursor.description), row, strict=True)) for row in cursor]

    def add(self, table: str, rows: Sequence[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" * len(rows[0]))
        self._connection.execute("BEGIN")
        self._connection.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(row.values()) for row in rows]
        )
        self._connection.execute("COMMIT")

    def number(self, sql: str, *values: str) -> int:
        return int(self._connection.execute(sql, values).fetchone()[0])

    def used(self) -> int:
        """The pages that hold something: SQLite keeps the others for later."""
        pages, free, size = (self.number(f"PRAGMA {name}") for name in ("page_count", "freelist_count", "page_size"))
        return (pages - free) * size

    def close(self) -> None:
        self._connection.close()


class OfPostgresql:
    """Prefect as an office on a server has it."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("SET TIME ZONE 'UTC'")
        self._connection.execute("SET session_replication_role = replica")

    def rows(self, table: str, where: str, *values: str) -> list[Row]:
        asked = f"SELECT to_jsonb({table})::text FROM {table} WHERE {where}".replace("?", "%s")
        return [json.loads(text) for (text,) in self._connection.execute(asked.encode(), values)]

    def add(self, table: str, rows: Sequence[Row]) -> None:
        sql = f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(sql.encode(), [(json.dumps(row),) for row in rows])

    def number(self, sql: str, *values: str) -> int:
        found = self._connection.execute(sql.replace("?", "%s").encode(), values).fetchone()
        assert found is not None
        return int(found[0])

    def used(self) -> int:
        """All of it, rows with their indexes, written anew without what is free."""
        self._connection.execute("VACUUM FULL")
        return self.number("SELECT pg_database_size(current_database())")

    def close(self) -> None:
        self._connection.close()
