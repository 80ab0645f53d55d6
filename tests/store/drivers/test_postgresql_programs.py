"""PostgreSQL's own programs are found and judged, and no password stands on their command line."""

from pathlib import Path

import psycopg
import pytest

from reviewflow.store.drivers.postgresql_programs import run_dump, server_program
from reviewflow.store.errors import StoreUnavailable


def written(folder: Path, name: str, version: int, does: str = "") -> Path:
    program = folder / name
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{name} (PostgreSQL) {version}.1"; exit; fi\n{does}'
    )
    program.chmod(0o755)
    return program


def test_the_program_beside_the_server_is_taken_when_the_one_on_the_path_is_too_old(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "pg_dump", 9)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with psycopg.connect(postgresql_url) as connection:
        assert server_program("pg_dump", connection).parent != tmp_path


@pytest.mark.parametrize(("version", "says"), [(9, "is of version 9"), (None, "It was not found here.")])
def test_what_is_missing_or_too_old_is_said_with_what_to_install(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int | None, says: str
) -> None:
    if version:
        written(tmp_path, "pg_other", version)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with (
        psycopg.connect(postgresql_url) as connection,
        pytest.raises(StoreUnavailable, match="Install PostgreSQL's client programs of version") as refused,
    ):
        server_program("pg_other", connection)
    assert says in str(refused.value)


def test_the_password_goes_by_the_environment_and_never_on_the_command_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = written(tmp_path, "pg_dump", 99, f'echo "$@" > {log}; echo "$PGPASSWORD $PGUSER $PGSSLMODE" >> {log}\n')
    address = "postgresql://clerk:CANARY@db.example.org:5433/office?sslmode=require"
    run_dump(program, address, tmp_path / "dump", "1-1")
    words, environ = log.read_text().splitlines()
    assert "CANARY" not in words
    assert environ == "CANARY clerk require"


def test_why_a_program_failed_is_said_without_the_password(tmp_path: Path) -> None:
    program = written(tmp_path, "pg_dump", 99, "echo 'pg_dump: error: no room' >&2; exit 1\n")
    with pytest.raises(StoreUnavailable, match="pg_dump could not do its work: pg_dump: error: no room"):
        run_dump(program, "postgresql://clerk:CANARY@db.example.org/office", tmp_path / "dump", "1-1")
