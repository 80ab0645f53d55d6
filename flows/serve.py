"""All deployments of deploy/prefect.yaml, served by one process: `python -m flows.serve`, or `reviewflow serve`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from prefect.client.schemas.objects import ConcurrencyLimitConfig, FlowRun
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import Pause
from prefect.runner import Runner
from prefect.runner._state_proposer import StateProposer
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.runner.ahead import read_ahead
from flows.runner.forked import fork_runs
from reviewflow.cli.logs import begin_logs
from reviewflow.cli.server.parent import end_with_parent
from reviewflow.shipped import shipped
from tasks.views.shown_soon import ShownSoon

DECLARED = shipped("deploy/prefect.yaml")
AT_ONCE = 3
"""Flow runs at the same time; the sweep itself never runs beside itself."""


def deployments(declared: Path = DECLARED) -> list[RunnerDeployment]:
    """What the file declares, ready to be served from any folder."""
    return [_deployment(entry) for entry in _entries(declared)]


def import_flows(declared: Path = DECLARED) -> None:
    """All that the file declares, so that no run has to."""
    for entry in _entries(declared):
        _flow(entry["entrypoint"])


def _entries(declared: Path) -> list[Mapping[str, Any]]:
    entries: list[Mapping[str, Any]] = yaml.safe_load(declared.read_text(encoding="utf-8"))["deployments"]
    return entries


def _deployment(entry: Mapping[str, Any]) -> RunnerDeployment:
    flow = _flow(entry["entrypoint"])
    limit = entry.get("concurrency_limit")
    deployment: RunnerDeployment = flow.to_deployment(
        name=entry["name"],
        description=entry["description"],
        tags=list(entry["tags"]),
        schedules=[
            Cron(schedule["cron"], timezone=schedule["timezone"], active=schedule["active"])
            for schedule in entry.get("schedules", ())
        ],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
        entrypoint_type=EntrypointType.MODULE_PATH,  # a file's path would be sought in the folder that serve runs in
    )
    return deployment


def _flow(entrypoint: str) -> Any:
    """The flow that flows/chase.py:chase names, wherever the package is installed."""
    file, _, name = entrypoint.partition(":")
    return getattr(import_module(".".join(PurePosixPath(file).with_suffix("").parts)), name)


def outlive_pauses() -> None:
    """Keep a runner alive that is handed a run which is paused a moment later, as work that is late always is.

    Prefect 3.9 lets the signal for that (no Exception) end the runner with all that it runs.
    """
    propose = StateProposer.propose_pending

    async def propose_pending(self: StateProposer, flow_run: FlowRun) -> bool:
        try:
            return await propose(self, flow_run)
        except Pause:
            return False

    StateProposer.propose_pending = propose_pending  # type: ignore[method-assign]


def main() -> None:
    """Register the deployments and work off their runs until stopped."""
    import_flows()
    read_ahead(os.environ)
    fork_runs()
    begin_logs(os.environ)
    end_with_parent(os.environ)
    outlive_pauses()
    runner = Runner(limit=AT_ONCE, pause_on_shutdown=False)
    for deployment in deployments():
        runner.add_deployment(deployment)
    if ready := os.environ.get("REVIEWFLOW_READY"):
        Path(ready).touch()
    ShownSoon().start()
    asyncio.run(runner.start())


if __name__ == "__main__":
    main()
