"""The parts of an office on several machines as processes of this one: started, killed, brought back, and ended."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

LOOKS_EVERY = 0.25
KIND = ("nice", "-n", "5")
"""The machine has other work."""


@dataclass
class Part:
    """A process with a group of its own, so that nothing that it started is left."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    ready: Callable[[], bool]
    user: str | None = None
    patience: float = 180.0
    _running: subprocess.Popen[bytes] | None = None
    _groups: set[int] = field(default_factory=set)

    def start(self) -> None:
        """Start it; it need not be ready yet."""
        with self.log.open("ab") as output:
            self._running = subprocess.Popen(
                [*KIND, *self.command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                user=self.user,
                cwd=self.log.parent,
            )
        self._groups.add(self._running.pid)

    def wait_until_ready(self) -> None:
        """Raises AssertionError when it is not in time."""
        until = time.monotonic() + self.patience
        while not self.ready():
            assert time.monotonic() < until, f"{self.name} was not ready in time: {self.log}"
            assert self.is_alive, f"{self.name} ended: {self.log}"
            time.sleep(LOOKS_EVERY)

    @property
    def is_alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def kill(self, *, with_what_it_started: bool = True) -> None:
        """As when its power is cut; alone, as when only it is killed for its memory."""
        assert self._running is not None
        started = psutil.Process(self._running.pid).children(recursive=True) if with_what_it_started else []
        self._running.send_signal(signal.SIGKILL)
        for process in started:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._running.wait(30)

    def end(self) -> None:
        """Everything that it ever started, at the end."""
        for group in self._groups:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        if self._running is not None:
            self._running.wait(30)


@contextmanager
def ended_at_last(parts: Mapping[str, Part]) -> Iterator[None]:
    """Whatever happens in the block, nothing that they started outlives it."""
    try:
        yield
    finally:
        for part in reversed([*parts.values()]):
            part.end()


def start_all(parts: Sequence[Part]) -> None:
    """Side by side, until each is ready."""
    for part in parts:
        part.start()
    for part in parts:
        part.wait_until_ready()
