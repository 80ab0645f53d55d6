from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Office
from reviewflow.store.store import open_store

TOY = Path(__file__).parent.parent / "toy"


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """An office with the toy definitions, once on each kind of database."""
    store = open_store(database_url)
    store.migrate()
    yield Office(store, TOY)
    store.close()
