"""Runs begin at once: each is forked from a process that has imported what all of them need.

Prefect starts Python anew for every run: two seconds of the processor go by before the first line of ours, ten or more
where the machine is busy, while somebody who submitted a form looks at it. Here a process is forked from the runner
before that has any thread, and forks a process for each run that the runner orders: with the environment, the folder
and the engine that Prefect would have given it, and watched and ended by Prefect as before. Where a system cannot do
this (it takes Linux), or once that process is gone, runs are started as Prefect starts them.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import warnings
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import prefect.flow_engine  # noqa: F401 - what an engine imports first
from prefect.context import refresh_global_settings_context
from prefect.runner import _starter_engine

ENGINE = ("-m", "prefect.engine")
"""What Prefect starts Python with, for a run."""
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""They reach all processes of a group; whoever forks runs ends when the runner has ended, and not before its runs."""
KILLED = -signal.SIGKILL
NUMBER = 4
"""Bytes of a number that is told: a process's, or what it ended with."""

Starts = Callable[..., Awaitable[Any]]


@dataclass(slots=True)
class ForkedRun:
    """The process of a run, as Prefect looks at one."""

    pid: int
    returncode: int | None = None


def fork_runs() -> None:
    """From now on runs of this process begin at once; to be called before it has a thread, or anything open."""
    if not hasattr(os, "pidfd_open"):
        return
    orders, taken = socket.socketpair()
    if os.fork():
        taken.close()
        _starter_engine.run_process = forking(orders, _starter_engine.run_process)  # type: ignore[assignment, attr-defined]
        return
    orders.close()
    gc.freeze()
    _take_orders(taken)


def forking(orders: socket.socket, start: Starts) -> Starts:
    """Prefect's way to start a run's process and wait for its end, with a process that is forked; else `start`."""

    async def run_process(command: Sequence[str], **how: Any) -> Any:
        if tuple(command[1:]) != ENGINE or how.get("start_new_session"):
            return await start(command, **how)
        try:
            run, told = await _begin(orders, how["env"], how.get("cwd"))
        except OSError:  # whoever forks is gone
            return await start(command, **how)
        with told:
            how["task_status"].started(how["task_status_handler"](run))
            await _end(run, told)
        return run

    return run_process


async def _begin(
    orders: socket.socket, environment: Mapping[str, str], folder: Path | str | None
) -> tuple[ForkedRun, socket.socket]:
    """A run at work, and where it is told what it ended with; raises OSError when none was forked."""
    told, theirs = socket.socketpair()
    try:
        told.setblocking(False)  # noqa: FBT003 - the socket's own name for it
        with theirs:
            socket.send_fds(orders, [b"\n"], [theirs.fileno()])
        order = json.dumps({"environment": dict(environment), "folder": str(folder or "")})
        await asyncio.get_running_loop().sock_sendall(told, f"{order}\n".encode())
        return ForkedRun(await _number(told)), told
    except BaseException:
        told.close()
        raise


async def _end(run: ForkedRun, told: socket.socket) -> None:
    """Wait for the end of a run; it ends too when nobody waits for it any more, or whoever forked it is gone."""
    try:
        run.returncode = await _number(told)
    except OSError:
        run.returncode = KILLED
        with suppress(ProcessLookupError):
            os.kill(run.pid, signal.SIGKILL)
    finally:
        if run.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(run.pid, signal.SIGTERM)


async def _number(told: socket.socket) -> int:
    read = await asyncio.get_running_loop().sock_recv(told, NUMBER)
    if not read:
        raise ConnectionResetError
    return int.from_bytes(read, "big", signed=True)


def _take_orders(orders: socket.socket) -> NoReturn:
    """Fork a run for each order and tell what it ended with, until nobody orders any more."""
    before = {each: signal.signal(each, signal.SIG_IGN) for each in STOPS}
    selector = selectors.DefaultSelector()
    selector.register(orders, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is not orders:
                selector.unregister(key.fileobj)
                _tell_end(key.fd, *key.data)
                continue
            _, given, *_ = socket.recv_fds(orders, 1, 1)
            if not given:
                os._exit(0)
            told = socket.socket(fileno=given[0])
            pid = os.fork()
            if not pid:
                _forget(selector)
                _be_a_run(told, before)
            told.sendall(pid.to_bytes(NUMBER, "big", signed=True))
            selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, told))


def _tell_end(watch: int, pid: int, told: socket.socket) -> None:
    os.close(watch)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with told, suppress(OSError):  # nobody may be waiting any more
        told.sendall(status.to_bytes(NUMBER, "big", signed=True))


def _forget(selector: selectors.BaseSelector) -> None:
    """In a run: close what is said of other runs."""
    for key in [*selector.get_map().values()]:
        os.close(key.fd)
        if key.data:
            key.data[1].close()
    selector.close()


def _be_a_run(told: socket.socket, signals: Mapping[signal.Signals, Any]) -> NoReturn:
    """Become what `python -m prefect.engine` is with this environment in this folder."""
    for each, handler in signals.items():
        signal.signal(each, handler)
    with told, told.makefile(encoding="utf-8") as lines:
        order = json.loads(lines.readline())
    os.environ.clear()
    os.environ.update(order["environment"])
    if order["folder"]:
        os.chdir(order["folder"])
    sys.argv = [ENGINE[1]]
    refresh_global_settings_context()
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="runpy")  # it is imported, and is run as well
    runpy.run_module(ENGINE[1], run_name="__main__", alter_sys=True)
    sys.exit()
