"""What runs share is ready before they are forked; in a program of its own, as here much is imported already."""

import json
import subprocess
import sys

import pytest

from tests.docs.reader import ROOT

pytestmark = pytest.mark.slow

PROGRAM = """
import json, sys, threading
from flows.runner.ahead import MODELS, read_ahead
from flows.serve import import_flows
from reviewflow.service.board.pages.rendering import TEMPLATES, _environment
from reviewflow.service.workspace.database import DATABASE

import_flows()
before = {*sys.modules}
whole = [model.__pydantic_complete__ for model in MODELS]
imported = []
for database in ("sqlite:///office.db", "postgresql://office@127.0.0.1/office"):
    read_ahead({DATABASE: database})
    imported.append(sorted({*sys.modules} - before))
print(json.dumps({
    "imported": imported,
    "whole": [whole, [model.__pydantic_complete__ for model in MODELS]],
    "templates": [len(_environment().cache), len([*TEMPLATES.glob("*.html")])],
    "threads": threading.active_count(),
}))
"""


def test_no_run_has_to_read_what_is_the_same_for_all() -> None:
    found = json.loads(subprocess.check_output([sys.executable, "-c", PROGRAM], cwd=ROOT, text=True).splitlines()[-1])
    on_sqlite, on_postgresql = ({*each} for each in found["imported"])
    assert {"prefect.task_engine", "anyio._backends._asyncio", "jinja2", "reviewflow.store.drivers.sqlite"} <= on_sqlite
    assert "reviewflow.store.drivers.postgresql" in on_postgresql - on_sqlite
    before, after = found["whole"]
    assert not any(before), "one that is whole already need not be named"
    assert all(after)
    assert found["templates"][0] == found["templates"][1] > 0
    assert found["threads"] == 1, "what is forked has this one alone"
