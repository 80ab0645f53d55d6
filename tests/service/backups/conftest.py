from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.backups.encryption import new_key
from reviewflow.service.workspace.workspace import Workspace
from tests.service.backups.offices import Safe, emptied_database, opened_office


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An office with a paper, once on each kind of database."""
    workspace = opened_office(database_url, tmp_path)
    yield workspace
    workspace.store.close()


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    """A key, and where backups are put."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Safe(folder, new_key(folder / "secret.txt"))


@pytest.fixture
def target(database_url: str) -> Iterator[str | None]:
    """The empty database to restore into; None where it is a file."""
    if database_url.startswith("sqlite"):
        yield None
    else:
        with emptied_database(database_url) as address:
            yield address


@pytest.fixture
def in_a_file(sqlite_url: str, tmp_path: Path) -> Iterator[Workspace]:
    workspace = opened_office(sqlite_url, tmp_path)
    yield workspace
    workspace.store.close()
