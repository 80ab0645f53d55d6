"""A disk that is really full: said in words, nothing half written, and all goes on once there is room."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

OUTAGE = 3
FULL = "the disk is full"
ASKING = ["cases", "show", "due", "history", "outbox", "audit", "report", "sweep"]
WHOLE = "2 cases audited: all whole."
DEFINITIONS = ("definitions/", "r.db")
MOUNTED = 'mount -t tmpfs -o size=4m none "$1" && exec "$2" -m tests.cli.on_full_disk "$3" "$1" "$4"'
OF_ITS_OWN = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
"""A user who may mount a disk, which nobody else sees and which is gone with the program."""


def told(where: str, tmp_path: Path) -> dict[str, Any]:
    """What was said, what lay there while the disk was full, and what was said once there was room."""
    if not shutil.which("unshare") or subprocess.run([*OF_ITS_OWN, "mount -t tmpfs none /mnt"], check=False).returncode:
        pytest.skip("this machine lets nobody have a disk of their own")
    disk, elsewhere = tmp_path / "disk", tmp_path / "elsewhere"
    disk.mkdir()
    elsewhere.mkdir()
    words = [*OF_ITS_OWN, MOUNTED, "sh", str(disk), sys.executable, where, str(elsewhere)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("where", ["database", "in use"])
def test_where_the_database_lies(where: str, tmp_path: Path) -> None:
    seen = told(where, tmp_path)
    said = seen["said"]
    assert {name: words for name, (status, words) in said.items() if status == -1 or "damaged" in words} == {}
    assert {name: words for name, (status, words) in said.items() if status == OUTAGE and FULL not in words} == {}
    writing = {name: said[name] for name in ("withdraw", "merge-agencies", "sweep", "init", "init-office", "board")}
    assert {name: words for name, (status, words) in writing.items() if status != OUTAGE} == {}
    if where == "database":
        assert {name: said[name] for name in ASKING if said[name][0] != OUTAGE} == {}
    else:
        assert {name: said[name] for name in ("cases", "show", "due", "history") if said[name][0] != 0} == {}
    assert [name for name in seen["left"] if name.endswith(".part") or not name.startswith(DEFINITIONS)] == []
    assert [name for name in seen["left"] if name.startswith("definitions/processes")] == [
        f"definitions/processes/{name}.yaml" for name in ("follow_up", "placement", "record", "review")
    ]
    before, sweep, after = seen["after"]
    assert [(status, words.splitlines()[0]) for status, words in (before, after)] == [(0, WHOLE)] * 2
    assert (sweep[0], "put off" in sweep[1]) == (0, False)


def test_where_only_the_board_and_the_letters_lie(tmp_path: Path) -> None:
    seen = told("beside", tmp_path)
    board, sweep, doctor, audit = (seen["said"][name] for name in ("board", "sweep", "doctor", "audit"))
    assert (board[0], FULL in board[1]) == (OUTAGE, True)
    assert (sweep[0], "put off, to be tried again" in sweep[1]) == (0, True)
    assert (doctor[0], "What the board says" in doctor[1]) == (1, True)
    assert audit[0] == 0
    assert [name for name in seen["left"] if name != "filler"] == []
    assert [status for status, _ in seen["after"]] == [0, 0]
