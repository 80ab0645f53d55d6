from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store

TOY = Path(__file__).parent.parent / "toy"


@pytest.fixture
def office(database_url: str) -> Iterator[Workspace]:
    """An office with the toy definitions, once on each kind of database."""
    store = open_store(database_url)
    store.migrate()
    yield Workspace(store, TOY)
    store.close()
