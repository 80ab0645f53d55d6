"""Seals cover what was recorded, whenever it was committed; a head that was kept tells of what was done to it since."""

import shutil
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from reviewflow.service.records.audit import audit
from reviewflow.service.records.audit_heads import Head, broken, heads_in, seal, sealed_up_to
from reviewflow.service.sweep.seldom.heads import HEADS, keep_head
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry
from reviewflow.store.store import open_store
from tests.service import conftest
from tests.service.builders import at, done, opened
from tests.service.delivery.letters import post

office = conftest.office
"""With the toy definitions, in place of the office that this folder's other tests have."""


def head_of(office: Workspace) -> Head:
    head = sealed_up_to(office).head
    assert head is not None
    return head


def test_what_is_not_sealed_yet_is_counted(office: Workspace) -> None:
    assert sealed_up_to(office).head is None
    opened(office)
    assert sealed_up_to(office).unsealed.rows > 0
    seal(office, now=at(5))
    up_to = sealed_up_to(office)
    assert (up_to.unsealed.rows, up_to.unsealed.since) == (0, "2026-05-05T10:00:00+00:00")
    post(office, at(5))
    assert sealed_up_to(office).unsealed.rows > 0
    assert seal(office, now=at(6)) == 1
    assert seal(office, now=at(7)) == 0
    assert audit(office) == (1, [])


def test_a_head_is_one_line_and_holds_while_the_history_goes_on(office: Workspace) -> None:
    reference = opened(office)
    seal(office, now=at(5))
    kept = head_of(office)
    assert list(heads_in(f"In the minutes: {kept.line}\n")) == [kept]
    done(office, reference, "agency_return/police", at(12))
    seal(office, now=at(12))
    assert list(broken(office, [kept, head_of(office)])) == []


def test_an_older_copy_and_a_chain_made_anew_are_told_by_the_head(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    office = Workspace(store, conftest.TOY)
    opened(office)
    seal(office, now=at(5))
    older = tmp_path / "older.db"
    store.driver.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), older)
    opened(office)
    seal(office, now=at(6))
    kept = head_of(office)
    store.close()
    copy = open_store(f"sqlite:///{older}")
    [words] = broken(Workspace(copy, conftest.TOY), [kept])
    assert words.endswith("was cut off, or this is an older copy of the database")
    opened(Workspace(copy, conftest.TOY), key="another")
    copy.note(LogEntry("2026-05-06T09:00:00+00:00", "Somebody", "note", "{}"))
    seal(Workspace(copy, conftest.TOY), now=at(6))
    [words] = broken(Workspace(copy, conftest.TOY), [kept])
    assert words.endswith("put in or taken out, and the chain made anew")
    copy.close()


def test_what_is_committed_later_under_a_lower_number_is_in_the_next_seal(postgresql_url: str) -> None:
    """Two write at once: the first has its number first and commits last."""
    store = open_store(postgresql_url)
    store.migrate()
    office = Workspace(store, conftest.TOY)
    store.note(LogEntry("2026-05-05T08:00:00+00:00", "Somebody", "note", "{}"))
    entry = "INSERT INTO office (at, \"by\", kind, body) VALUES ('2026-05-05T09:00:00+00:00', 'x', 'note', 'slow')"
    with psycopg.connect(postgresql_url) as slow:
        slow.execute(entry)
        store.note(LogEntry("2026-05-05T09:00:01+00:00", "Somebody", "note", "quick"))
        seal(office, now=at(5))
        assert sealed_up_to(office).unsealed.rows == 0
        slow.commit()
    assert sealed_up_to(office).unsealed.rows == 1
    assert seal(office, now=at(5, 11)) == 1
    assert sealed_up_to(office).unsealed.rows == 0
    assert {leaf.key for leaf in store.leaves() if leaf.kind == "office"} == {"1", "2", "3"}
    store.close()


def test_the_head_of_each_day_is_added_to_the_office_s_file(office: Workspace, tmp_path: Path) -> None:
    kept = tmp_path / "heads.txt"
    opened(office)
    for day, hours in ((5, 0), (5, 1), (6, 0)):
        opened(office)
        seal(office, now=at(day) + timedelta(hours=hours))
        assert keep_head(office, {HEADS: str(kept)}) == ""
    assert [head.at[:10] for head in heads_in(kept.read_text())] == ["2026-05-05", "2026-05-06"]
    assert keep_head(office, {HEADS: str(tmp_path / "none" / "heads.txt")}).startswith("The head could not be kept")
    assert keep_head(office, {}) == ""


@pytest.mark.parametrize("cut", ["DELETE FROM sealed WHERE seal = 2", "UPDATE seals SET at = '2026' WHERE number = 1"])
def test_a_seal_that_was_changed_is_named(office: Workspace, cut: str) -> None:
    for day in (5, 6):
        opened(office)
        seal(office, now=at(day))
    unlock = {
        "sqlite": [f"DROP TRIGGER {table}_no_{word}" for table in ("seals", "sealed") for word in ("UPDATE", "DELETE")],
        "postgresql": [f"DROP TRIGGER {table}_no_change ON {table}" for table in ("seals", "sealed")],
    }
    for statement in (*unlock[office.store.driver.dialect], cut):
        office.store.driver.commit([(statement, ())])
    assert any("was changed, or what it covers was" in finding.words for finding in audit(office)[1])
