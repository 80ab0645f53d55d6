"""An office of an earlier version, on each kind of database, as it was left."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from reviewflow.cli import app
from tests.upgrades import kept

EACH = [
    pytest.param((version, kind), marks=pytest.mark.slow if kind == "postgresql" else (), id=f"{version}-{kind}")
    for version in kept.VERSIONS
    for kind in ("sqlite", "postgresql")
]


@dataclass(frozen=True)
class OldOffice:
    """A database that no code of today has opened yet, and the definitions that go with it."""

    version: str
    url: str
    folder: Path

    def run(self, *words: str, definitions: str = "definitions") -> str:
        """Run a command of today, which must succeed; what it printed."""
        surroundings = {
            "REVIEWFLOW_DATABASE": self.url,
            "REVIEWFLOW_DEFINITIONS": str(self.folder / definitions),
            "REVIEWFLOW_DOCUMENTS": str(self.folder / "documents"),
            "REVIEWFLOW_OUTBOX_FOLDER": str(self.folder / "messages"),
            "REVIEWFLOW_DELIVERY": "test",
            "REVIEWFLOW_BY": "tester",
        }
        ended = CliRunner().invoke(app, words, env=surroundings)
        assert ended.exit_code == 0, (words, ended.output, ended.exception)
        return ended.stdout

    def look(self, *words: str) -> str:
        """The same, with no more of the definitions than a case that is pinned to its own needs; so it is quick."""
        return self.run(*words, definitions="who_and_when")

    def history(self, reference: str) -> str:
        """A line for each event."""
        return kept.history_words(self.look("history", reference, "--json"))


@pytest.fixture(scope="module", params=EACH)
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OldOffice]:
    """For tests that only look."""
    with _restored(request, tmp_path_factory.mktemp("old")) as office:
        yield office


@pytest.fixture(params=EACH)
def going_on(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OldOffice]:
    """For a test that changes what it finds."""
    with _restored(request, tmp_path) as office:
        yield office


@contextmanager
def _restored(request: pytest.FixtureRequest, folder: Path) -> Iterator[OldOffice]:
    version, kind = request.param
    definitions = kept.restore_definitions(version, folder)
    (folder / "who_and_when").mkdir()
    for name in ("partnership.yaml", "calendars.yaml"):
        shutil.copy(definitions / name, folder / "who_and_when")
    if kind == "sqlite":
        yield OldOffice(version, kept.restore_sqlite(version, folder / "reviewflow.db"), folder)
        return
    with _empty_database(request.getfixturevalue("postgresql_server"), f"old_{request.scope}") as url:
        yield OldOffice(version, kept.restore_postgresql(version, url), folder)


@contextmanager
def _empty_database(server: str, name: str) -> Iterator[str]:
    """Beside the one that all other tests share."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
