"""What an officer runs on an office laptop needs nothing that only Linux and macOS have, and reads what Notepad saves.

On Windows itself (.github/workflows/ci.yml) nothing needs hiding, and the same is asked.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from threading import Timer

import pytest

from reviewflow.language.folder.kinds import kind_at
from reviewflow.language.folder.library import read_library
from tests.packaging.restricted import Done, command_line, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LONGEST = 120.0
MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty")
NAMES: Mapping[str, tuple[str, ...]] = {
    "os": (
        *("chown", "fchmod", "fchown", "fork", "forkpty", "geteuid", "getegid", "getgid", "getpgid", "getuid"),
        *("initgroups", "killpg", "lchown", "mkfifo", "nice", "openpty", "register_at_fork", "setsid"),
        *("setuid", "sync", "uname", "wait3", "wait4", "O_NOFOLLOW", "O_DIRECTORY"),
    ),
    "signal": ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2", "alarm", "pause"),
    "time": ("tzset",),
}
DAYS = "--date aware=2026-05-01 --date notified=2026-05-05"
SMALL = "case_discussion --date decided=2026-05-05 --agency police"
"""The smallest process, where its size tells nothing."""
COMMANDS = (
    "check definitions",
    "explain rapid_review",
    "explain PD021",
    f"preview rapid_review {DAYS} --agency police --late police=5",
    f"preview {SMALL} -o timetable.csv",
    f"preview {SMALL} -o timetable.ics",
    f"preview {SMALL} -o timetable.html",
    "diagram rapid_review -o rapid_review.svg",
    "diagram case_discussion -o case_discussion.png",
    "init our_review --from rapid_review",
    "diff definitions/processes/rapid_review.yaml definitions/processes/cspr.yaml",
    f"open rapid_review {DAYS} --agency police --now 2026-05-05",
    "show RR-2026-001 --now 2026-05-06",
    "diff rapid_review",
)
BROKEN = """\
language: 1
process: broken
version: 1
title: Broken
steps:
  meet:
    owner: chair
    due: 7 dais after x
"""
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("REVIEWFLOW_")}
ENVIRONMENT = {**_ENVIRONMENT, "USERNAME": "officer", "COLUMNS": "80"}


def office(folder: Path, *, as_notepad_saves: bool = False) -> Path:
    """A folder with the shipped definitions and one that is wrong."""
    definitions = shutil.copytree(ROOT / "definitions", folder / "definitions")
    (definitions / "processes" / "broken.yaml").write_text(BROKEN, encoding="utf-8", newline="\n")
    for path in definitions.rglob("*.yaml"):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") if as_notepad_saves else text)
    return folder


def answers(folder: Path, *, encoding: str = "utf-8") -> Mapping[str, Done]:
    words = [command.split() for command in COMMANDS]
    done = run(words, folder, modules=MODULES, names=NAMES, environment=ENVIRONMENT, encoding=encoding)
    return dict(zip(COMMANDS, done, strict=True))


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Done]]:
    folder = office(tmp_path_factory.mktemp("laptop"))
    return folder, answers(folder)


OTHERS = "Other definitions have errors, which stop nothing here: broken.yaml. To read them: reviewflow check\n"
"""As commands about one process say it."""


@pytest.mark.parametrize("command", COMMANDS)
def test_it_runs(answered: tuple[Path, Mapping[str, Done]], command: str) -> None:
    done = answered[1][command]
    err = done.err.removeprefix(OTHERS)
    too_small = "On A4 its letters have" if command.startswith("diagram rapid_review -o") else ""
    assert (done.status, err[: len(too_small) or None]) == (int(command == "check definitions"), too_small), done


def test_what_is_wrong_is_shown_at_its_place_as_this_system_writes_it(
    answered: tuple[Path, Mapping[str, Done]],
) -> None:
    place = Path("definitions", "processes", "broken.yaml")
    assert f"{place}:8:10  error" in answered[1]["check definitions"].out


def test_files_that_notepad_saved_give_the_same_answers(
    answered: tuple[Path, Mapping[str, Done]], tmp_path: Path
) -> None:
    """Lines end in CRLF and the file begins with a mark; the terminal knows only the letters of Western Europe."""
    folder, expected = answered
    again = answers(office(tmp_path, as_notepad_saves=True), encoding="cp1252")
    for command in COMMANDS:
        western = expected[command].out.encode("cp1252", "replace").decode("cp1252")
        assert (again[command].status, again[command].out) == (expected[command].status, western), command
    for name in ("timetable.csv", "timetable.html", "rapid_review.svg", "case_discussion.png"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_folder_is_watched(tmp_path: Path) -> None:
    office(tmp_path)
    missing = {"modules": MODULES, "names": NAMES}
    command = command_line(missing, [["watch", "case_discussion", "-o", "discussion.svg"]], live=True)
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as program:
        stop = Timer(LONGEST, program.kill)
        stop.start()
        try:
            assert program.stdout is not None
            assert any("Ctrl-C stops this" in line for line in program.stdout)
            (tmp_path / "definitions" / "processes" / "broken.yaml").unlink()
            assert any("no problems" in line for line in program.stdout)
            if sys.platform != "win32":  # Ctrl-C goes to all that share the window there, this test with it
                program.send_signal(signal.SIGINT)
                assert program.wait(LONGEST) == 0
        finally:
            stop.cancel()
            program.kill()
    assert (tmp_path / "discussion.svg").exists()


@pytest.mark.parametrize(
    ("place", "kind"),
    [("processes\\rapid_review.yaml", "process"), ("partnership.yaml", "partnership"), ("other\\x.yaml", "")],
)
def test_a_path_with_backslashes_says_what_a_file_is(place: str, kind: str) -> None:
    assert kind_at(PureWindowsPath(place)) == kind


def test_a_problem_of_a_file_with_backslashes_shows_them() -> None:
    shown = "definitions\\processes\\broken.yaml"
    (problem, *_) = read_library([("process", shown, "broken", b"language: 1\nprocess: [\n")]).problems
    assert str(problem).startswith(f"{shown}:")
