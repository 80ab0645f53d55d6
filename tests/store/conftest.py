from collections.abc import Iterator

import pytest

from reviewflow.store import Store, open_store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store that is set up, once on each kind of database."""
    opened = open_store(database_url)
    opened.migrate()
    yield opened
    opened.close()
