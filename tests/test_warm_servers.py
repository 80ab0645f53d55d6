"""A server that is forked is what it is when Python starts for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reviewflow.cli.server.supervisor import PARENT
from tests import warm_servers
from tests.warm import Zygote, zygote
from tests.warm_servers import Beginnings, Forked, is_server

SAY = "import os, sys; print(os.environ, os.getcwd(), os.getppid(), os.getsid(0) == os.getpid(), sys.argv)"
WAIT = "import signal; print('there', flush=True); signal.pause()"
PATIENCE = 30
SERVER = [sys.executable, "-m", "flows.server", "--port", "1"]
DOOR = [sys.executable, "-m", "flows.door", "--port", "1"]


@pytest.fixture(scope="module")
def warm() -> Iterator[Zygote]:
    with zygote() as begun:
        yield begun


def begun(warm: Zygote, program: str, folder: Path, **environ: str) -> Forked:
    """With its words in a file, as servers have them."""
    with (folder / "said").open("wb") as said:
        given = {"env": environ, "cwd": folder, "stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
        return Forked(warm, [sys.executable, "-c", program, "a word"], {**given, "start_new_session": True})


def test_it_has_its_own_settings_folder_words_and_session(warm: Zygote, tmp_path: Path) -> None:
    server = begun(warm, SAY, tmp_path, ONLY="this", **{PARENT: str(os.getpid())})
    assert (server.wait(PATIENCE), server.poll()) == (0, 0)
    said = (tmp_path / "said").read_text(encoding="utf-8")
    parent = said.partition(f"{tmp_path} ")[2].split()[0]
    environ = {"ONLY": "this", PARENT: parent}
    assert said == f"environ({environ!r}) {tmp_path} {parent} True ['-c', 'a word']\n"


def test_one_that_ended_without_its_having_been_told_yet_is_killed_in_vain(
    warm: Zygote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that somebody else had killed was asked after between its end and the word of it."""
    server = begun(warm, SAY, tmp_path)
    assert server.wait(PATIENCE) == 0
    monkeypatch.setattr(server, "poll", lambda: None)
    server.kill()


def test_it_is_waited_for_and_killed_with_its_group(warm: Zygote, tmp_path: Path) -> None:
    server = begun(warm, WAIT, tmp_path)
    assert server.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        server.wait(0.01)
    os.killpg(server.pid, signal.SIGKILL)
    assert server.wait(PATIENCE) == -signal.SIGKILL
    server.kill()  # a second time it does nothing


def test_who_is_told_which_program_began_it_sees_that_end(warm: Zygote, tmp_path: Path) -> None:
    """As when a worker of the tests is killed outright."""
    server = begun(warm, WAIT, tmp_path, **{PARENT: "1"})
    parent = parent_of(server.pid)
    server._told.close()
    deadline = time.monotonic() + PATIENCE
    while parent_of(server.pid) == parent:
        assert time.monotonic() < deadline, "its parent stays"
        time.sleep(0.01)
    os.kill(server.pid, signal.SIGKILL)


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ([sys.executable, "-m", "mkdocs"], {}),
        ([sys.executable, "-u", "-m", "flows.server"], {}),
        (["/elsewhere/python", "-m", "flows.server"], {}),
        (["nice", *SERVER], {}),
        (SERVER, {"stdout": subprocess.PIPE}),
        (SERVER, {"user": "nobody"}),
        ([sys.executable, "-m", "flows.credentials", "reviewflow", "cases"], {}),
    ],
    ids=["of others", "another Python", "as installed", "nice", "through a pipe", "as somebody", "a command"],
)
def test_what_is_begun_otherwise_is_begun_by_python(command: Any, given: Mapping[str, Any]) -> None:
    assert is_server(SERVER, {})
    assert is_server([*SERVER[:2], "flows.credentials", *SERVER[2:]], {})
    assert not is_server(command, given)


def test_python_starts_for_what_is_light_and_for_other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[Mapping[str, str]]()

    @contextmanager
    def noted(module: str, settings: Mapping[str, str]) -> Iterator[str]:
        made.append(settings)
        yield module

    monkeypatch.setattr(warm_servers, "zygote", noted)
    chosen = Beginnings()
    slow = {"PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "60"}
    assert chosen.zygote_of(DOOR, {"env": {}}) is None
    for settings in (slow, {**slow, "PREFECT_HOME": "/x", "PREFECT_LOGGING_LEVEL": "INFO"}):
        assert chosen.zygote_of(SERVER, {"env": settings}) is not None
    assert chosen.zygote_of(DOOR, {"env": slow}) is not None
    assert chosen.zygote_of(SERVER, {"env": {}}) is None
    assert made == [slow]
