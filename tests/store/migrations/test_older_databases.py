"""A database of an earlier version keeps what it had: names, the office's log, certificates and legal holds."""

import json
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from reviewflow.service.commands.legal_holds import Matter, lift
from reviewflow.service.records.audit import audit
from reviewflow.service.records.proof.names import unproven
from reviewflow.service.records.retention import kept
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import Store, open_store
from reviewflow.store.records import ERASED
from reviewflow.store.schema import upgrade
from tests.service.plans import SHIPPED, on, opened_plan

AT = "2026-08-01T09:00:00+00:00"
HELD = {"case": "AP-2026-001", "reason": "the inquiry has asked for it"}
LIFTED = {"case": "AP-2026-002", "reason": "the claim is settled"}
LOG = (
    ("clerk", "legal_hold", HELD),
    ("clerk", "legal_hold", {**LIFTED, "reason": "a claim"}),
    ("another", "legal_hold_lifted", LIFTED),
    ("clerk", "legal_hold", {"case": "AP-2020-001", "reason": "destroyed since"}),
)


def audited(office: Workspace) -> tuple[int, list[str]]:
    """What the audit finds besides the salts that are taken out here: keys of 0.1.0 were made without."""
    cases, findings = audit(office)
    return cases, [finding.words for finding in findings if not finding.words.startswith("the salt of ")]


@pytest.fixture
def older(database_url: str) -> Iterator[Store]:
    """Two plans, two holds, a certificate and an erased name, as version 0005 kept them."""
    store = open_store(database_url)
    store.migrate()
    office = Workspace(store, SHIPPED)
    opened_plan(office)
    opened_plan(office)
    _as_it_was(store)
    store.close()
    store = open_store(database_url)
    yield store
    store.close()


def _as_it_was(store: Store) -> None:
    """Take the newest migrations back by hand: the names without salts, plain names in the log."""
    engine = store.driver.engine()
    with engine.begin() as connection:
        sqlite = engine.dialect.name == "sqlite"
        drop = ("DROP TRIGGER destroyed_no_UPDATE", "DROP TRIGGER destroyed_no_DELETE")
        drop = drop if sqlite else ("DROP FUNCTION refuse_another_certificate() CASCADE",)
        newer = (
            "last_done",
            "links",
            "office_files",
            "trouble",
            "leases",
            "sealed",
            "seals",
            "done_jobs",
            "digest_attempts",
        )
        newer = (*newer, "dispatches", "contacts")
        for table in newer:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("ALTER TABLE attempts DROP COLUMN subject"))
        connection.execute(text("ALTER TABLE attempts DROP COLUMN text"))
        connection.execute(text("ALTER TABLE digests DROP COLUMN letter"))
        connection.execute(text("ALTER TABLE letters DROP COLUMN besides"))
        connection.execute(text("CREATE TABLE kept AS SELECT key, name FROM people"))
        connection.execute(text("DROP TABLE people"))
        for statement in drop:
            connection.execute(text(statement))
        if not sqlite:
            connection.execute(text("DROP FUNCTION refuse_renaming() CASCADE"))
            connection.execute(text("DROP FUNCTION refuse_resealing() CASCADE"))
        config = Config()
        config.set_main_option("script_location", "reviewflow:store/migrations")
        config.attributes["connection"] = connection
        command.stamp(config, "0004")
        command.upgrade(config, "0005")
        connection.execute(text("INSERT INTO people SELECT key, name FROM kept"))
        connection.execute(text("INSERT INTO people VALUES ('0123456789abcdef', NULL)"))
        connection.execute(text("DROP TABLE kept"))
        entry = text('INSERT INTO office (at, "by", kind, body) VALUES (:at, :by, :kind, :body)')
        for by, kind, said in LOG:
            connection.execute(entry, {"at": AT, "by": by, "kind": kind, "body": json.dumps(said)})
        erased = {"at": AT, "by": "clerk", "kind": "name_erased", "body": '{"key": "0123456789abcdef"}'}
        connection.execute(entry, erased)
        certificate = text("INSERT INTO destroyed VALUES ('AP-2020-001', :at, 'clerk', '{}')")
        connection.execute(certificate, {"at": AT})
    engine.dispose()


def test_it_is_brought_up_to_date_with_its_holds(older: Store) -> None:
    older.migrate()
    office = Workspace(older, SHIPPED)
    assert audited(office) == (2, [])
    found = {each.case: each.legal_hold for each in kept(office)}
    assert found == {
        "AP-2026-001": "unnamed matter (since Sat 1 Aug 2026: the inquiry has asked for it)",
        "AP-2026-002": "",
    }
    told = list(history(office, "AP-2026-001"))[-1]
    assert (told.by, told.on, told.recorded_at) == ("clerk", "2026-08-01", AT)
    assert told.words == (
        "Legal hold for unnamed matter: the file must not be destroyed. Reason: the inquiry has asked for it."
    )
    assert lift(office, ["AP-2026-001"], Matter("unnamed matter", "it is over"), by="t", now=on(9, 1)) == [
        "AP-2026-001"
    ]
    assert audited(office) == (2, [])


def test_names_in_the_log_and_certificates_can_be_erased_then(older: Store) -> None:
    older.migrate()
    assert [entry.by for entry in older.noted()] == ["clerk", "clerk", "another", "clerk", "clerk"]
    assert "clerk" not in str(older.driver.rows('SELECT "by" FROM office UNION SELECT "by" FROM destroyed'))
    older.people.erase("clerk", older.people.keys("clerk"), older.noted()[2])
    assert [each.by for each in older.destroyed()] == [ERASED]


def test_older_names_stay_and_that_they_are_not_proven_is_said(older: Store) -> None:
    older.migrate()
    office = Workspace(older, SHIPPED)
    assert unproven(office) == 1
    opened_plan(office)
    assert {event.by for event in history(office, "AP-2026-003")} == {"tester"}
    assert len(older.people.keys("tester")) == 2
    assert older.people.names() == ["another", "clerk", "tester"]
    assert audited(office) == (3, [])


def test_bringing_it_up_to_date_twice_changes_nothing(older: Store) -> None:
    older.migrate()
    before = list(older.events("AP-2026-001"))
    upgrade(older.driver)
    assert list(older.events("AP-2026-001")) == before
