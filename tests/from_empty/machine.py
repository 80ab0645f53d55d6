"""A machine with a systemd of its own (systemd-nspawn), on a network of ours and no other."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.from_empty.root import WHO

BEGINS, ENDS = 180.0, 120.0
"""Seconds."""
ANEW = 133
"""With what systemd-nspawn ends where its machine asked to be started anew."""
PATHS = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass
class Machine:
    """A machine that runs: its files, the words that switch it on, and the process that it runs in."""

    root: Path
    words: Sequence[str]
    container: subprocess.Popen[bytes]

    @property
    def first(self) -> int:
        """The id, out here, of its systemd. Raises AssertionError when there is none in time."""
        until = time.monotonic() + BEGINS
        while time.monotonic() < until:
            assert self.container.poll() is None, f"it ended: {self.root}.log"
            for child in psutil.Process(self.container.pid).children():
                if child.name() == "systemd":
                    return int(child.pid)
            time.sleep(0.2)
        raise AssertionError("no systemd was started")

    def run(
        self, line: str, *, user: str = WHO, given: str = "", patience: float = 900
    ) -> subprocess.CompletedProcess[str]:
        """Give a line to the shell of whoever works on it, in the checkout; `given` is typed into it."""
        shell = f"cd /home/{WHO}/reviewflow && {line}" if user == WHO else line
        inside = ["nsenter", "--target", str(self.first), "--mount", "--uts", "--ipc", "--net", "--pid"]
        home = f"HOME=/home/{user}" if user == WHO else "HOME=/root"
        become = ["runuser", "-u", user, "--"] if user != "root" else []
        words = [*inside, "/usr/bin/env", "-i", PATHS, home, f"USER={user}", "LANG=C.UTF-8", *become]
        return subprocess.run(
            [*words, "bash", "-c", shell], input=given, capture_output=True, text=True, timeout=patience, check=False
        )

    def done(self, line: str, *, user: str = WHO, given: str = "") -> str:
        """The same; what it said. Raises AssertionError when it fails."""
        done = self.run(line, user=user, given=given)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def write(self, path: str, text: str, mode: str = "600") -> None:
        """As root, over what is there, whose owner and place stay."""
        self.done(f"umask 077; cat > {shlex.quote(path)}; chmod {mode} {shlex.quote(path)}", user="root", given=text)

    def wait_until(self, line: str, patience: float) -> float:
        """Give it until it succeeds; after how many seconds. Raises AssertionError when it does not."""
        began = time.monotonic()
        while self.run(line, user="root").returncode:
            assert time.monotonic() - began < patience, line
            time.sleep(1)
        return time.monotonic() - began

    def wait_until_up(self) -> float:
        """Until systemd has started all that it will; after how many seconds."""
        return self.wait_until("systemctl is-system-running --wait | grep -qE 'running|degraded'", BEGINS)

    def start_anew(self) -> float:
        """As people do it, and wait until it is up; after how many seconds. Raises AssertionError when it is not."""
        began = time.monotonic()
        self.run("systemctl reboot", user="root")
        assert self.container.wait(ENDS) == ANEW, f"it did not start anew: {self.root}.log"
        self.container = _switch_on(self.root, self.words)
        self.wait_until_up()
        return time.monotonic() - began


@contextmanager
def machine(root: Path, network: str) -> Iterator[Machine]:
    """Switch it on, on the network of this namespace, until the block ends."""
    words = ["systemd-nspawn", "--quiet", "--keep-unit", "--register=no", "--resolv-conf=off", "--timezone=off"]
    words += [f"--machine={root.name}", f"--directory={root}", "--boot", f"--network-namespace-path={network}"]
    started = Machine(root, words, _switch_on(root, words))
    try:
        started.wait_until_up()
        yield started
    finally:
        _switch_off(started.container)


def _switch_on(root: Path, words: Sequence[str]) -> subprocess.Popen[bytes]:
    with root.with_suffix(".log").open("ab") as log:
        return subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env=_plain()
        )


def _plain() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "SYSTEMD_COLORS": "0", "TERM": "dumb"}


def _switch_off(container: subprocess.Popen[bytes]) -> None:
    container.send_signal(signal.SIGTERM)
    try:
        container.wait(ENDS)
    except subprocess.TimeoutExpired:
        container.kill()
        container.wait(ENDS)
