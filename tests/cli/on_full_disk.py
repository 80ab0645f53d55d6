"""Commands on a small disk that is full, in a process of its own: the folder that is named lies on it.

`python -m tests.cli.on_full_disk WHERE FOLDER ELSEWHERE` prints, as JSON, what each command said.
"""

import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.cli.console import stop_words
from tests.cli.test_outages import ALL_COMMANDS, IN_A_PROCESS
from tests.service.conftest import TOY

FILLER = "filler"
Said = tuple[int, str]


def office_in(folder: Path) -> Path:
    """An office with two cases whose letters have not gone."""
    shutil.copytree(TOY, folder / "office" / "definitions")
    os.environ["REVIEWFLOW_DATABASE"] = f"sqlite:///{folder}/office/r.db"
    os.environ["REVIEWFLOW_DEFINITIONS"] = str(folder / "office" / "definitions")
    os.chdir(folder / "office")
    for _ in range(2):
        opening = ["open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05"]
        assert ended(opening)[0] == 0
    return folder / "office"


def ended(words: list[str]) -> Said:
    """The exit status of a command, and what it said; -1 for a bug."""
    from tasks.office import as_command

    if words[0] in IN_A_PROCESS:
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(out):
            status = as_command(IN_A_PROCESS[words[0]])
        return (-1 if "not your doing" in out.getvalue() else status), out.getvalue()
    done = CliRunner().invoke(app, words)
    if done.exception is None or isinstance(done.exception, SystemExit):
        return done.exit_code, done.output
    told = stop_words(done.exception) if isinstance(done.exception, Exception) else None
    return (told[1], told[0]) if told else (-1, repr(done.exception))


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """In the block not a byte more can be written to this disk."""
    with (disk / FILLER).open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            while _written(file, b"x" * size):
                pass
    yield
    (disk / FILLER).unlink()


def _written(file: io.FileIO, data: bytes) -> bool:
    try:
        return file.write(data) == len(data)
    except OSError:
        return False


def database(disk: Path, elsewhere: Path) -> dict[str, object]:
    """The database and the definitions on it, and nobody has them open."""
    return _seen(disk, office_in(disk))


def in_use(disk: Path, elsewhere: Path) -> dict[str, object]:
    """The same while another program has it open, so that it can be read."""
    office = office_in(disk)
    with closing(sqlite3.connect(office / "r.db")) as other:
        other.execute("SELECT count(*) FROM cases").fetchall()
        return _seen(disk, office)


def _seen(disk: Path, office: Path) -> dict[str, object]:
    with filled(disk):
        said = {name: ended(words) for name, words, _ in ALL_COMMANDS}
    return {"said": said, "left": _left(office), "after": [ended(["audit"]), ended(["sweep"]), ended(["audit"])]}


def beside(disk: Path, elsewhere: Path) -> dict[str, object]:
    """Only the board and the folder of letters on it."""
    os.environ["REVIEWFLOW_BOARD"] = str(disk / "board")
    os.environ["REVIEWFLOW_OUTBOX_FOLDER"] = str(disk / "messages")
    office_in(elsewhere)
    with filled(disk):
        said = {name: ended([name]) for name in ("board", "sweep", "doctor", "audit")}
        left = _left(disk)
    return {"said": said, "left": left, "after": [ended(["board"]), ended(["audit"])]}


def _left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    where, disk, elsewhere = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps({"database": database, "in use": in_use, "beside": beside}[where](disk, elsewhere)))
