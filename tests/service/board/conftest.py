"""The demo's office: five cases of three kinds, some of them late, opened once for all tests that only look."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewflow.cli.server.demo_cases import open_demo_cases
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.once import made_once
from tests.service.views.conftest import reference

__all__ = ["reference"]

NOW = datetime(2026, 11, 27, 11, tzinfo=UTC)
DEFINITIONS = Path(__file__).parents[3] / "definitions"


@pytest.fixture(scope="session")
def demo_database(request: pytest.FixtureRequest) -> Path:
    """Where it lies; nobody writes to it."""
    return made_once("demo-office", _open_demo, request) / "reviewflow.db"


def _open_demo(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'reviewflow.db'}")
    store.migrate()
    workspace = Workspace(store, DEFINITIONS, papers=folder / "documents")
    open_demo_cases(workspace, now=NOW)
    run_parts(SweepContext(workspace, NOW, waits=False))
    store.close()


@pytest.fixture(scope="session")
def demo_office(demo_database: Path) -> Iterator[Workspace]:
    """The office to be looked at."""
    store = open_store(f"sqlite:///{demo_database}")
    yield Workspace(store, DEFINITIONS, papers=demo_database.parent / "documents")
    store.close()


@pytest.fixture
def changing_office(demo_database: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The same in a copy, to be written to."""
    shutil.copy(demo_database, tmp_path / "reviewflow.db")
    store = open_store(f"sqlite:///{tmp_path / 'reviewflow.db'}")
    yield Workspace(store, DEFINITIONS, papers=tmp_path / "documents")
    store.close()
