"""Runs ordered of Prefect's own way to start one, in a process of their own: what became of them, as JSON.

`python -m tests.prefect.ordering FOLDER`, with Prefect's server where nobody answers but this process listens.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import prefect.runner._starter_engine as engine

from flows.runner.forked import fork_runs

COMMAND = [sys.executable, "-m", "prefect.engine"]
RUN = "00000000-0000-4000-8000-000000000001"
started: list[list[str]] = []


async def as_prefect_does(command: list[str], **_: Any) -> str:
    started.append(command[1:])
    return "by Prefect"


class Status:
    """Where Prefect is told that a run is at work."""

    def __init__(self) -> None:
        self.begun = asyncio.get_running_loop().create_future()

    def started(self, value: Any) -> None:
        self.begun.set_result(value)


async def order(folder: Path, environment: dict[str, str], *, command: list[str] = COMMAND) -> tuple[Any, Any]:
    """The run at work, and what waits for its end."""
    status = Status()
    how = {"env": {**os.environ, **environment}, "cwd": folder, "task_status": status, "stream_output": True}
    ending = asyncio.ensure_future(engine.run_process(command, task_status_handler=lambda run: run, **how))
    await asyncio.wait({ending, status.begun}, return_when=asyncio.FIRST_COMPLETED)
    return status.begun.result() if status.begun.done() else None, ending


async def connected(listening: socket.socket) -> socket.socket:
    """When a run has asked Prefect's server for what it shall do: it waits for the answer now."""
    return (await asyncio.get_running_loop().sock_accept(listening))[0]


async def outcomes(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    _, ending = await order(folder, {"PREFECT__FLOW_RUN_ID": "no run"})
    found["nameless"] = (await ending).returncode
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        server = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        asking = {"PREFECT__FLOW_RUN_ID": RUN, "PREFECT_API_URL": server}
        run, ending = await order(folder, asking)
        with await connected(listening):
            found["of this program"] = program(run.pid) == program(os.getpid())
            found["folder"] = folder_of(run.pid)
            found["at work"] = run.returncode
            os.kill(run.pid, signal.SIGKILL)
            found["killed"] = (await ending).returncode
        run, ending = await order(folder, asking)
        with await connected(listening):
            ending.cancel()
            found["given up"] = await asyncio.to_thread(gone, run.pid)
        run, ending = await order(folder, asking)
        with await connected(listening):
            os.kill(parent(run.pid), signal.SIGKILL)
            found["whoever forked it killed"] = (await ending).returncode
            found["and so it"] = await asyncio.to_thread(gone, run.pid)
        _, ending = await order(folder, asking)
        found["the next"] = await ending
    _, ending = await order(folder, {}, command=["python", "-m", "something.else"])
    found["something else"] = await ending
    return {**found, "started": started}


def program(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def folder_of(pid: int) -> str:
    return str(Path(f"/proc/{pid}/cwd").resolve())


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def gone(pid: int) -> bool:
    """Whether it is over soon, and nothing of it is left but its status."""
    for _ in range(600):
        stat = Path(f"/proc/{pid}/stat")
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        signal.sigtimedwait([], 0.1)
    return False


if __name__ == "__main__":
    engine.run_process = as_prefect_does  # type: ignore[assignment]
    fork_runs()
    print(json.dumps(asyncio.run(outcomes(Path(sys.argv[1])))))
