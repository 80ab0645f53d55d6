"""Servers of ours that are forked from a process that has imported Prefect: none waits for Python to start.

`warm_servers` has `subprocess.Popen` begin them so. To start one took three to six seconds of the processor, most of it
for imports that are the same each time. Prefect reads its settings anew in each, but for those that its modules read
while they are imported: where a server has any of these otherwise than the first one had, Python starts for it. It does
so too where a test looks at a process from outside (`by_themselves`), whose environment and words would not be its own.
"""

import importlib
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.warm import Zygote, become, take_orders, zygote

SERVERS = ("flows.server", "flows.serve", "flows.worker", "prefect")
LIGHT = ("flows.door", "flows.gate")
"""They import no Prefect, and begin sooner from Python than from a process that imports it first for them alone."""
LATE = (
    "flows.credentials",
    "flows.runner.ahead",
    "prefect.cli.server",
    "prefect.server.database.orm_models",
    "uvicorn.lifespan.on",
)
"""What they import when they first need it."""
AT_IMPORT = ("PREFECT_LOGGING_", "PREFECT_TASK", "PREFECT_TEST", "PREFECT_API_EVENTS_")
OF_SERVER = ("PREFECT_SERVER_EVENTS_", "PREFECT_SERVER_TASKS_")
LOOPS = "_LOOP_SECONDS"
SET_ANEW = "PREFECT_LOGGING_LEVEL"
USED = {"env", "cwd", "stdin", "stdout", "stderr", "start_new_session"}


class Forked:
    """A server that was begun so, as those see it who began it; of `subprocess.Popen` it has what they use."""

    def __init__(self, begin: Zygote, command: Sequence[str], given: Mapping[str, Any]) -> None:
        self.args = command
        self.returncode: int | None = None
        with ExitStack() as files:
            nothing = files.enter_context(Path(os.devnull).open("rb"))
            out = given["stdout"].fileno() if given.get("stdout") else 1
            err = given.get("stderr")
            handles = [
                nothing.fileno() if given.get("stdin") == subprocess.DEVNULL else 0,
                out,
                out if err == subprocess.STDOUT else err.fileno() if err else 2,
            ]
            self.pid, self._told = begin.begin(command, given, handles)

    def poll(self) -> int | None:
        """Its exit status, once it has ended."""
        return self._status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status; raises TimeoutExpired when it has not ended within so many seconds."""
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        """Unless it has ended, which its zygote may know and not have told yet."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _status(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self._told.settimeout(timeout)
            try:
                self.returncode = int(self._told.recv(64))
            except (TimeoutError, BlockingIOError):
                return None
            self._told.close()
        return self.returncode


def is_server(command: object, given: Mapping[str, Any]) -> bool:
    """Whether this is a server of ours, begun by this Python in the way that the zygote knows."""
    if not (isinstance(command, list) and given.keys() <= USED and hasattr(os, "pidfd_open")):  # it takes Linux
        return False
    streams = (given.get(name) for name in ("stdout", "stderr"))
    return server_of(command) in (*SERVERS, *LIGHT) and subprocess.PIPE not in streams


def server_of(command: Sequence[str]) -> str:
    """The module that it comes to be; "" where this Python runs none."""
    match command[:4]:
        case [sys.executable, "-m", "flows.credentials", module]:
            return module
        case [sys.executable, "-m", module, *_]:
            return module
    return ""


def read_at_import(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that a process can no longer be given once it has imported Prefect."""
    return {name: text for name, text in environ.items() if is_read_at_import(name)}


def is_read_at_import(name: str) -> bool:
    """Whether modules of Prefect's read this setting while they are imported, but for what is set up anew."""
    return (name.startswith((*AT_IMPORT, *OF_SERVER)) or name.endswith(LOOPS)) and name != SET_ANEW


class Beginnings:
    """Chooses how a program is begun, and begins the zygote for the first server that needs it."""

    def __init__(self) -> None:
        self._stack, self._settings = ExitStack(), dict[str, str]()
        self._zygote: Zygote | None = None
        self.none = False
        """Whether Python starts for all, for now."""

    def zygote_of(self, command: Any, given: Mapping[str, Any]) -> Zygote | None:
        """Who shall fork it; None where Python shall start for it."""
        if self.none or not is_server(command, given):
            return None
        environ = os.environ if given.get("env") is None else given["env"]
        if self._zygote is None:
            if server_of(command) in LIGHT:
                return None
            self._settings = read_at_import(environ)
            self._zygote = self._stack.enter_context(zygote("tests.warm_servers", self._settings))
        return self._zygote if read_at_import(environ) == self._settings else None

    def close(self) -> None:
        self._stack.close()


begun = Beginnings()


@contextmanager
def warm_servers() -> Iterator[None]:
    """In the block `subprocess.Popen` has servers of ours begun by a zygote, which is there from the first of them."""
    real = subprocess.Popen

    class Popen(real):  # type: ignore[misc, valid-type]
        def __new__(cls, command: Any, *words: Any, **given: Any) -> Any:
            one = None if words else begun.zygote_of(command, given)
            return super().__new__(cls) if one is None else Forked(one, command, given)

    subprocess.Popen = Popen  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        subprocess.Popen = real  # type: ignore[misc]
        begun.close()


@contextmanager
def by_themselves() -> Iterator[None]:
    """In the block Python starts for every server."""
    begun.none = True
    try:
        yield
    finally:
        begun.none = False


def be_a_server(order: Mapping[str, Any]) -> None:
    """Be that one, with the settings of its own environment."""
    run: Callable[..., Any] = runpy.run_module

    def run_anew(module: str, **how: Any) -> Any:
        """As itself, with all that is set by now."""
        importlib.import_module("prefect.context").refresh_global_settings_context()
        importlib.import_module("prefect.logging.configuration").setup_logging(incremental=False)
        sys.modules.pop(module, None)
        return run(module, **how)

    runpy.run_module = run_anew  # type: ignore[assignment]
    become(order)


@contextmanager
def settings_watched() -> Iterator[None]:
    """Raises AssertionError when a module read a setting in the block that `is_read_at_import` does not know."""
    settings: Any = importlib.import_module("prefect.settings.base").PrefectBaseSettings
    get, read = settings.__getattribute__, set[str]()

    def noted(self: Any, name: str) -> Any:
        value = get(self, name)
        if name in type(self).__pydantic_fields__ and not isinstance(value, settings):
            reader = sys._getframe(1).f_globals.get("__name__", "")
            if not reader.startswith(("prefect.settings.base", "prefect.settings.models", "pydantic")):  # they read all
                read.add(f"{type(self).model_config['env_prefix']}{name}".upper())
        return value

    settings.__getattribute__ = noted
    try:
        yield
    finally:
        del settings.__getattribute__
    unknown = {name for name in read if not is_read_at_import(name)}
    assert read, "nothing was noted"
    assert not unknown, f"Prefect reads these while it is imported: {unknown}"


def main(handle: int) -> None:
    importlib.import_module("prefect.settings")
    with settings_watched():
        for module in (*SERVERS, *LIGHT, *LATE):
            importlib.import_module(module)
    take_orders(handle, be_a_server)


if __name__ == "__main__":
    main(int(sys.argv[1]))
