"""PostgreSQL's own programs for a copy of a whole database: found, judged by their version, and run.

The password goes to them by their environment: a command line can be read by whoever is on the machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from reviewflow.store.errors import StoreUnavailable

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


def server_program(name: str, connection: psycopg.Connection[Any]) -> Path:
    """The path of pg_dump or pg_restore, at least as new as the server; raises StoreUnavailable, with what to do."""
    needed = connection.info.server_version // 10_000
    versions = {}
    for path in _candidates(name, connection):
        versions[path] = _version(path)
        if versions[path] >= needed:
            return path
    too_old = ", ".join(f"{path} is of version {version}" for path, version in versions.items())
    raise StoreUnavailable(
        f"PostgreSQL's own program {name} is needed, of version {needed} or later, as the server is. "
        f"{f'Found, and too old: {too_old}' if too_old else 'It was not found here'}. Install PostgreSQL's client "
        f"programs of version {needed} (on Debian and Ubuntu: postgresql-client-{needed}). Nothing was written."
    )


def run_dump(program: Path, address: str, path: Path, snapshot: str) -> None:
    """Write the database, as a transaction that is open sees it, in PostgreSQL's own format."""
    _run([str(program), "--format=custom", *_QUIET, f"--snapshot={snapshot}", f"--file={path}"], address)


def run_restore(program: Path, address: str, path: Path) -> None:
    """Read what `run_dump` wrote into an empty database, in one transaction."""
    database = _settings(address).get("PGDATABASE", "")
    once = ["--single-transaction", "--exit-on-error", f"--dbname={database}"]
    _run([str(program), *_QUIET, *once, str(path)], address)


_QUIET = ("--no-owner", "--no-privileges", "--no-password")


def _run(command: Sequence[str], address: str) -> None:
    environ = {**os.environ, **_settings(address), "LC_ALL": "C"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - PostgreSQL's
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it did not say why"])[0]
        raise StoreUnavailable(f"{Path(command[0]).name} could not do its work: {said}")


def _settings(address: str) -> dict[str, str]:
    """What an address says, as the variables that PostgreSQL's programs read."""
    given = psycopg.conninfo.conninfo_to_dict(address)
    variables = {
        option.keyword.decode(): option.envvar.decode()
        for option in psycopg.pq.Conninfo.get_defaults()
        if option.envvar is not None
    }
    return {variables[name]: str(value) for name, value in given.items() if name in variables and value is not None}


def _candidates(name: str, connection: psycopg.Connection[Any]) -> Iterator[Path]:
    """Where the program may be: on the PATH, beside the server where that tells, where systems put it."""
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)
    try:
        rows = connection.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchall()
    except psycopg.Error:
        rows = []  # only whoever runs the server may ask
    folders = [Path(str(row[0])) for row in rows]
    for place in _PLACES:
        folders += sorted(Path("/").glob(place.removeprefix("/")), reverse=True)
    yield from (folder / name for folder in folders if os.access(folder / name, os.X_OK))


def _version(program: Path) -> int:
    done = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = _VERSION.search(done.stdout)
    return int(found[1]) if found else 0
