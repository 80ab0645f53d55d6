"""Asking Prefect to run a deployment, or where a page is, over its API: to import it would cost seconds."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from reviewflow.service.workspace.errors import UserError

PATIENCE = 600
"""Seconds to wait for a run to end."""
LOOK = 0.5
"""Seconds between two looks at a run."""
OTHERS_RUN = "concurrency limit"
"""What Prefect says of a run that it cancels because as many as may are running."""
BUSY_WAITS = (0.5, 1, 2, 4, 8)
"""Seconds to wait before each further try while the server is busy."""
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def run_deployment(environment: Mapping[str, str], name: str) -> None:
    """Run a deployment, named as flow/deployment, on the server that `environment` names, and wait for its end.

    One that Prefect cancels because its schedule has just started another is asked for again, once that is done.

    Raises UserError when it did not complete, or not within PATIENCE; OSError when the server cannot be reached.
    """
    deployment, deadline = _ask(environment, f"/deployments/name/{name}"), time.monotonic() + PATIENCE
    run = _run_once(environment, name, deployment["id"], deadline)
    while run["state_type"] == "CANCELLED" and OTHERS_RUN in _message(run):
        time.sleep(LOOK)
        run = _run_once(environment, name, deployment["id"], deadline)
    if run["state_type"] != "COMPLETED":
        raise UserError(f"{name} ended as {run['state_name']}: {_message(run)}")


def _run_once(environment: Mapping[str, str], name: str, deployment: str, deadline: float) -> dict[str, Any]:
    """A run of the deployment as it ended; raises UserError when it has not by the `deadline`."""
    run: dict[str, Any] = _ask(
        environment, f"/deployments/{deployment}/create_flow_run", {"state": {"type": "SCHEDULED"}}
    )
    while run["state_type"] not in ENDED:
        if time.monotonic() > deadline:
            raise UserError(f"{name} did not end within {PATIENCE} seconds; its log is in Prefect.")
        time.sleep(LOOK)
        run = _ask(environment, f"/flow_runs/{run['id']}")
    return run


def _message(run: dict[str, Any]) -> str:
    return str((run.get("state") or {}).get("message") or "")


def _ask(environment: Mapping[str, str], path: str, body: object = None) -> Any:
    """Ask, and ask again while the server is busy: on SQLite it has one writer at a time."""
    for wait in BUSY_WAITS:
        try:
            return _ask_once(environment, path, body)
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            time.sleep(wait)
    return _ask_once(environment, path, body)


def _ask_once(environment: Mapping[str, str], path: str, body: object) -> Any:
    data = None if body is None else json.dumps(body).encode()
    sign_in = base64.b64encode(environment["PREFECT_API_AUTH_STRING"].encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {sign_in}"}
    url = environment["PREFECT_API_URL"] + path
    request = urllib.request.Request(url, data, headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        return json.load(response)
