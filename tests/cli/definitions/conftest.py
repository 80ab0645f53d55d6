"""The definitions that commands are tried on."""

from pathlib import Path

import pytest

from tests.language.definitions import BASE

CALENDARS = b"proclaimed_until: 2028-12-31\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in {**BASE, "calendars.yaml": CALENDARS}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path
