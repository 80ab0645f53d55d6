"""`python -m tasks.outside`: the findings as JSON, for `reviewflow doctor`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, cannot_tell
from reviewflow.service.health.sweeping import database_clock
from reviewflow.service.trouble.boundary import what_failed
from tasks.office import as_command, the_workspace, this_moment
from tasks.outside.mail_routes import mail_routes
from tasks.outside.prefect_server import prefect_server
from tasks.outside.sender_records import sender_records


def look_outside() -> Iterator[Finding]:
    """What each check says; one that cannot be made keeps none of the others from being made."""
    with the_workspace() as workspace:
        checks: Mapping[str, Callable[[], Iterable[Finding]]] = {
            "clock": lambda: database_clock(workspace, this_moment()),
            "mail server": lambda: mail_routes(workspace, os.environ),
            "the sender's domain": lambda: sender_records(workspace, os.environ),
            "Prefect": lambda: prefect_server(workspace, os.environ),
        }
        for about, check in checks.items():
            try:
                yield from list(check())
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                says = f"It could not be looked at: {what_failed(error)}"
                yield cannot_tell(Ailment.CHECK_FAILED, about, says, "put that right, and look again")


def main() -> int:
    """Print all findings."""
    print(json.dumps([asdict(finding) for finding in look_outside()]))  # noqa: T201 - read by the command
    return 0


if __name__ == "__main__":
    sys.exit(as_command(main))
