"""Serves verify-actions alone, of all our deployments, as flows.serve does: run by a test, beside a server in use."""

import asyncio

from prefect.runner import Runner

from flows.runner.forked import fork_runs
from flows.serve import deployments

if __name__ == "__main__":
    [alone] = [each for each in deployments() if each.name == "verify-actions"]
    fork_runs()
    runner = Runner(pause_on_shutdown=False)
    runner.add_deployment(alone)
    asyncio.run(runner.start())
