"""A real worker of a pool takes what `deploy/prefect.yaml` declares, from a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from flows.serve import DECLARED
from reviewflow.service.sweep.last_sweep import last_sweep_words
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.workspace import DEFINITIONS, open_workspace
from tests.prefect.conftest import child, until
from tests.service.conftest import TOY

HOME = DECLARED.parent.parent


def prefect(environ: dict[str, str], *words: str) -> str:
    """What its command line says; the test fails when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *words], env=environ, cwd=HOME, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_worker_sweeps(api: httpx.Client, prefect_environment: dict[str, str], tmp_path: Path) -> None:
    environ = {
        **prefect_environment,
        DATABASE: f"sqlite:///{tmp_path / 'reviewflow.db'}",
        DEFINITIONS: str(TOY),
        "REVIEWFLOW_HOME": str(HOME),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    prefect(environ, "work-pool", "create", "--type", "process", "reviewflow")
    prefect(environ, "--no-prompt", "deploy", "--all", "--prefect-file", str(DECLARED))
    command = ["-m", "prefect", "worker", "start", "--pool", "reviewflow", "--type", "process"]
    with child(command, environ, tmp_path / "worker.log"):
        deployment = api.get("/deployments/name/chase/chase").json()
        asked = api.post(f"/deployments/{deployment['id']}/create_flow_run", json={"state": {"type": "SCHEDULED"}})
        run = until(lambda: _ended(api, asked.json()["id"]))
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    with open_workspace(environ) as workspace:
        assert last_sweep_words(workspace).startswith("Last sweep")


def _ended(api: httpx.Client, run_id: str) -> dict[str, object] | None:
    run: dict[str, object] = api.get(f"/flow_runs/{run_id}").json()
    return run if run["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None
