"""What runs share is ready before they are forked; in a program of its own, as here much is imported already."""

import json
import os
import subprocess
import sys

import pytest

from reviewflow.service.workspace.database import DATABASE
from tests.docs.reader import ROOT

pytestmark = pytest.mark.slow

PROGRAM = """
import json, os, sys, threading
from flows.runner.ahead import MODELS, read_ahead
from flows.serve import import_flows
from reviewflow.service.board.pages.rendering import TEMPLATES, _environment

import_flows()
before = {*sys.modules}
whole = [model.__pydantic_complete__ for model in MODELS]
read_ahead(os.environ)
print(json.dumps({
    "imported": sorted({*sys.modules} - before),
    "whole": [whole, [model.__pydantic_complete__ for model in MODELS]],
    "templates": [len(_environment().cache), len([*TEMPLATES.glob("*.html")])],
    "threads": threading.active_count(),
}))
"""


@pytest.mark.parametrize(
    ("database", "driver", "other"),
    [
        ("sqlite:///office.db", "reviewflow.store.drivers.sqlite", "reviewflow.store.drivers.postgresql"),
        ("postgresql://office@127.0.0.1/office", "reviewflow.store.drivers.postgresql", "_sqlite3"),
    ],
)
def test_no_run_has_to_read_what_is_the_same_for_all(database: str, driver: str, other: str) -> None:
    environment = {**os.environ, DATABASE: database}
    said = subprocess.check_output([sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, text=True)
    found = json.loads(said.splitlines()[-1])
    assert {driver, "prefect.task_engine", "anyio._backends._asyncio", "jinja2"} <= {*found["imported"]}
    assert other not in found["imported"]
    before, after = found["whole"]
    assert not any(before), "one that is whole already need not be named"
    assert all(after)
    assert found["templates"][0] == found["templates"][1] > 0
    assert found["threads"] == 1, "what is forked has this one alone"
