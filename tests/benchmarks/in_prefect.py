"""What an answer costs in an office of so many open cases, and what a sweep costs that finds nothing: with Prefect.

A real server on SQLite. One review is shown in it by the program; its runs, forms and page are then copied, row by row,
for every other open case, because to draw them all would take an hour. In seconds of processor, the program's and the
server's, of what a run does: that Python and Prefect start is not in them.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

import httpx
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, PREFECT_LOGGING_LEVEL, temporary_settings
from psutil import Process

from flows.chase import chase
from reviewflow.cli.server.ports import free_port
from reviewflow.language.model import ANSWERED_BY
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.answers.work_item import record_answer
from reviewflow.service.board.place import BOARD
from reviewflow.service.door.key import Door
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import DEFINITIONS, DOCUMENTS, Workspace
from tasks.boards.board import keep_board_after
from tasks.boards.board_artifacts import draw_today
from tasks.server.prefect_api import connected
from tasks.sweep_once import sweep_once
from tasks.views.view import _show_these, show
from tests.benchmarks import shipped
from tests.benchmarks.answering import KEY, Owed, Returns
from tests.benchmarks.capacity import populate
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.report import Report, at_most
from tests.benchmarks.workload import BY
from tests.prefect.conftest import answers, child, until

MOST_GROWTH, MOST_IDLE, OPEN_ITEMS = 1.3, 2.0, 1_000
ANSWERED, SWEPT = 6, 4
"""Of which the first, which opens connections, is left out."""
COPIED = ("flow_run", "flow_run_state", "flow_run_input", "artifact", "artifact_collection")
PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Cost:
    """In seconds of processor."""

    own: float
    server: float

    def row(self) -> tuple[str, ...]:
        return f"{self.own * 1000:,.0f}", f"{self.server * 1000:,.0f}"


@dataclass(frozen=True, slots=True)
class Measured:
    """One office."""

    cases: int
    forms: int
    answer: Cost
    idle: Cost

    def row(self) -> tuple[str, ...]:
        return f"{self.cases:,}", f"{self.forms:,}", *self.answer.row(), *self.idle.row()


def measure(options: Options) -> Iterator[Report]:
    offices = [_by_itself(cases) for cases in options.shown]
    columns = ("cases", "forms that wait", "an answer, ms of processor", "Prefect's server")
    swept = ("an idle sweep, ms of processor", "Prefect's server")
    fewest, most = offices[0], offices[-1]
    idle = next((office for office in offices if office.forms >= OPEN_ITEMS), most)
    growth = most.answer.own / fewest.answer.own
    verdicts = [
        at_most("an answer among most cases, to the same among fewest", MOST_GROWTH, growth, "times"),
        at_most(f"an idle sweep beside {idle.forms:,} forms that wait", MOST_IDLE, idle.idle.own, "s of processor"),
    ]
    rows = [office.row() for office in offices]
    yield Report("An answer and an idle sweep, shown in Prefect", (*columns, *swept), rows, verdicts)


def _by_itself(cases: int) -> Measured:
    """One office in a process of its own: Prefect's client tells the first server that it met of all its events."""
    command = [sys.executable, "-m", "tests.benchmarks.in_prefect", str(cases)]
    *_, said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    (number, forms), answer, idle = json.loads(said)
    return Measured(number, forms, Cost(*answer), Cost(*idle))


def _office(cases: int) -> Measured:
    with ExitStack() as stack:
        url = stack.enter_context(fresh(stack.enter_context(place(Kind.SQLITE))))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        office = stack.enter_context(closing(shipped.office_at(url).store))
        workspace = Workspace(office, shipped.DEFINITIONS)
        stack.enter_context(patch.dict(os.environ, _environment(url, folder)))
        now = datetime.now(UTC).replace(microsecond=0)
        model, _ = populate(workspace, cases, now)
        sweep_once(workspace, os.environ, clock=lambda: now, mode=Mode.TEST)
        server = stack.enter_context(_server(folder))
        with connected() as prefect:
            _show_these(workspace, prefect, office.load_these([model]), {model}, now=now)
        forms = _copy_all(folder / "prefect.db", workspace, model)
        idle = _median(server, [chase] * SWEPT)
        returns = Returns(workspace, Door("http://127.0.0.1", (KEY,)), now, model)
        answer = _median(server, [_answering(workspace, owed, now) for owed in returns.take(ANSWERED)])
        return Measured(cases, forms, answer, idle)


def _environment(url: str, folder: Path) -> Mapping[str, str]:
    return {
        DATABASE: url,
        DEFINITIONS: str(shipped.DEFINITIONS),
        DOCUMENTS: str(folder / "documents"),
        BOARD: str(folder / "board"),
        "REVIEWFLOW_OUTBOX_FOLDER": str(folder / "messages"),
        "REVIEWFLOW_DELIVERY": "test",
    }


def _answering(office: Workspace, owed: Owed, now: datetime) -> Callable[[], object]:
    """What the run of a work item does once its form was answered."""

    def act() -> None:
        form = FormKey(owed.reference, owed.command.item, 1)
        given = {**owed.command.answers, ANSWERED_BY: BY}
        recorded = record_answer(office, form, given, key=owed.path, now=now)
        assert recorded.name.startswith("Done"), recorded
        keep_board_after(office, owed.reference, now)
        show.fn(now, "", [owed.reference])
        draw_today.fn(now)

    return act


def _median(server: Process, acts: Sequence[Callable[[], object]]) -> Cost:
    costs = []
    for act in acts:
        own, served = process_time(), _used(server)
        act()
        costs.append(Cost(process_time() - own, _used(server) - served))
    return Cost(median(cost.own for cost in costs[1:]), median(cost.server for cost in costs[1:]))


def _used(process: Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def _server(folder: Path) -> Iterator[Process]:
    """Prefect's server, empty but for the flows and deployments that runs are made of."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = {
        **os.environ,
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    settings = {PREFECT_API_URL: url, PREFECT_HOME: folder, PREFECT_LOGGING_LEVEL: "ERROR"}
    with child(command, environment, folder / "server.log") as server, temporary_settings(settings):
        until(lambda: answers(url), PATIENCE)
        logging.getLogger("prefect").setLevel(logging.ERROR)
        for name in ("case", "work-item", "attention"):
            flow = httpx.post(f"{url}/flows/", json={"name": name}, timeout=60).json()["id"]
            body = {"name": name, "flow_id": flow, "enforce_parameter_schema": False}
            httpx.post(f"{url}/deployments/", json=body, timeout=60).raise_for_status()
        yield Process(server.pid)


def _copy_all(database: Path, office: Workspace, model: str) -> int:
    """What Prefect has of one case, for every other too; how many forms wait then."""
    references = [row.reference for row in office.store.cases("open")]
    with closing(sqlite3.connect(database, timeout=120)) as connection:
        connection.row_factory = sqlite3.Row
        rows = {table: _rows(connection, table, model) for table in COPIED}
        for reference in references:
            if reference != model:
                _copy(connection, rows, model, reference)
        connection.commit()
        [(forms,)] = connection.execute("SELECT COUNT(*) FROM flow_run_input WHERE key = 'form-schema'").fetchall()
    for row in office.store.cases("open"):
        office.store.mirrored(row.reference, row.number)
    return int(forms)


def _rows(connection: sqlite3.Connection, table: str, model: str) -> list[dict[str, Any]]:
    """The rows of one case's runs."""
    own = f"flow_run_id IN (SELECT id FROM flow_run WHERE tags LIKE '%{model}%')"
    where = {"flow_run": f"tags LIKE '%{model}%'", "artifact_collection": f"key = '{model.lower()}'"}.get(table, own)
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table} WHERE {where}")]


def _copy(connection: sqlite3.Connection, rows: Mapping[str, list[dict[str, Any]]], model: str, other: str) -> None:
    """The rows of one case for another: with its reference, and with ids of their own wherever one is named."""
    ids = {str(row["id"]): str(uuid.uuid4()) for table in COPIED for row in rows[table]}

    def anew(value: object) -> object:
        if not isinstance(value, str):
            return value
        text = ids.get(value, value).replace(model, other)
        return text.replace(model.lower(), other.lower())

    for table, found in rows.items():
        for row in found:
            marks = ", ".join("?" * len(row))
            values = [anew(value) for value in row.values()]
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", values)


def _main() -> None:
    """One office, as JSON: cases and forms, an answer, an idle sweep."""
    office = _office(int(sys.argv[1]))
    costs = ([cost.own, cost.server] for cost in (office.answer, office.idle))
    sys.stdout.write(f"{json.dumps([[office.cases, office.forms], *costs])}\n")


if __name__ == "__main__":
    _main()
