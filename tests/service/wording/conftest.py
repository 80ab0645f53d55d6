"""An office with one process more than the toy's."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.conftest import TOY

OfficeWith = Callable[[str], Workspace]
HEAD = """\
language: 1
process: hearing
version: 1
title: A hearing
reference: HEA-{year}-{number}
opening:
  dates: {notified: On which day did it come?}
"""
"""How the process begins; each test says its steps."""


@pytest.fixture
def office_with(sqlite_url: str, tmp_path: Path) -> Iterator[OfficeWith]:
    folder, store = copytree(TOY, tmp_path / "definitions"), open_store(sqlite_url)
    store.migrate()

    def with_process(text: str) -> Workspace:
        (folder / "processes" / "hearing.yaml").write_text(text)
        return Workspace(store, folder)

    yield with_process
    store.close()
