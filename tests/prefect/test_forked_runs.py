"""A run of Prefect's is forked, and is to Prefect what a process that it started itself would be."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from prefect.runner import _starter_engine
from prefect.utilities.processutils import run_process

from tests.docs.reader import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="runs are started as Prefect starts them"),
]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any], str]:
    """The folder in which runs were ordered, what became of each, and what they said."""
    folder = tmp_path_factory.mktemp("runs").resolve()
    command = [sys.executable, "-m", "tests.prefect.ordering", str(folder)]
    environment = {**os.environ, "PREFECT_HOME": str(folder / "prefect")}
    program = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert program.returncode == 0, program.stderr
    return folder, json.loads(program.stdout.splitlines()[-1]), program.stdout + program.stderr


Done = tuple[Path, Mapping[str, Any], str]


def test_prefect_starts_runs_by_the_name_that_is_put_in_place() -> None:
    """When Prefect starts them in another way, this fails, and runs would be slow again."""
    assert _starter_engine.run_process is run_process
    assert "run_process" in _starter_engine.EngineCommandStarter.start.__code__.co_names


def test_it_is_the_engine_with_the_environment_and_folder_that_prefect_gives(done: Done) -> None:
    folder, found, said = done
    assert (found["nameless"], "badly formed hexadecimal UUID string" in said) == (1, True), said
    assert (found["folder"], found["of this program"], found["at work"]) == (str(folder), True, None)
    assert "RuntimeWarning" not in said


def test_it_ends_as_it_is_ended(done: Done) -> None:
    assert done[1]["killed"] == -signal.SIGKILL


def test_it_ends_when_nobody_waits_for_it_any_more(done: Done) -> None:
    assert done[1]["given up"] is True


def test_where_whoever_forks_is_killed_its_runs_are_and_the_next_are_started_by_prefect(done: Done) -> None:
    _, found, _ = done
    assert (found["whoever forked it killed"], found["and so it"]) == (-signal.SIGKILL, True)
    assert (found["the next"], found["something else"]) == ("by Prefect", "by Prefect")
    assert found["started"] == [["-m", "prefect.engine"], ["-m", "something.else"]]
