"""Prefect's server and the flows as child processes: started together, watched, and stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewflow.service.workspace.errors import UserError

PATIENCE = 120
"""Seconds to wait for a server on a slow machine."""
GRACE = 15
"""Seconds a child is given to stop by itself."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Running:
    """What was started."""

    address: str
    children: tuple[subprocess.Popen[bytes], ...]
    logs: Path
    environment: Mapping[str, str]

    def wait(self) -> None:
        """Until somebody stops it, or a child dies: then say which and where its log is."""
        while True:
            for child in self.children:
                if child.poll() is not None:
                    raise UserError(f"A part of it stopped by itself. Its log is in {self.logs}.")
            time.sleep(1)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prefect_environment(home: Path, port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """A Prefect that keeps to itself: on loopback, telling nobody, keeping runs for thirty days."""
    api = f"http://127.0.0.1:{port}/api"
    return {
        **environ,
        "PREFECT_HOME": str((home / "prefect").resolve()),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_UI_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_RUNNER_POLL_FREQUENCY": environ.get("PREFECT_RUNNER_POLL_FREQUENCY", "3"),
        "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500",  # what the server answers while its own store is away for a moment
        "PREFECT_CLIENT_MAX_RETRIES": "8",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "DO_NOT_TRACK": "1",
    }


@contextlib.contextmanager
def running(home: Path, port: int, environ: Mapping[str, str], say: Say = lambda _: None) -> Iterator[Running]:
    """Prefect's server and the flows, until the block ends; raises UserError when they cannot start."""
    logs = home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    environment = prefect_environment(home, port, environ)
    _port_is_free(port)
    children: list[subprocess.Popen[bytes]] = []
    with contextlib.ExitStack() as stack:
        stack.callback(_stop, children)
        stack.enter_context(_told_to_stop())
        say("Starting Prefect's server")
        server = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        children.append(_start(server, logs / "prefect.log", environment))
        _until(lambda: _answers(f"{environment['PREFECT_API_URL']}/health"), children, logs)
        say("Starting the flows")
        ready = home / "flows.ready"
        ready.unlink(missing_ok=True)
        children.append(
            _start(["-m", "flows.serve"], logs / "flows.log", {**environment, "REVIEWFLOW_READY": str(ready)})
        )
        _until(ready.exists, children, logs)
        yield Running(f"http://127.0.0.1:{port}", tuple(children), logs, environment)


@contextlib.contextmanager
def _told_to_stop() -> Iterator[None]:
    """To be terminated, or to lose the terminal, is taken like Ctrl-C: nothing that was started may go on unseen."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    heard = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, before in heard.items():
            signal.signal(number, before)


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            message = (
                f"Port {port} is in use, perhaps by another reviewflow. Stop it, or choose another: --port {port + 1}"
            )
            raise UserError(message) from None


def _start(arguments: list[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, *arguments],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _until(reached: Callable[[], bool], children: list[subprocess.Popen[bytes]], logs: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        dead = next((child for child in children if child.poll() is not None), None)
        if dead is not None or time.monotonic() > deadline:
            raise UserError(f"{'Something' if dead is None else 'A part'} did not start. Its log is in {logs}.")
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
            return bool(answer.status == 200)  # noqa: PLR2004
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
