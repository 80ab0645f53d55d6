"""Prefect's services, for offices with more than one machine: `python -m flows.services`.

Prefect begins each once. One that cannot begin, as when all machines are switched on together and the database is not
there yet, is never begun again, and the process lives on without it: no automation is looked at, no dead run found.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import sys
from typing import Any

from prefect.server.services.base import Service

from reviewflow.cli.logs import begin_logs

AGAIN_AFTER = 5.0
"""Seconds until one that could not begin is begun again."""


def begin_again() -> None:
    """Have each service that could not begin begin again, until it has."""
    for service in Service.all_services():
        _begin_again(service)


def _begin_again(service: Any) -> None:
    begin = service.start

    async def start(self: Any) -> None:
        while True:
            try:
                await begin(self)
            except Exception:
                self.logger.exception("%s could not begin, or ended; it begins again", self.name)
            else:
                return
            self.consumer_task = None
            await asyncio.sleep(AGAIN_AFTER)

    service.start = start


def main() -> None:
    """Run them until stopped."""
    begin_logs(os.environ)
    begin_again()
    sys.argv = ["prefect", "server", "services", "start"]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
