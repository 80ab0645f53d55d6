"""deploy/upgrade, in a folder, with programs that only note that they were called; on several machines a real store."""

import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.chaos.store import missing, postgresql, programs, url_of
from tests.deploy.one_machine import DEPLOY
from tests.from_empty.page import sections

pytestmark = pytest.mark.timeout(120)
ROOT = DEPLOY.parents[1]
AT_WORK = "The new version is at work."
FIRST = ("--machine", "work", "--first")


@pytest.fixture
def opt(tmp_path: Path) -> Path:
    """Version two at work, and one before it."""
    for version in ("one", "two"):
        stand_in(tmp_path, version)
    place = tmp_path / "opt" / "reviewflow"
    (place / "venv").symlink_to("versions/two")
    (place / "venv-before").symlink_to("versions/one")
    return place


@pytest.fixture(scope="module")
def store() -> Iterator[int]:
    """The port of a PostgreSQL of its own, reached over TCP and by its socket."""
    if programs() is None:
        pytest.skip(missing())
    with tempfile.TemporaryDirectory(prefix="store-") as folder:
        Path(folder).chmod(0o755)  # the server may run as another user
        server, port = postgresql(Path(folder))
        server.start()
        server.wait_until_ready()
        yield port
        server.end()


def stand_in(root: Path, version: str, fails: str = "") -> None:
    program = root / "opt" / "reviewflow" / "versions" / version / "bin" / "reviewflow"
    program.parent.mkdir(parents=True, exist_ok=True)
    ends = f'[ "$1" != {fails} ] || exit 1\n' if fails else ""
    program.write_text(f'#!/bin/bash\necho "{version} $1" >> "{root}/called"\n{ends}', encoding="utf-8")
    program.chmod(0o755)


def upgrade(root: Path, *words: str) -> tuple[int, str]:
    """How it ended, and what it said."""
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin", "REVIEWFLOW_ROOT": str(root)}
    command = ["deploy/upgrade", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def called(root: Path) -> list[str]:
    return (root / "called").read_text().splitlines() if (root / "called").exists() else []


def in_use(opt: Path) -> list[str]:
    return [(opt / name).readlink().name for name in ("venv", "venv-before")]


def lead_to(root: Path, address: str) -> None:
    secrets = root / "etc" / "reviewflow" / "secrets"
    secrets.mkdir(parents=True)
    (secrets / "REVIEWFLOW_DATABASE").write_text(address, encoding="utf-8")


def test_it_backs_up_before_and_audits_after(opt: Path, tmp_path: Path) -> None:
    ended, told = upgrade(tmp_path, "--without-programs")
    assert (ended, AT_WORK in told) == (0, True), told
    assert called(tmp_path) == ["two backup", "two audit"]


def test_without_a_backup_nothing_is_changed(opt: Path, tmp_path: Path) -> None:
    stand_in(tmp_path, "two", fails="backup")
    ended, told = upgrade(tmp_path, "--without-programs")
    assert (ended, "There is no backup, so nothing was changed." in told) == (1, True)
    assert called(tmp_path) == ["two backup"]
    assert not (tmp_path / "etc").exists()


def test_what_cannot_be_installed_leaves_the_programs_before(opt: Path, tmp_path: Path) -> None:
    ended, told = upgrade(tmp_path, "--wheel", "nowhere.whl", "--constraints", "nowhere.txt")
    assert (ended, "so the programs before go on" in told) == (1, True)
    assert in_use(opt) == ["two", "one"]


def test_an_audit_that_finds_something_starts_nothing_and_there_is_a_way_back(opt: Path, tmp_path: Path) -> None:
    stand_in(tmp_path, "two", fails="audit")
    ended, told = upgrade(tmp_path, "--without-programs")
    assert (ended, AT_WORK in told) == (1, False)
    assert "deploy/upgrade --back" in told
    assert upgrade(tmp_path, "--back")[0] == 0
    assert in_use(opt) == ["one", "two"]


def test_without_a_version_before_there_is_no_way_back(tmp_path: Path) -> None:
    ended, told = upgrade(tmp_path, "--back")
    assert (ended, "no version before" in told) == (1, True)


@pytest.mark.parametrize("machine", ["work", "front"])
def test_another_machine_of_several_is_left_stopped(machine: str, opt: Path, tmp_path: Path) -> None:
    ended, told = upgrade(tmp_path, "--machine", machine, "--without-programs")
    assert (ended, AT_WORK in told) == (0, False)
    assert told.endswith(f"When the first is at work: sudo systemctl start reviewflow-{machine}.target\n")
    assert called(tmp_path) == []
    assert upgrade(tmp_path, "--machine", machine, "--back")[1].endswith(f"start reviewflow-{machine}.target\n")
    assert in_use(opt) == ["one", "two"]


def test_the_first_waits_until_no_other_uses_the_database(store: int, opt: Path, tmp_path: Path) -> None:
    lead_to(tmp_path, url_of(store))
    with psycopg.connect(url_of(store), host=_socket(store)):
        for words in ((*FIRST, "--without-programs"), (*FIRST, "--back")):
            ended, told = upgrade(tmp_path, *words)
            assert (ended, "Other machines still use the database: the store itself." in told) == (1, True), told
        assert (called(tmp_path), in_use(opt)) == ([], ["two", "one"])
    with psycopg.connect(url_of(store)):  # what still ends on this machine
        ended, told = upgrade(tmp_path, *FIRST, "--without-programs")
    assert (ended, AT_WORK in told) == (0, True), told
    assert called(tmp_path) == ["two backup", "two audit"]


@pytest.mark.parametrize(
    "address", ["sqlite:///office.db", "postgresql://reviewflow:x@127.0.0.1:1/reviewflow?sslmode=require"]
)
def test_a_store_that_cannot_be_asked_is_no_empty_one(address: str, opt: Path, tmp_path: Path) -> None:
    lead_to(tmp_path, address)
    ended, told = upgrade(tmp_path, *FIRST, "--without-programs")
    assert (ended, "not known: " in told, "Nothing was changed here." in told) == (1, True, True), told
    assert called(tmp_path) == []


def test_another_kind_of_machine_is_refused(opt: Path, tmp_path: Path) -> None:
    assert upgrade(tmp_path, "--machine", "store") == (2, "--machine is one, work or front, not: store\n")


def test_the_page_of_several_has_the_first_machine_last_and_then_starts_the_others() -> None:
    page = sections(ROOT / "docs" / "several-machines.md")["A new version"]
    lines = [shlex.split(line) for block in page.commands for line in block]
    upgrades = [line for line in lines if line[1] == "deploy/upgrade" and "--back" not in line]
    assert ["--first" in line for line in upgrades] == [False, False, True]
    assert lines.index(upgrades[-1]) < min(place for place, line in enumerate(lines) if "systemctl" in line)


def _socket(port: int) -> str:
    with psycopg.connect(url_of(port)) as connection:
        row = connection.execute("SHOW unix_socket_directories").fetchone()
    assert row is not None
    return str(row[0])
