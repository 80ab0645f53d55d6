"""A machine whose time zone is another gives the same days and moments: all that counts is London's."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.store.store import open_store
from tests.service.conftest import TOY

LATE = "2026-05-05T23:30"
"""In summer it is another day already in UTC's east, and one before in its west."""
COMMANDS = (
    ("open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--by", "Clerk", "--now", LATE),
    ("skip", "TR-2026-001", "agency_return/police", "--reason", "told", "--by", "Clerk", "--now", "2026-05-06T00:10"),
    ("due", "--now", LATE),
    ("show", "TR-2026-001", "--now", LATE),
    ("history", "TR-2026-001"),
    ("chase", "--until", "2026-06-01", "--now", LATE),
)

RECORDED = (
    'SELECT number, kind, "on", recorded_at, body FROM events ORDER BY number',
    "SELECT item, status, due, next_chase FROM items ORDER BY item",
    "SELECT message, subject, text, next_try, created_at FROM notices ORDER BY id",
)
"""All but what is made at random, such as the key of a name."""


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def test_nothing_is_reckoned_in_the_time_zone_of_the_machine(zone: pytest.MonkeyPatch, tmp_path: Path) -> None:
    zone.setenv("REVIEWFLOW_DEFINITIONS", str(TOY))
    said = {}
    for number, name in enumerate(("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "no/such/place")):
        zone.setenv("TZ", name)
        time.tzset()
        url = f"sqlite:///{tmp_path}/{number}.db"
        zone.setenv("REVIEWFLOW_DATABASE", url)
        outputs = [CliRunner().invoke(app, list(words)) for words in COMMANDS]
        assert {done.exit_code for done in outputs} == {0}, [done.output for done in outputs if done.exit_code]
        store = open_store(url)
        said[name] = [done.output for done in outputs], [store.driver.rows(rows) for rows in RECORDED]
        store.close()
    assert [name for name in said if said[name] != said["UTC"]] == []
