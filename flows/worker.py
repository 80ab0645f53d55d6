"""A worker, for offices with more than one machine: `python -m flows.worker --pool reviewflow --name NAME`.

It makes the pool, the deployments of deploy/prefect.yaml in it and the watch for dead runs, unless they are there, and
then works off what the pool gives. As many may run as there are machines.
"""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from contextlib import suppress
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectAlreadyExists, Pause
from prefect.utilities.processutils import command_to_string
from prefect.workers.base import BaseWorker
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from flows.runner.ahead import read_ahead
from flows.runner.forked import ENGINE, fork_runs
from flows.serve import AT_ONCE, deployments, import_flows
from reviewflow.cli.logs import begin_logs
from tasks.server.prefect_api import connected
from tasks.views.dead_runs import save_watch
from tasks.views.shown_soon import ShownSoon

AnyWorker = BaseWorker[Any, Any, Any]


def put_into(pool: str) -> None:
    """Make the pool and put all deployments into it; what is there already is corrected."""
    wanted = WorkPoolCreate(
        name=pool, type=ProcessWorker.type, base_job_template=ProcessWorker.get_default_base_job_template()
    )
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(wanted)
    for deployment in deployments():
        deployment.apply(work_pool_name=pool)
    with connected() as prefect:
        save_watch(prefect)


def outlive_pauses() -> None:
    """Keep a worker alive that is handed a run which is paused a moment later, as `flows.serve` does for a runner."""
    propose = BaseWorker._propose_pending_state  # noqa: SLF001

    async def propose_pending(self: AnyWorker, flow_run: FlowRun) -> bool:
        try:
            return await propose(self, flow_run)
        except Pause:
            return False

    BaseWorker._propose_pending_state = propose_pending  # type: ignore[method-assign]  # noqa: SLF001


def start_engines() -> None:
    """Have a worker start a run's engine itself, as a runner does, so that it is forked.

    Where a job names no command, Prefect starts a program first that makes a folder ready and starts the engine from
    there: Python twice for each run. Nothing is to be made ready, as flows are imported from where they are installed.
    """
    prepare = ProcessJobConfiguration.prepare_for_flow_run

    def prepare_for_flow_run(self: ProcessJobConfiguration, *about: Any, **more: Any) -> None:
        self.command = self.command or command_to_string([sys.executable, *ENGINE])
        prepare(self, *about, **more)

    ProcessJobConfiguration.prepare_for_flow_run = prepare_for_flow_run  # type: ignore[method-assign]


def main() -> None:
    """Put all into the pool and work until stopped."""
    import_flows()
    read_ahead(os.environ)
    fork_runs()
    parser = argparse.ArgumentParser()
    parser.add_argument("--pool", required=True)
    parser.add_argument("--name", required=True, help="of this machine: no two workers may have the same")
    chosen = parser.parse_args()
    begin_logs(os.environ)
    outlive_pauses()
    start_engines()
    put_into(chosen.pool)
    ShownSoon().start()
    words = ["worker", "start", "--type", "process", "--pool", chosen.pool, "--name", chosen.name]
    sys.argv = ["prefect", *words, "--limit", str(AT_ONCE), "--with-healthcheck"]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
