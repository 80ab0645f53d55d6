"""A program that is forked is what it is when Python starts for it."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.warm import MAIN, WORD, Zygote, is_ours, zygote

ROOT = Path(__file__).parents[1]
NOT_WARM = [sys.executable, "-u"]
"""Words of a Python that no zygote begins."""
SETTINGS = {**os.environ, "REVIEWFLOW_DEFINITIONS": "toy", "COLUMNS": "60"}


@pytest.fixture(scope="module")
def warm() -> Iterator[Zygote]:
    with zygote() as begun:
        yield begun


@pytest.mark.parametrize(
    "words",
    [
        ("-c", MAIN, "date", "1 working day after 2026-12-24"),
        ("-c", MAIN, "explain", "reveiw"),
        ("-c", MAIN, "diagram", "review", "-o", "-"),
        ("-m", "tasks.second_person_code"),
        ("-m", WORD),
    ],
    ids=["a date", "a mistake", "no form", "nobody asked", "no paper"],
)
def test_it_says_and_ends_as_any_other(words: tuple[str, ...], warm: Zygote, tmp_path: Path) -> None:
    settings = {**SETTINGS, "REVIEWFLOW_DATABASE": f"sqlite:///{tmp_path}/office.db"}
    given: Mapping[str, Any] = {"cwd": ROOT / "tests", "env": settings, "capture_output": True, "text": True}
    started = subprocess.run([*NOT_WARM, *words], **given, input="{}", check=False)
    command = [sys.executable, *words]
    assert is_ours(command, given)
    forked = warm.run(command, {**given, "input": "{}"})
    assert (forked.returncode, forked.stdout) == (started.returncode, started.stdout)
    assert forked.stderr.splitlines()[-1:] == started.stderr.splitlines()[-1:]


def test_one_that_takes_too_long_is_killed(warm: Zygote) -> None:
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    with pytest.raises(subprocess.TimeoutExpired):
        warm.run(command, {"timeout": 0.2})
    ended = [sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]
    with pytest.raises(subprocess.CalledProcessError) as told:
        warm.run(ended, {"check": True})
    assert told.value.returncode == -signal.SIGTERM


def test_where_no_zygote_is_left_the_test_is_told(tmp_path: Path) -> None:
    """As when a module cannot be imported that each program needs."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, (tmp_path / "said").open("wb") as said:
        ends = threading.Timer(0.05, theirs.close)
        ends.start()
        with pytest.raises(ChildProcessError):
            Zygote(ours).begin([sys.executable, "-c", MAIN], {}, [said.fileno()] * 3)
        ends.join()


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ([sys.executable, "-m", "prefect"], {}),
        ([sys.executable, "-c", "import sys"], {}),
        (["reviewflow", "check"], {}),
        ("ls", {"shell": True}),
        ([sys.executable, "-c", MAIN], {"stdout": subprocess.PIPE}),
    ],
    ids=["of others", "another", "as installed", "a shell's", "in another way"],
)
def test_what_is_not_ours_is_begun_by_python(command: Any, given: Mapping[str, Any]) -> None:
    assert not is_ours(command, given)
