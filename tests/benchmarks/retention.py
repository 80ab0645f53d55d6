"""A year of a busy office in Prefect's database, aged and cleared: `python -m tests.benchmarks.retention`.

Real sweeps are run on a real server. The last is copied with new ids and older moments, one for each hundredth run of a
year, into the same database. Then the server is started as `reviewflow serve` starts it, clears what is too old, and
what is left is taken a hundred times. What a case costs over its life is measured by tests/prefect/test_growth.py.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reviewflow.cli.server.demo_cases import open_demo_cases
from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import prefect_environment, running
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.workspace import DEFINITIONS, DOCUMENTS, open_workspace
from tests.prefect.conftest import answers, child, until

SWEEPS_A_DAY, ANSWERS_A_DAY = 96, 100
"""Each quarter of an hour; and as many answers as a busy office gets, each counted as if it cost what a sweep does."""
SCALE, YEAR = 100, 365
MOST = 2_000_000_000
"""Bytes."""
OPEN_CASES, A_CASE = 500, 150_000
"""What a case costs over its life, events not counted, is held by a test to be less than this many bytes."""
PATIENCE = 900.0
MOMENTS = frozenset(
    {
        *("created", "updated", "timestamp", "state_timestamp", "start_time", "end_time", "expected_start_time"),
        *("next_scheduled_start_time", "occurred", "received"),
    }
)
Row = dict[str, Any]


def main() -> int:
    """Age, clear, and print; 1 when a year does not stay below the most."""
    with tempfile.TemporaryDirectory(prefix="retention-") as folder:
        home = Path(folder)
        environment = swept(home, sweeps=4)
        database = home / "prefect" / "prefect.db"
        with closing(sqlite3.connect(database, timeout=60)) as connection:
            before = used(connection)
            copies = YEAR * (SWEEPS_A_DAY + ANSWERS_A_DAY) // SCALE
            template = Template.of_last_sweep(connection)
            age(connection, template, copies)
            aged = used(connection)
        each = (aged - before) / copies
        left, orphans = cleared(environment, home, database)
    runs = SCALE * (left - before)
    cases = OPEN_CASES * A_CASE
    print(f"a run with its events: {each / 1000:.0f} kB")
    print(f"a year of them, if nothing were cleared: {SCALE * (aged - before) / 1e9:.1f} GB")
    print(f"left of it once cleared: {runs / 1e6:.0f} MB, {(left - before) / (aged - before):.1%} of it")
    print(f"rows without a run that were left: {orphans}")
    print(f"{OPEN_CASES} open cases: less than {cases / 1e6:.0f} MB; all of it: {(runs + cases) / 1e9:.2f} GB")
    return 0 if runs + cases < MOST and not any(orphans.values()) else 1


def swept(home: Path, *, sweeps: int) -> Mapping[str, str]:
    """Five cases, and so many sweeps by real flows; the environment that Prefect's server had."""
    environ = {
        **os.environ,
        DATABASE: f"sqlite:///{home / 'office.db'}",
        DOCUMENTS: str(home / "documents"),
        DEFINITIONS: str(shutil.copytree(Path(__file__).parents[2] / "definitions", home / "definitions")),
        "REVIEWFLOW_OUTBOX_FOLDER": str(home / "messages"),
    }
    with open_workspace(environ) as workspace:
        open_demo_cases(workspace, now=datetime.now(UTC).replace(microsecond=0))
    with running(home, free_port(), environ) as started:
        for _ in range(sweeps):
            run_deployment(started.environment, "chase/chase")
        time.sleep(20)  # events are written behind
    return prefect_environment(home, free_port(), environ)


@dataclass(frozen=True)
class Template:
    """The rows of one run, by table, with the ids that are its own."""

    rows: Mapping[str, list[Row]]
    ids: frozenset[str]
    ended: datetime

    @classmethod
    def of_last_sweep(cls, connection: sqlite3.Connection) -> Template:
        """Everything that the last sweep which ended left behind."""

        def rows(table: str, where: str, *values: str) -> list[Row]:
            cursor = connection.execute(f"SELECT * FROM {table} WHERE {where}", values)
            return [dict(zip((column[0] for column in cursor.description), row, strict=True)) for row in cursor]

        last = "state_type = 'COMPLETED' AND flow_id IN (SELECT id FROM flow WHERE name = 'chase')"
        [run] = rows("flow_run", f"{last} ORDER BY end_time DESC LIMIT 1")
        own = run["id"]
        of_tasks = "task_run_id IN (SELECT id FROM task_run WHERE flow_run_id = ?)"
        of_events = "id IN (SELECT event_id FROM event_resources WHERE resource_id = ?)"
        found = {
            "flow_run": [run],
            "flow_run_state": rows("flow_run_state", "flow_run_id = ?", own),
            "task_run": rows("task_run", "flow_run_id = ?", own),
            "task_run_state": rows("task_run_state", of_tasks, own),
            "log": rows("log", "flow_run_id = ?", own),
            "artifact": rows("artifact", "flow_run_id = ? AND key IS NULL", own),
            "events": rows("events", of_events, f"prefect.flow-run.{own}"),
        }
        events = [row["id"] for row in found["events"]]
        marks = ", ".join("?" * len(events))
        found["event_resources"] = rows("event_resources", f"event_id IN ({marks})", *events)
        ids = frozenset(str(row["id"]) for many in found.values() for row in many)
        return cls(found, ids, datetime.fromisoformat(run["end_time"]))

    def aged(self, by: timedelta) -> Iterator[tuple[str, Row]]:
        """The same as another run, so much earlier."""
        fresh = {old: str(uuid.uuid4()) for old in self.ids}

        def renewed(name: str, value: Any) -> Any:
            if not isinstance(value, str):
                return value
            if name in MOMENTS:
                return (datetime.fromisoformat(value) - by).strftime("%Y-%m-%d %H:%M:%S.%f")
            if len(value) == 36:
                return fresh.get(value, value)
            for old in (old for old in self.ids if old in value):
                value = value.replace(old, fresh[old])
            return value

        for table, rows in self.rows.items():
            for row in rows:
                kept = {name: renewed(name, value) for name, value in row.items()}
                yield table, kept | ({"idempotency_key": str(uuid.uuid4())} if table == "flow_run" else {})


def age(connection: sqlite3.Connection, template: Template, copies: int) -> None:
    """One copy for each of so many moments of the year that has gone, evenly."""
    connection.execute("PRAGMA foreign_keys = OFF")
    for number in range(copies):
        for table, row in template.aged(timedelta(days=YEAR) * (number + 1) / copies):
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        connection.commit()


def cleared(environment: Mapping[str, str], home: Path, database: Path) -> tuple[int, dict[str, int]]:
    """Bytes in use once Prefect's server has cleared all that is too old, and rows left that belong to no run."""
    port = environment["PREFECT_API_URL"].split(":")[2].removesuffix("/api")
    command = ["-m", "flows.server", "--host", "127.0.0.1", "--port", port]
    with child(command, dict(environment), home / "server.log"):
        until(lambda: answers(environment["PREFECT_API_URL"]), PATIENCE)
        with closing(sqlite3.connect(database, timeout=60)) as connection:
            until(lambda: not too_old(connection), PATIENCE)
            time.sleep(30)  # what hangs on a run is cleared after it
            return used(connection), without_run(connection)


def too_old(connection: sqlite3.Connection) -> int:
    """How many rows are left that should have been cleared by now."""
    now = datetime.now(UTC)
    runs = "SELECT count(*) FROM flow_run WHERE end_time < ?"
    events = "SELECT count(*) FROM events WHERE occurred < ?"
    asked = ((runs, now - timedelta(days=30)), (events, now - timedelta(days=7)))
    return sum(
        connection.execute(sql, (moment.strftime("%Y-%m-%d %H:%M:%S.%f"),)).fetchone()[0] for sql, moment in asked
    )


def without_run(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows of each kind name a run that is not there any more."""
    of_run = "flow_run_id IS NOT NULL AND flow_run_id NOT IN (SELECT id FROM flow_run)"
    asked = {table: f"SELECT count(*) FROM {table} WHERE {of_run}" for table in ("task_run", "log", "artifact")}
    asked["flow_run_state"] = f"SELECT count(*) FROM flow_run_state WHERE {of_run}"
    asked["task_run_state"] = "SELECT count(*) FROM task_run_state WHERE task_run_id NOT IN (SELECT id FROM task_run)"
    asked["event_resources"] = "SELECT count(*) FROM event_resources WHERE event_id NOT IN (SELECT id FROM events)"
    return {table: connection.execute(sql).fetchone()[0] for table, sql in asked.items()}


def used(connection: sqlite3.Connection) -> int:
    """Bytes of the pages that hold something: SQLite keeps the others for later."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


if __name__ == "__main__":
    sys.exit(main())
