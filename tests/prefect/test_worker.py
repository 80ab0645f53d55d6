"""A real worker, as on one of several machines: it puts everything into the pool, and takes runs from it."""

from __future__ import annotations

import asyncio
import sys
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import Pause
from prefect.utilities.processutils import command_from_string
from prefect.workers.base import BaseWorker
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from flows.runner.forked import ENGINE
from flows.worker import outlive_pauses, start_engines
from reviewflow.cli.server.prefect_runs import OTHERS_RUN
from reviewflow.service.sweep.last_sweep import last_sweep_words
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.workspace import DEFINITIONS, open_workspace
from tasks.server.prefect_api import Prefect
from tasks.views.dead_runs import NAME, SIGNS
from tests.prefect.conftest import child, until
from tests.prefect.test_contract import waiting
from tests.service.conftest import TOY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
EVERY = 40


def test_a_worker_puts_all_into_the_pool_and_sweeps(
    api: httpx.Client, prefect_environment: dict[str, str], tmp_path: Path
) -> None:
    environ = {
        **prefect_environment,
        DATABASE: f"sqlite:///{tmp_path / 'reviewflow.db'}",
        DEFINITIONS: str(TOY),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_WORKER_WEBSERVER_HOST": "127.0.0.1",
        "PREFECT_WORKER_WEBSERVER_PORT": "0",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(EVERY),
    }
    command = ["-m", "flows.worker", "--pool", "reviewflow", "--name", "one"]
    with child(command, environ, tmp_path / "worker.log") as worker:
        until(lambda: _workers(api))
        deployment = api.get("/deployments/name/chase/chase").json()
        started = set[str]()
        run = _run(api, deployment["id"], seen=started, below=worker.pid)
        while OTHERS_RUN in run["state"]["message"]:  # its schedule has just started another
            run = _run(api, deployment["id"], seen=started, below=worker.pid)
    assert len(started) == 1, started  # all are forked from the worker, and none starts Python anew
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    assert deployment["entrypoint"] == "flows.chase.chase"  # found wherever it is installed, from any folder
    with open_workspace(environ) as workspace:
        assert last_sweep_words(workspace).startswith("Last sweep")
    [watch] = [entry for entry in api.post("/automations/filter", json={}).json() if entry["name"] == NAME]
    assert watch["trigger"]["within"] > 3 * EVERY
    assert {f"prefect.flow-run.{sign}" for sign in SIGNS} == set(watch["trigger"]["after"])


def _workers(api: httpx.Client) -> object:
    answer = api.post("/work_pools/reviewflow/workers/filter", json={})
    return answer.json() if answer.is_success else None


def _run(api: httpx.Client, deployment: str, *, seen: set[str], below: int) -> Any:
    asked = api.post(f"/deployments/{deployment}/create_flow_run", json={"state": {"type": "SCHEDULED"}})
    return until(lambda: _ended(api, asked.json()["id"], seen=seen, below=below))


def _ended(api: httpx.Client, run_id: str, *, seen: set[str], below: int) -> dict[str, object] | None:
    """The run when it has; meanwhile what the processes below this one were started as is noted."""
    seen |= {*_started(below)}
    run: dict[str, object] = api.get(f"/flow_runs/{run_id}").json()
    return run if run["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None


def _started(process: int) -> Iterator[str]:
    """The command lines of this process and all below it that are still there."""
    with suppress(OSError):
        yield Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
        for child_of_it in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from _started(int(child_of_it))


@pytest.fixture
def unpatched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Prefect's worker as it comes, whatever a test makes of it."""
    monkeypatch.setattr(BaseWorker, "_propose_pending_state", BaseWorker._propose_pending_state)
    prepare = ProcessJobConfiguration.prepare_for_flow_run
    monkeypatch.setattr(ProcessJobConfiguration, "prepare_for_flow_run", prepare)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("unpatched")
def test_a_worker_dies_of_a_run_that_was_paused_unless_we_keep_it_alive(prefect: Prefect) -> None:
    """When Prefect's own survives it, `outlive_pauses` can go."""
    run = waiting(prefect, "paused meanwhile")

    async def propose() -> bool:
        async with get_client() as client:
            worker = ProcessWorker(work_pool_name="reviewflow", name="two")
            worker._client = client
            return await worker._propose_pending_state(await client.read_flow_run(uuid.UUID(run.id)))

    with pytest.raises(Pause):
        asyncio.run(propose())
    outlive_pauses()
    assert asyncio.run(propose()) is False


@pytest.mark.usefixtures("unpatched")
@pytest.mark.parametrize(
    ("named", "started"), [(None, [sys.executable, *ENGINE]), ("python -m other", ["python", "-m", "other"])]
)
def test_a_worker_starts_the_engine_itself_unless_the_office_names_a_command(
    named: str | None, started: list[str]
) -> None:
    """When Prefect's own does so without a command, `start_engines` can go."""
    run = FlowRun(flow_id=uuid.UUID(int=1))
    job = ProcessJobConfiguration(command=named)
    job.prepare_for_flow_run(run)
    assert job._command_configured is bool(named)
    start_engines()
    job = ProcessJobConfiguration(command=named)
    job.prepare_for_flow_run(run)
    assert job._command_configured
    assert command_from_string(str(job.command)) == started
