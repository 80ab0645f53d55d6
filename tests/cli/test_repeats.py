"""When nobody knows whether a command was recorded it says so, and prints itself to be given again without harm."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.cli.console import stop_words
from reviewflow.store.drivers.sqlite import SqliteDriver
from reviewflow.store.drivers.steps import Step
from reviewflow.store.errors import MAY_BE, OutcomeUnknown
from reviewflow.store.store import open_store
from tests.service.conftest import TOY

DAY = ("--now", "2026-05-06")
OPEN = ("open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05")
COMMANDS = (
    OPEN,
    ("complete", "TR-2026-001", "agency_return/police", "kind=summary", "quality_assured=yes", *DAY),
    ("skip", "TR-2026-001", "agency_return/police", "--reason", "told by telephone", *DAY),
    (
        "extend",
        "TR-2026-001",
        "agency_return/police",
        "--to",
        "2026-06-01",
        "--by-role",
        "chair",
        "--reason",
        "leave",
        *DAY,
    ),
    ("snooze", "TR-2026-001", "agency_return/police", "--until", "2026-05-20", "--reason", "leave", *DAY),
    ("withdraw", "TR-2026-001", "--reason", "opened twice", *DAY),
    ("chase", "TR-2026-001", "agency_return/police", "--now-by", "Clerk", *DAY),
)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/r.db"
    monkeypatch.setenv("REVIEWFLOW_DATABASE", url)
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(TOY))
    return url


def said(monkeypatch: pytest.MonkeyPatch, words: Sequence[str]) -> tuple[int, str]:
    """The exit status of a command and what it said, as `main` would have it."""
    monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
    done = CliRunner().invoke(app, list(words))
    told = stop_words(done.exception) if isinstance(done.exception, Exception) else None
    return (told[1], told[0]) if told else (done.exit_code, done.output)


def recorded(database: str) -> tuple[int, int]:
    """How many events there are, and how many messages."""
    store = open_store(database)
    try:
        [(events,)], [(notices,)] = (
            store.driver.rows(f"SELECT count(*) FROM {name}") for name in ("events", "notices")
        )
        return events, notices
    finally:
        store.close()


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_what_may_have_been_recorded_is_given_again_without_harm(
    database: str, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    assert said(monkeypatch, OPEN)[0] == 0
    before = recorded(database)
    with monkeypatch.context() as patch:
        patch.setattr(SqliteDriver, "commit", _and_the_answer_is_lost)
        status, told = said(monkeypatch, words)
    assert (status, MAY_BE in told) == (3, True), told
    once = recorded(database)
    assert once > before
    again = shlex.split(told.rpartition("Or repeat it, it is recorded once: reviewflow ")[2])
    assert said(monkeypatch, again)[0] == 0
    assert recorded(database) == once


_commit = SqliteDriver.commit


def _and_the_answer_is_lost(driver: SqliteDriver, steps: Sequence[Step]) -> int:
    """It is committed, and the line breaks before the answer: of what has events, all else being safe to repeat."""
    done = _commit(driver, steps)
    if any("INSERT INTO events" in step[0] or 'INSERT INTO "events"' in step[0] for step in steps):
        raise OutcomeUnknown(f"The database broke off while this was recorded. {MAY_BE}")
    return done
