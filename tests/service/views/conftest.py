"""A case of a process that has every key that shows."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from reviewflow.case.model import commands
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at

TESTS = Path(__file__).parents[2]


@pytest.fixture
def reference(office: Workspace, tmp_path: Path) -> str:
    """Of a case opened on 5 May 2026; the office has its definitions."""
    folder = tmp_path / "definitions"
    shutil.copytree(TESTS / "toy", folder)
    shutil.copytree(TESTS / "prefect" / "everything", folder, dirs_exist_ok=True)
    office.folder = folder
    days = {"aware": date(2026, 5, 5), "decided": date(2026, 5, 5)}
    opening = commands.Open(days, ("police", "health"), times={"aware": time()})
    return open_case(office, "everything", opening, by=BY, now=at(5)).case.reference
