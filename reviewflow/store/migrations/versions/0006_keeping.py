"""A key is proven by a salt; the office's log and certificates hold keys; legal holds become facts of their cases."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_WORDS = "names are only ever added or erased"
_SQLITE = (
    "ALTER TABLE people RENAME TO people_before",
    """
    CREATE TABLE people ( "key" TEXT NOT NULL, name TEXT, salt TEXT, PRIMARY KEY ("key") ) WITHOUT ROWID, STRICT
    """,
    "INSERT INTO people (key, name) SELECT key, name FROM people_before",
    "DROP TABLE people_before",
    f"""
    CREATE TRIGGER people_no_UPDATE BEFORE UPDATE ON people
    WHEN NEW.key IS NOT OLD.key OR NEW.name IS NOT NULL OR NEW.salt IS NOT NULL
    BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END
    """,
    f"CREATE TRIGGER people_no_DELETE BEFORE DELETE ON people BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
)
_POSTGRESQL = (
    "ALTER TABLE people DROP CONSTRAINT people_name",
    "ALTER TABLE people ADD COLUMN salt TEXT",
    f"""
    CREATE OR REPLACE FUNCTION refuse_renaming() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.key = OLD.key AND NEW.name IS NULL AND NEW.salt IS NULL THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '{_WORDS}';
    END $$
    """,
)
_FIXED = "certificates are never changed"
_CERTIFICATES = {
    "sqlite": (
        f"CREATE TRIGGER destroyed_no_UPDATE BEFORE UPDATE ON destroyed BEGIN SELECT RAISE(ABORT, '{_FIXED}'); END",
        f"CREATE TRIGGER destroyed_no_DELETE BEFORE DELETE ON destroyed BEGIN SELECT RAISE(ABORT, '{_FIXED}'); END",
    ),
    "postgresql": (
        f"""
        CREATE FUNCTION refuse_another_certificate() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_FIXED}'; END $$
        """,
        """
        CREATE TRIGGER destroyed_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON destroyed
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_another_certificate()
        """,
    ),
}
_HELD, _LIFTED, _MATTER = "legal_hold", "legal_hold_lifted", "unnamed matter"


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement))
    named = sa.text("salt IS NOT NULL")
    op.create_index("people_name", "people", ["name"], unique=True, sqlite_where=named, postgresql_where=named)
    holds = list(_holds())
    names = {hold[2] for hold in holds}
    names |= {name for (name,) in _rows('SELECT "by" FROM office UNION SELECT "by" FROM destroyed')}
    keys = dict(_bearing(sorted(names)))
    for name, key in keys.items():
        _run('UPDATE office SET "by" = :key WHERE "by" = :name', key=key, name=name)
        _run('UPDATE destroyed SET "by" = :key WHERE "by" = :name', key=key, name=name)
    for case, at, by, reason in holds:
        _place(case, at, keys[by], reason)
    for statement in _CERTIFICATES[dialect]:
        op.execute(sa.text(statement))


def _rows(statement: str, **values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in op.get_bind().execute(sa.text(statement), values)]


def _run(statement: str, **values: object) -> None:
    op.get_bind().execute(sa.text(statement), values)


def _bearing(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        salt = secrets.token_hex(32)
        key = hmac.digest(bytes.fromhex(salt), name.encode(), "sha256").hex()[:32]
        _run("INSERT INTO people (key, name, salt) VALUES (:key, :name, :salt)", key=key, name=name, salt=salt)
        yield name, key


def _holds() -> Iterator[tuple[str, str, str, str]]:
    """The cases under a legal hold: since when, placed by whom, why."""
    held: dict[str, tuple[str, str, str]] = {}
    for at, by, kind, body in _rows('SELECT at, "by", kind, body FROM office ORDER BY id'):
        if kind in {_HELD, _LIFTED}:
            said = json.loads(body)
            held.pop(said["case"], None)
            held |= {said["case"]: (at, by, said["reason"])} if kind == _HELD else {}
    yield from ((case, *found) for case, found in held.items())


def _place(reference: str, at: str, key: str, reason: str) -> None:
    """As the last fact of the case, recorded when the office recorded it."""
    found = _rows("SELECT id, number, head, state FROM cases WHERE reference = :reference", reference=reference)
    for case, number, head, state in found:
        day = datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/London")).date().isoformat()
        body = _canonical({"matter": _MATTER, "placed": day, "reason": reason}, sort_keys=True)
        content = _canonical([number + 1, "LegalHoldPlaced", body, key, day, at])
        chained = hashlib.sha256((head + content).encode()).hexdigest()
        fold = {**json.loads(state), "kept_for": {_MATTER: {"since": day, "why": reason}}}
        _run(
            'INSERT INTO events (case_id, number, kind, "by", "on", recorded_at, hash, body)'
            " VALUES (:case, :number, 'LegalHoldPlaced', :key, :day, :at, :hash, :body)",
            case=case,
            number=number + 1,
            key=key,
            day=day,
            at=at,
            hash=chained,
            body=body,
        )
        _run(
            "UPDATE cases SET number = :number, head = :head, state = :state WHERE id = :case",
            case=case,
            number=number + 1,
            head=chained,
            state=_canonical(fold, sort_keys=True),
        )


def _canonical(value: object, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
