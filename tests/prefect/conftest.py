"""A real Prefect server with the two deployments that the view writes to."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from tasks.server.prefect_api import Prefect, connected
from tests.once import made_once

PATIENCE = 180


@contextmanager
def child(arguments: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # it has ended, and so has all that it started
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(reached: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """The first truthy answer."""
    deadline = time.monotonic() + patience
    while not (answer := reached()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
    return answer


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates count: to read that takes a hundred times as long as to ask."""
    return httpx.create_ssl_context()


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2, verify=trusted()).is_success
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Path:
    """A folder of Prefect with its database set up, once for all workers: starting on an empty one takes three times
    as long. To be copied; that an empty one works too, the demo of the wheel shows.
    """
    return made_once("prefect-migrated", _upgrade, request)


def _upgrade(folder: Path) -> None:
    log = folder.with_suffix(".log")
    with child(
        ["-m", "prefect", "server", "database", "upgrade", "-y"], {**os.environ, "PREFECT_HOME": str(folder)}, log
    ) as upgrade:
        assert upgrade.wait(PATIENCE) == 0, log.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def prefect_environment(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/api"
    return {
        **os.environ,
        "PREFECT_HOME": str(shutil.copytree(migrated, tmp_path_factory.mktemp("prefect"), dirs_exist_ok=True)),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_UI_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "DO_NOT_TRACK": "1",
    }


@pytest.fixture(scope="session")
def server(prefect_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the API of a server of our own."""
    url = prefect_environment["PREFECT_API_URL"]
    port = url.split(":")[2].removesuffix("/api")
    log = tmp_path_factory.mktemp("logs") / "server.log"
    command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    with child(command, prefect_environment, log), temporary_settings({PREFECT_API_URL: url}):
        until(lambda: answers(url))
        yield url


class Patient(httpx.Client):
    """Asks again while the server is busy: on SQLite it has one writer at a time, and answers 503 to the others."""

    def request(self, *arguments: Any, **options: Any) -> httpx.Response:
        answer = super().request(*arguments, **options)
        for wait in (0.2, 0.5, 1, 2, 4, 8):
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(wait)
            answer = super().request(*arguments, **options)
        return answer


@pytest.fixture(scope="session")
def api(server: str) -> Iterator[httpx.Client]:
    """The server as anybody else sees it."""
    limits = httpx.Limits(max_keepalive_connections=0)  # the server drops those that are idle
    with Patient(base_url=server, timeout=30, limits=limits) as client:
        for name in ("case", "work-item"):
            flow = client.post("/flows/", json={"name": name}).json()["id"]
            body = {"name": name, "flow_id": flow, "enforce_parameter_schema": False}
            client.post("/deployments/", json=body).raise_for_status()
        yield client


@pytest.fixture(scope="module")
def no_automations(api: httpx.Client) -> None:
    """None of those that sweeps of other modules have left there, such as one that ends runs which say nothing."""
    for entry in api.post("/automations/filter", json={}).json():
        api.delete(f"/automations/{entry['id']}").raise_for_status()


@pytest.fixture
def prefect(api: httpx.Client) -> Iterator[Prefect]:
    with connected() as connection:
        yield connection
