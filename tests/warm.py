"""Programs of ours that are forked from a process that has imported what they need: none waits for Python to start.

`warm_programs` has `subprocess.run` begin them so. They get their own words, settings, folder, files and exit status,
as of a new Python; nothing that they do is done for them. Tests that ask what a start costs or imports give Python
other words than these, and start it.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import IO, Any, NoReturn

from reviewflow.cli.server.supervisor import PARENT

ROOT = Path(__file__).parents[1]
MAIN = "from reviewflow.cli import main; main()"
"""What tests give to `python -c` as the command line itself."""
PROGRAMS = (
    *("tasks.sweep_once", "tasks.bounces_once", "tasks.second_person_code", "tasks.outside.first_letters"),
    "flows.credentials",
)
WORD = "reviewflow.service.documents.word_files.word"
LATE = (
    *("alembic.command", "apprise", "cryptography.fernet", "docx", "docxtpl", "jinja2.sandbox", "sqlalchemy"),
    *("reviewflow.cli.commands", "reviewflow.diagram", "reviewflow.privacy.screening", "reviewflow.store.schema"),
    *("reviewflow.service.documents.word_files.places", "reviewflow.store.statements"),
)
"""What they import when they first need it."""
PATIENCE = 2.0
"""Seconds: whoever tells how a program ended has ended a moment later."""
MOST = 1 << 20
"""Bytes of the words and settings of one program."""


class Zygote:
    """That process, as those see it who have it begin a program."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders

    def run(self, command: Sequence[str], given: Mapping[str, Any]) -> subprocess.CompletedProcess[Any]:
        """As `subprocess.run` does, of what of it is used by whoever begins these programs."""
        text = given.get("text")
        with ExitStack() as files:
            told, out, err = (files.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            words = given.get("input") or b""
            told.write(words.encode() if isinstance(words, str) else words)
            told.seek(0)
            kept = given.get("capture_output")
            handles = [told.fileno(), out.fileno() if kept else 1, err.fileno() if kept else 2]
            status = self._ended(command, given, handles)
            said = [_read(file, text=text) if kept else None for file in (out, err)]
        done = subprocess.CompletedProcess(command, status, *said)
        if given.get("check"):
            done.check_returncode()
        return done

    def begin(
        self, command: Sequence[str], given: Mapping[str, Any], handles: Sequence[int]
    ) -> tuple[int, socket.socket]:
        """Its number, and where its exit status will be told; who closes that lets it end as whose parent is gone."""
        order = {
            "words": list(command),
            "environ": dict(os.environ if given.get("env") is None else given["env"]),
            "folder": str(given.get("cwd") or Path.cwd()),
            "alone": bool(given.get("start_new_session")),
        }
        answers, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(self._orders, [json.dumps(order).encode()], [*handles, theirs.fileno()])
        try:
            return int(answers.recv(MOST)), answers
        except ValueError:
            answers.close()
            raise ChildProcessError("Whoever forks programs has ended; what it said stands among the errors.") from None

    def _ended(self, command: Sequence[str], given: Mapping[str, Any], handles: Sequence[int]) -> int:
        """The exit status; raises TimeoutExpired when it was killed for taking longer than it may."""
        number, answers = self.begin(command, given, handles)
        with answers:
            answers.settimeout(given.get("timeout"))
            try:
                return int(answers.recv(MOST))
            except TimeoutError:
                with suppress(ProcessLookupError):  # it has just ended
                    os.kill(number, signal.SIGKILL)
                answers.settimeout(None)
                answers.recv(MOST)
                raise subprocess.TimeoutExpired(command, given["timeout"]) from None


def _read(file: IO[bytes], *, text: bool | None) -> str | bytes:
    file.seek(0)
    said = file.read()
    return said.decode() if text else said


USED = {"env", "input", "text", "capture_output", "check", "cwd", "timeout"}


def is_ours(command: object, given: Mapping[str, Any]) -> bool:
    """Whether this is a program of ours, begun by this Python in the way that the zygote knows."""
    if not (isinstance(command, list) and given.keys() <= USED and hasattr(os, "fork")):  # Windows has none
        return False
    match command[:3]:
        case [sys.executable, "-m", module]:
            return module in {*PROGRAMS, WORD}
        case [sys.executable, "-c", program]:
            return bool(program == MAIN)
    return False


@contextmanager
def warm_programs() -> Iterator[None]:
    """In the block `subprocess.run` has programs of ours begun by a zygote, which is there from the first of them."""
    run: Callable[..., Any] = subprocess.run
    with ExitStack() as begun:
        known: list[Zygote] = []

        def quick_run(command: Any, **given: Any) -> Any:
            if not is_ours(command, given):
                return run(command, **given)
            if not known:
                known.append(begun.enter_context(zygote()))
            return known[0].run(command, given)

        subprocess.run = quick_run
        try:
            yield
        finally:
            subprocess.run = run


@contextmanager
def zygote(module: str = "tests.warm", settings: Mapping[str, str] | None = None) -> Iterator[Zygote]:
    """One that this module of tests is, with what it imports while it has these settings."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    handle = theirs.fileno()
    command = [sys.executable, "-m", module, str(handle)]
    environ = {**os.environ, **(settings or {})}
    with ours, subprocess.Popen(command, cwd=ROOT, env=environ, pass_fds=[handle], stdin=subprocess.DEVNULL) as process:
        theirs.close()
        yield Zygote(ours)
        ours.close()
        process.wait()


def serve(orders: socket.socket) -> Mapping[str, Any] | None:
    """Take orders until there are no more; in a process that shall become a program: what it was told."""
    while True:
        order, handles, *_ = socket.recv_fds(orders, MOST, 4)
        if not order:
            _bury(patience=PATIENCE)
            return None
        if os.fork() == 0:
            orders.close()
            told: Mapping[str, Any] = json.loads(order)
            return _kept(told, handles)
        for handle in handles:
            os.close(handle)
        _bury()


def _bury(*, patience: float = 0.0) -> None:
    """Who has ended is waited for, so that its time is counted among that of the tests; others for so many seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                if time.monotonic() >= until:
                    return
                time.sleep(0.01)
        except ChildProcessError:
            return


def _kept(order: Mapping[str, Any], handles: Sequence[int]) -> Mapping[str, Any]:
    """The order, in the process that becomes the program; the other stays beside it, and tells how it ended.

    What is told which program began it, to end with that, is told of the one that stays, which ends with the tests.
    """
    answers, beside = handles[3], os.getpid()
    if child := os.fork():
        _stay(child, answers)
    if order["alone"]:
        os.setsid()
    os.write(answers, str(os.getpid()).encode())
    for place, handle in enumerate(handles[:3]):
        os.dup2(handle, place)
    for handle in handles:
        os.close(handle)
    given = order["environ"]
    return {**order, "environ": {**given, PARENT: str(beside)} if PARENT in given else given}


def _stay(child: int, answers: int) -> NoReturn:
    """Until the child has ended, which is told, or nobody is there any more to be told."""
    watch = os.pidfd_open(child)
    ready, _, _ = select.select([watch, answers], [], [])
    if watch in ready:
        with suppress(OSError):
            os.write(answers, str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
    os._exit(0)


def become(order: Mapping[str, Any]) -> None:
    """Be the program, as if Python had just started."""
    os.environ.clear()
    os.environ.update(order["environ"])
    time.tzset()
    os.chdir(order["folder"])
    _, how, program, *words = order["words"]
    if how == "-m":
        sys.path[0], sys.argv = order["folder"], [program, *words]
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    else:
        sys.path[0], sys.argv, sys.modules["__main__"] = "", ["-c", *words], ModuleType("__main__")
        exec(program, vars(sys.modules["__main__"]))


def main(handle: int) -> None:
    for module in (*LATE, *PROGRAMS, WORD):
        importlib.import_module(module)
    for module in (*PROGRAMS, WORD):
        del sys.modules[module]  # each is read anew, as the program itself
    take_orders(handle, become)


def take_orders(handle: int, be: Callable[[Mapping[str, Any]], None]) -> None:
    """Until there are no more; a process that is forked for one becomes what was ordered."""
    gc.freeze()
    order = serve(socket.socket(fileno=handle))
    if order is not None:
        be(order)


if __name__ == "__main__":
    main(int(sys.argv[1]))
