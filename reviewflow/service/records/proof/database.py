"""The database itself: its own check, and rows that refer to rows that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.service.records.proof.finding import DATABASE, AuditFinding
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import StoreError


def wrong_database(workspace: Workspace) -> Iterator[AuditFinding]:
    """What the database finds in itself: SQLite its whole file; PostgreSQL its indexes, where amcheck is installed."""
    store = workspace.store
    if store.driver.dialect == "sqlite":
        for (words,) in store.driver.rows("PRAGMA integrity_check(5)"):
            if words != "ok":
                yield AuditFinding(DATABASE, None, f"its own check says: {' '.join(str(words).split())}")
                return
    else:
        yield from _indexes(workspace)
    for table, column, of, rows in store.orphans():
        words = f"{rows} of the table {table} refer by {column} to what is missing in {of}"
        yield AuditFinding(DATABASE, None, words)


def _indexes(workspace: Workspace) -> Iterator[AuditFinding]:
    """By amcheck, which a PostgreSQL server has once somebody has said CREATE EXTENSION amcheck."""
    rows = workspace.store.driver.rows
    if not rows("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'"):
        return
    names = rows(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON"
        " i.indexrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE a.amname = 'btree' AND n.nspname = current_schema()"
    )
    for (name,) in names:
        try:
            rows(f"SELECT bt_index_check('{name}', true)")
        except StoreError as error:
            yield AuditFinding(DATABASE, None, f"the index {name} does not agree with its table: {error}")
        except Exception as error:  # noqa: BLE001 - whatever the server says of a damaged index is a finding
            yield AuditFinding(DATABASE, None, f"the index {name} is damaged: {type(error).__name__}")
