"""One office behind its proxy for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.deploy.one_machine import OneMachine, one_machine
from tests.prefect.conftest import migrated

__all__ = ["migrated"]


@pytest.fixture(scope="session")
def office(migrated: Path, postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneMachine]:
    """On PostgreSQL as where it is installed; Prefect's own database is a file here, which is there sooner."""
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE behind_the_proxy")
    url = postgresql_server.replace("/postgres?", "/behind_the_proxy?")
    with one_machine(tmp_path_factory.mktemp("office"), migrated, database=url) as running:
        yield running
