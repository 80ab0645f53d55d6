"""A year of a busy office in Prefect's database, aged and cleared: `python -m tests.benchmarks.retention`.

Real sweeps are run on a real server. The last is copied with new ids and older moments, one for each hundredth run of a
year, into the same database. Then the server is started as `reviewflow serve` starts it, clears what is too old, and
what is left is taken a hundred times. What a case costs over its life is measured by tests/prefect/test_growth.py.
With the word `postgresql` its database is Debian's PostgreSQL, as on a server, in place of SQLite.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
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
from tests.benchmarks.prefect_rows import Kept, OfPostgresql, OfSqlite, Row
from tests.chaos import store
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
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def main(words: list[str]) -> int:
    """Age, clear, and print; 1 when a year does not stay below the most."""
    with tempfile.TemporaryDirectory(prefix="retention-") as folder, ExitStack() as stack:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL has a user of its own
        url = stack.enter_context(_postgresql(home)) if "postgresql" in words else ""
        environment = swept(home, url, sweeps=4)
        kept: Kept = OfPostgresql(url) if url else OfSqlite(home / "prefect" / "prefect.db")
        stack.callback(kept.close)
        before = kept.used()
        copies = YEAR * (SWEEPS_A_DAY + ANSWERS_A_DAY) // SCALE
        age(kept, Template.of_last_sweep(kept), copies)
        aged = kept.used()
        began = time.monotonic()
        left, orphans = cleared(environment, home, kept)
        taken = time.monotonic() - began
    runs = SCALE * (left - before)
    cases = OPEN_CASES * A_CASE
    print(f"a run with its events: {(aged - before) / copies / 1000:.0f} kB")
    print(f"a year of them, if nothing were cleared: {SCALE * (aged - before) / 1e9:.1f} GB")
    print(
        f"left of it once cleared, in {taken:.0f} s: {runs / 1e6:.0f} MB, {(left - before) / (aged - before):.1%} of it"
    )
    print(f"rows without a run that were left: {orphans}")
    print(f"{OPEN_CASES} open cases: less than {cases / 1e6:.0f} MB; all of it: {(runs + cases) / 1e9:.2f} GB")
    return 0 if runs + cases < MOST and not any(orphans.values()) else 1


@contextmanager
def _postgresql(home: Path) -> Iterator[str]:
    """The address of a database for Prefect on a server of its own."""
    part, port = store.postgresql(home)
    try:
        part.start()
        part.wait_until_ready()
        yield store.make_database(port, "prefect")
    finally:
        part.end()


def swept(home: Path, url: str, *, sweeps: int) -> Mapping[str, str]:
    """Five cases, and so many sweeps by real flows; the environment that Prefect's server had."""
    asynchronous = url.replace("postgresql:", "postgresql+asyncpg:", 1)
    environ = {
        **os.environ,
        **({"PREFECT_SERVER_DATABASE_CONNECTION_URL": asynchronous} if url else {}),
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
    def of_last_sweep(cls, kept: Kept) -> Template:
        """Everything that the last sweep which ended left behind."""
        rows = kept.rows
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

    def aged(self, by: timedelta) -> Iterator[tuple[str, list[Row]]]:
        """The same as another run, so much earlier."""
        fresh = {old: str(uuid.uuid4()) for old in self.ids}

        def renewed(name: str, value: Any) -> Any:
            if isinstance(value, dict | list):
                return json.loads(renewed("", json.dumps(value)))
            if not isinstance(value, str):
                return value
            if name in MOMENTS:
                return (datetime.fromisoformat(value) - by).strftime("%Y-%m-%d %H:%M:%S.%f")
            return UUID.sub(lambda found: fresh.get(found[0], found[0]), value)

        for table, rows in self.rows.items():
            own = {"idempotency_key": str(uuid.uuid4())} if table == "flow_run" else {}
            yield table, [{name: renewed(name, value) for name, value in row.items()} | own for row in rows]


def age(kept: Kept, template: Template, copies: int) -> None:
    """One copy for each of so many moments of the year that has gone, evenly."""
    for number in range(copies):
        for table, rows in template.aged(timedelta(days=YEAR) * (number + 1) / copies):
            if rows:
                kept.add(table, rows)


def cleared(environment: Mapping[str, str], home: Path, kept: Kept) -> tuple[int, dict[str, int]]:
    """Bytes in use once Prefect's server has cleared all that is too old, and rows left that belong to no run."""
    port = environment["PREFECT_API_URL"].split(":")[2].removesuffix("/api")
    command = ["-m", "flows.server", "--host", "127.0.0.1", "--port", port]
    with child(command, dict(environment), home / "server.log"):
        until(lambda: answers(environment["PREFECT_API_URL"]), PATIENCE)
        until(lambda: not too_old(kept), PATIENCE)
        time.sleep(30)  # what hangs on a run is cleared after it
        orphans = without_run(kept)
    return kept.used(), orphans


def too_old(kept: Kept) -> int:
    """How many rows are left that should have been cleared by now."""
    now = datetime.now(UTC)
    runs = "SELECT count(*) FROM flow_run WHERE end_time < ?"
    events = "SELECT count(*) FROM events WHERE occurred < ?"
    asked = ((runs, now - timedelta(days=30)), (events, now - timedelta(days=7)))
    return sum(kept.number(sql, moment.strftime("%Y-%m-%d %H:%M:%S.%f")) for sql, moment in asked)


def without_run(kept: Kept) -> dict[str, int]:
    """How many rows of each kind name a run that is not there any more."""
    of_run = "flow_run_id IS NOT NULL AND flow_run_id NOT IN (SELECT id FROM flow_run)"
    asked = {table: f"SELECT count(*) FROM {table} WHERE {of_run}" for table in ("task_run", "log", "artifact")}
    asked["flow_run_state"] = f"SELECT count(*) FROM flow_run_state WHERE {of_run}"
    asked["task_run_state"] = "SELECT count(*) FROM task_run_state WHERE task_run_id NOT IN (SELECT id FROM task_run)"
    asked["event_resources"] = "SELECT count(*) FROM event_resources WHERE event_id NOT IN (SELECT id FROM events)"
    return {table: kept.number(sql) for table, sql in asked.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
