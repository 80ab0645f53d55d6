"""Every command in every outage says what happened, in words, and ends with the status that is documented for it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

import tasks.bounces_once
import tasks.sweep_once
from reviewflow.cli import app
from reviewflow.cli.console import stop_words
from reviewflow.store.drivers import postgresql, sqlite
from tasks.office import as_command
from tests.cli.every_command import every_command
from tests.service.conftest import TOY
from tests.store.drivers.test_postgresql import set_otherwise

OUTAGE = 3
IN_A_PROCESS = {"sweep": tasks.sweep_once.main, "bounces": tasks.bounces_once.main}
"""Commands whose work another process does: here it is done in this one."""
ALL_COMMANDS = list(every_command())
ASKING = {
    "cases",
    "show",
    "due",
    "history",
    "outbox",
    "audit",
    "report",
    "retention",
    "papers list",
    "sweep",
    "bounces",
}
"""Commands that only ask the database, and what they ask is always asked."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two cases, whose letters have not gone yet."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(TOY, folder / "definitions")
    for _ in range(2):
        opening = ["open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05"]
        where = ["--database", f"sqlite:///{folder}/r.db", "--definitions", str(folder / "definitions")]
        assert CliRunner().invoke(app, [*opening, *where]).exit_code == 0
    return folder


@pytest.fixture
def office(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which commands run."""
    shutil.copytree(whole, tmp_path / "office")
    monkeypatch.chdir(tmp_path / "office")
    monkeypatch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{tmp_path}/office/r.db")
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(tmp_path / "office" / "definitions"))
    monkeypatch.setenv("REVIEWFLOW_OUTBOX_FOLDER", str(tmp_path / "office" / "messages"))
    monkeypatch.setattr(sqlite, "PATIENCE", 0.01)
    return tmp_path / "office"


def ended(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit status of a command as `main` would end it, and what it said; -1 for a bug."""
    if words[0] in IN_A_PROCESS:
        status = as_command(IN_A_PROCESS[words[0]])
        said = "".join(capsys.readouterr())
        return (-1 if "not your doing" in said else status), said
    done = CliRunner().invoke(app, words)
    if done.exception is None or isinstance(done.exception, SystemExit):
        return done.exit_code, done.output
    told = stop_words(done.exception) if isinstance(done.exception, Exception) else None
    return (told[1], told[0]) if told else (-1, repr(done.exception))


def complaints(capsys: pytest.CaptureFixture[str], allowed: Callable[[str, set[str], int], bool]) -> Iterator[str]:
    for name, words, parameters in ALL_COMMANDS:
        status, said = ended(words, capsys)
        if status == -1 or "Traceback" in said or not allowed(name, parameters, status):
            yield f"{name} ({' '.join(words)}) ended with {status}: {said[:300]}"


def no_database(name: str, parameters: set[str], status: int) -> bool:
    """What always asks the database cannot do without; what may do without it may."""
    return status == OUTAGE if name in ASKING else status in {0, 1, 2, OUTAGE}


def test_a_whole_office_for_comparison(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(complaints(capsys, lambda _name, _parameters, status: status in {0, 1, 2})) == []


def test_a_file_that_is_no_database(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for rest in office.glob("r.db-*"):
        rest.unlink()
    (office / "r.db").write_bytes(b"no database at all, but long enough for a page " * 100)
    assert list(complaints(capsys, no_database)) == []


def test_a_file_that_was_cut(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = (office / "r.db").read_bytes()
    (office / "r.db").write_bytes(whole[: len(whole) // 3])
    assert list(complaints(capsys, lambda _name, _parameters, status: status in {0, 1, 2, OUTAGE})) == []


def test_a_file_that_another_program_keeps_to_itself(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = sqlite3.connect(office / "r.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    assert list(complaints(capsys, no_database)) == []
    other.close()


@pytest.mark.parametrize("limit", ["PRAGMA query_only = ON", "PRAGMA max_page_count = 1"])
def test_a_file_that_cannot_be_written_or_a_full_disk(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(sqlite, "_ON_CONNECT", (*sqlite._ON_CONNECT, limit))
    assert list(complaints(capsys, lambda _name, _parameters, status: status in {0, 1, 2, OUTAGE})) == []
    assert ended(["skip", "TR-2026-001", "meeting", "--reason", "so"], capsys)[0] in {1, OUTAGE}


def test_a_file_that_is_not_there(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in office.glob("r.db*"):
        file.unlink()
    assert list(complaints(capsys, lambda _name, _parameters, status: status in {0, 1, 2, OUTAGE})) == []


def test_a_server_that_does_not_answer(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATABASE", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert list(complaints(capsys, no_database)) == []
    assert "secret" not in ended(["cases"], capsys)[1]


@pytest.fixture
def on_a_server(office: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same office with its cases on a server, which waits for nobody."""
    monkeypatch.setenv("REVIEWFLOW_DATABASE", postgresql_url)
    monkeypatch.setattr(postgresql, "_LIMITS", "SET lock_timeout = '10ms'; SET statement_timeout = '10s'")
    for _ in range(2):
        opening = ["open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05"]
        assert CliRunner().invoke(app, opening).exit_code == 0
    return postgresql_url


def test_a_server_that_can_only_be_read(on_a_server: str, capsys: pytest.CaptureFixture[str]) -> None:
    with set_otherwise(on_a_server, "default_transaction_read_only", "on"):
        assert list(complaints(capsys, lambda _name, _parameters, status: status in {0, 1, 2, OUTAGE})) == []
        opening = ["open", "review", "--date", "notified=2026-05-06", "--agency", "police", "--now", "2026-05-06"]
        status, said = ended(opening, capsys)
    assert (status, "it can only be read now" in said) == (OUTAGE, True)


def test_a_server_on_which_another_program_has_all_to_itself(
    on_a_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(on_a_server) as other:
        other.execute("LOCK TABLE cases, events, notices, people, sweeps, office IN ACCESS EXCLUSIVE MODE")
        assert list(complaints(capsys, no_database)) == []
        assert "another program has had what this needs" in ended(["cases"], capsys)[1]


@pytest.mark.parametrize("harm", ["gone", "not YAML", "not UTF-8"])
def test_definitions_that_cannot_be_read(office: Path, capsys: pytest.CaptureFixture[str], harm: str) -> None:
    partnership = office / "definitions" / "partnership.yaml"
    if harm == "gone":
        shutil.rmtree(office / "definitions")
    else:
        partnership.write_bytes(b"roles: [" if harm == "not YAML" else b"\xff\xfe\x00")
    assert list(complaints(capsys, lambda _name, _parameters, status: status in {0, 1, 2, OUTAGE})) == []


def test_a_folder_for_letters_that_cannot_be_written(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEWFLOW_OUTBOX_FOLDER", str(office / "r.db" / "messages"))
    status, said = ended(["sweep"], capsys)
    assert (status, "put off, to be tried again" in said) == (0, True), said
