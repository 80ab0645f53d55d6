"""The toy office, and a review whose agencies are asked for their returns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tests.service.builders import at, opened
from tests.web.letters import TOY, Post


@pytest.fixture
def post(sqlite_url: str, tmp_path: Path) -> Iterator[Post]:
    store = open_store(sqlite_url)
    store.migrate()
    yield Post(Workspace(store, TOY), tmp_path / "letters", at(12))
    store.close()


@pytest.fixture
def case(post: Post) -> str:
    """A review whose agencies owe their returns since the fifth of May."""
    post.now = at(5)
    reference = opened(post.workspace)
    post.deliver()
    post.now = at(12)
    return reference
