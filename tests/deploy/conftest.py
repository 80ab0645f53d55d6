"""One office behind its proxy for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.one_machine import OneMachine, one_machine
from tests.prefect.conftest import migrated

__all__ = ["migrated"]


@pytest.fixture(scope="session")
def office(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneMachine]:
    with one_machine(tmp_path_factory.mktemp("office"), migrated) as running:
        yield running
