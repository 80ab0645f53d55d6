"""All deployments of deploy/prefect.yaml, served by one process: `python -m flows.serve`, or `reviewflow serve`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from prefect.client.schemas.objects import ConcurrencyLimitConfig, FlowRun
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import Pause
from prefect.flows import load_flow_from_entrypoint
from prefect.runner import Runner
from prefect.runner._state_proposer import StateProposer
from prefect.schedules import Cron

DECLARED = Path(__file__).parent.parent / "deploy" / "prefect.yaml"
AT_ONCE = 3
"""Flow runs at the same time; the sweep itself never runs beside itself."""


def deployments(declared: Path = DECLARED) -> list[RunnerDeployment]:
    """What the file declares, ready to be served."""
    entries: list[Mapping[str, Any]] = yaml.safe_load(declared.read_text())["deployments"]
    return [_deployment(entry) for entry in entries]


def _deployment(entry: Mapping[str, Any]) -> RunnerDeployment:
    flow: Any = load_flow_from_entrypoint(entry["entrypoint"])
    limit = entry.get("concurrency_limit")
    deployment: RunnerDeployment = flow.to_deployment(
        name=entry["name"],
        description=entry["description"],
        tags=list(entry["tags"]),
        schedules=[
            Cron(each["cron"], timezone=each["timezone"], active=each["active"]) for each in entry.get("schedules", ())
        ],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
    )
    return deployment


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
    outlive_pauses()
    runner = Runner(limit=AT_ONCE, pause_on_shutdown=False)
    for deployment in deployments():
        runner.add_deployment(deployment)
    if ready := os.environ.get("REVIEWFLOW_READY"):
        Path(ready).touch()
    asyncio.run(runner.start())


if __name__ == "__main__":
    main()
