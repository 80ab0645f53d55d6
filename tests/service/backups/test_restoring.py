"""What is backed up comes back as it was, in an empty place, and nothing goes out of it."""

import os
import stat
import tarfile
import threading
from pathlib import Path

import psycopg
import pytest

from reviewflow.service.backups.making import LEFTOVER
from reviewflow.service.delivery.queue import next_letter
from reviewflow.service.delivery.restoration import unsettled
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.dumping import measured
from reviewflow.store.errors import StoreUnavailable
from tests.service.backups.offices import BACK, BACKED_UP, Safe, backed_up, brought_back, restored_office
from tests.service.builders import at, done, opened


def test_what_is_backed_up_comes_back_and_nothing_goes_out(office: Workspace, safe: Safe, target: str | None) -> None:
    reference = opened(office)
    done(office, reference, "agency_return/police", at(6))
    file = safe.made(office)
    before = measured(office.store)
    opened(office)
    faults, told = brought_back(safe.order(file, target))
    assert faults == 0
    assert "1 case audited: all whole, rows and chains as in the backup." in told
    assert any(words.startswith("Rehearsed in a copy: a sweep now would send ") for words in told)
    with restored_office(safe.order(file, target)) as again:
        restored = {"office": 1, "people": before.rows["people"] + 1}  # who restored it, and that
        rows = {
            **before.rows,
            **restored,
            "last_done": 1,
        }  # how far it is sealed; that a backup was made is noted after
        assert measured(again.store).rows == rows
        assert measured(again.store).heads == before.heads
        assert again.store.load(reference) is not None
        restoration = unsettled(again)
        assert restoration is not None
        assert restoration.backup == BACKED_UP.isoformat()
        assert next_letter(again, now=BACK) is None
        papers = [path.relative_to(again.papers).as_posix() for path in again.papers.rglob("*") if path.is_file()]
        assert papers == ["RR-2026-001/minutes_ŵ.md"]
        opened(again)  # the numbers of rows go on where they were


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(in_a_file: Workspace, safe: Safe) -> None:
    file = safe.made(in_a_file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    folders = (file.parent, in_a_file.papers.parent)
    assert [path for folder in folders for path in folder.iterdir() if path.name.startswith(".")] == []
    with pytest.raises(UserError, match="is there already"):
        safe.made(in_a_file)


def test_what_a_killed_backup_left_is_taken_out_by_the_next(in_a_file: Workspace, safe: Safe) -> None:
    left, at_work = (safe.folder / f"{LEFTOVER}{process}-x" for process in (2**22 + 1, os.getppid()))
    left.mkdir()
    at_work.mkdir()
    safe.made(in_a_file)
    assert (left.exists(), at_work.exists()) == (False, True)


def test_a_backup_while_others_write_holds_all_that_was_acknowledged_before(
    office: Workspace, safe: Safe, target: str | None
) -> None:
    acknowledged: list[str] = []
    enough, over = threading.Event(), threading.Event()

    def write() -> None:
        while not over.is_set():
            acknowledged.append(opened(office))
            if len(acknowledged) >= 3:
                enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(60)
        before = list(acknowledged)
        file = safe.made(office)
    finally:
        over.set()
        writer.join()
    assert brought_back(safe.order(file, target))[0] == 0
    with restored_office(safe.order(file, target)) as again:
        back = {row.reference for row in again.store.cases(None)}
        assert set(before) <= back <= set(acknowledged)
        assert audit(again) == (len(back), [])


def test_a_place_that_is_not_empty_is_left_as_it_is(office: Workspace, safe: Safe, target: str | None) -> None:
    file = safe.made(office)
    kept = safe.folder / "again" / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    with pytest.raises(UserError, match="is not empty"):
        brought_back(safe.order(file, target))
    assert list(kept.parent.iterdir()) == [kept]
    kept.unlink()
    assert brought_back(safe.order(file, target))[0] == 0
    if target:
        with pytest.raises(StoreUnavailable, match="is not empty"):
            brought_back(safe.order(file, target, "third"))
        assert not (safe.folder / "third").exists()


def test_a_restore_that_fails_late_leaves_no_table_behind(
    office: Workspace, safe: Safe, target: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = safe.made(office)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reviewflow.service.backups.restoring._place", full)
    with pytest.raises(Exception, match="No space left on device"):
        brought_back(safe.order(file, target))
    assert sorted(path.name for path in safe.folder.iterdir()) == ["backup.age", "secret.txt", "secret.txt.pub"]
    if target:
        with psycopg.connect(target) as connection:
            assert connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall() == []


def test_which_kind_of_database_is_wanted_is_said(office: Workspace, safe: Safe, target: str | None) -> None:
    file = safe.made(office)
    wrong = None if target else "postgresql://localhost/nowhere"
    with pytest.raises(UserError, match="PostgreSQL database. Make an empty one" if target else "leave --database out"):
        brought_back(safe.order(file, wrong))
    assert not (safe.folder / "again").exists()


def test_what_was_changed_before_the_backup_is_told_and_the_rest_is_there(in_a_file: Workspace, safe: Safe) -> None:
    reference = opened(in_a_file)
    [(trigger,)] = in_a_file.store.driver.rows("SELECT name FROM sqlite_master WHERE sql LIKE '%UPDATE ON events%'")
    in_a_file.store.driver.commit([(f"DROP TRIGGER {trigger}", ())])
    in_a_file.store.driver.commit([("UPDATE events SET body = '{}' WHERE number = 2", ())])
    faults, told = brought_back(safe.order(safe.made(in_a_file)))
    assert faults == 1
    assert f"{reference}: event 2 was changed, or one before it was taken out" in told


def test_a_plain_backup_needs_no_key(in_a_file: Workspace, safe: Safe) -> None:
    backed_up(in_a_file, safe.folder / "plain.tar.gz", "")
    assert brought_back(safe.order(safe.folder / "plain.tar.gz"))[0] == 0


def test_a_python_whose_tar_files_know_no_filter_restores_too(
    in_a_file: Workspace, safe: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Debian 12's, which is 3.11.2: the filter came with 3.11.4."""

    def unknown(*_: object, **__: object) -> None:
        raise TypeError("got an unexpected keyword argument 'filter'")

    file = safe.made(in_a_file)
    for name in ("extract", "extractall"):
        monkeypatch.setattr(tarfile.TarFile, name, unknown)
    faults, _ = brought_back(order := safe.order(file, None))
    assert faults == 0
    modes = {stat.S_IMODE(path.stat().st_mode) for path in order.into.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_file_of_secrets_among_the_definitions_is_left_out(in_a_file: Workspace, safe: Safe, tmp_path: Path) -> None:
    secret = in_a_file.papers / "contacts.key"
    secret.write_text("CANARY")
    file = safe.made(in_a_file, "backup.age", secret)
    brought_back(safe.order(file))
    assert not any("CANARY" in path.read_text("utf-8", "replace") for path in (safe.folder / "again").rglob("*.key"))
    assert not (safe.folder / "again" / "var" / "documents" / "contacts.key").exists()
