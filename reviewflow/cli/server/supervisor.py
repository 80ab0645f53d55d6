"""Prefect's server and the flows as child processes: started together, watched, and stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from reviewflow.cli.logs import LOG
from reviewflow.cli.server.password import sign_in
from reviewflow.cli.server.ports import LOOPBACK, free_port, is_free
from reviewflow.service.door.key import KEY, KEY_FILE, LOCAL_URL
from reviewflow.service.workspace.errors import UserError

PATIENCE = 120
"""Seconds to wait for a server on a slow machine."""
KEPT = 30 * 24 * 60 * 60
"""Seconds that Prefect keeps runs which have ended, with their logs; what is open it keeps for as long as it is."""
GRACE = 15
"""Seconds a child is given to stop by itself."""

PARENT = "REVIEWFLOW_PARENT"
"""Names the process that started a part, with which it ends."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Running:
    """What was started: the address of Prefect's pages, the processes, the folder of their logs, their environment."""

    address: str
    children: tuple[subprocess.Popen[bytes], ...]
    logs: Path
    environment: Mapping[str, str]
    answers: str = ""
    """The address of the answer pages on this machine."""

    @property
    def sign_in(self) -> str:
        """What Prefect's pages ask for, as a person types it: user and password with a colon between."""
        return self.environment["PREFECT_API_AUTH_STRING"]

    def wait(self) -> None:
        """Wait for Ctrl-C (KeyboardInterrupt); when a child ends first, raises UserError that says where its log is."""
        while True:
            for child in self.children:
                if child.poll() is not None:
                    raise UserError(f"A part of it stopped by itself. Its log is in {self.logs}.")
            time.sleep(1)


def door_environment(home: Path, port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """Where letters are answered that stay on this machine, and the file with the key, unless the office names one."""
    given = {KEY_FILE: str((home / "door-key").resolve())} if not environ.get(KEY) else {}
    return {**given, **environ, LOCAL_URL: f"http://{LOOPBACK}:{port}"}


def prefect_environment(home: Path, port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """A Prefect that keeps to itself: on loopback, behind a password, telling nobody, keeping runs for thirty days.

    Raises UserError for a password that is not kept as it should be.
    """
    here, password = f"http://{LOOPBACK}:{port}", sign_in(home, environ)
    return {
        **environ,
        "PREFECT_HOME": str((home / "prefect").resolve()),
        "PREFECT_API_URL": f"{here}/api",
        "PREFECT_API_AUTH_STRING": password,
        "PREFECT_SERVER_API_AUTH_STRING": password,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": here,
        "PREFECT_SERVER_UI_API_URL": "/api",  # under whichever of the machine's names the page was opened
        "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the newer pages ask a host that counts visitors
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT),
        "PREFECT_RUNNER_POLL_FREQUENCY": environ.get("PREFECT_RUNNER_POLL_FREQUENCY", "3"),
        "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500",  # what the server answers while its own store is away for a moment
        "PREFECT_CLIENT_MAX_RETRIES": "8",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "DO_NOT_TRACK": "1",
    }


@contextlib.contextmanager
def running(
    home: Path, port: int, environ: Mapping[str, str], say: Say = lambda _: None, *, door: int = 0
) -> Iterator[Running]:
    """Prefect's server, the flows and the answer pages, until the block ends; raises UserError when one cannot start.

    The answer pages are at the port `door`; at any free one where that is 0.
    """
    logs = home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    door = door or free_port()
    environment = prefect_environment(home, port, door_environment(home, door, environ))
    if not is_free(port):
        raise UserError(
            f"Port {port} is in use, perhaps by another reviewflow. Stop it, or choose another: --port {port + 1}"
        )
    if not is_free(door):
        raise UserError(f"Port {door} is in use, so nobody could answer. Choose another: --answers-port {door + 1}")
    children: list[subprocess.Popen[bytes]] = []
    with contextlib.ExitStack() as stack:
        stack.callback(_stop, children)
        stack.enter_context(_stopped_by_signals())
        say("Starting Prefect's server")
        server = ["-m", "flows.server", "--host", LOOPBACK, "--port", str(port)]
        children.append(_start(server, logs / "prefect.log", _without_ours(environment)))
        _wait_until(lambda: _is_up(f"{environment['PREFECT_API_URL']}/health"), children, logs)
        say("Starting the flows")
        ready = (home / "flows.ready").resolve()
        ready.unlink(missing_ok=True)
        flows_environment = {**environment, "REVIEWFLOW_READY": str(ready)}
        children.append(_start(["-m", "flows.serve"], logs / "flows.log", flows_environment))
        _wait_until(ready.exists, children, logs)
        say("Starting the answer pages")
        pages = ["-m", "flows.door", "--port", str(door)]
        children.append(_start(pages, logs / "door.log", environment))
        _wait_until(lambda: _is_up(f"{environment[LOCAL_URL]}/health"), children, logs)
        yield Running(f"http://{LOOPBACK}:{port}", tuple(children), logs, environment, environment[LOCAL_URL])


def _without_ours(environment: Mapping[str, str]) -> dict[str, str]:
    """Prefect's server needs nothing of the office's, least of all the passwords with which letters are sent."""
    return {name: value for name, value in environment.items() if not name.startswith("REVIEWFLOW_") or name == LOG}


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """To be terminated, or to lose the terminal, is taken like Ctrl-C: no child may go on unseen."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    handlers = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _start(arguments: list[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, *arguments],
            env={**environment, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until(reached: Callable[[], bool], children: list[subprocess.Popen[bytes]], logs: Path) -> None:
    """Raises UserError when a child ends first, or nothing happens within PATIENCE."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        ended = next((child for child in children if child.poll() is not None), None)
        if ended is not None or time.monotonic() > deadline:
            raise UserError(f"{'Something' if ended is None else 'A part'} did not start. Its log is in {logs}.")
        time.sleep(0.2)


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - loopback
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Each child with all that it started, the last first."""
    for child in reversed(children):
        _signal(child, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)
