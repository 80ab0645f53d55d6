from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

DEFINITIONS = Path(__file__).parents[3] / "definitions"


@pytest.fixture
def shipped_office(tmp_path: Path) -> Iterator[Workspace]:
    """An office with the shipped definitions and no case."""
    store = open_store(f"sqlite:///{tmp_path / 'office.db'}")
    store.migrate()
    yield Workspace(store, DEFINITIONS)
    store.close()
