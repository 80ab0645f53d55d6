"""Cases that are brought in stand in Prefect as all others do: each has its run, and a form for what is owed."""

from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tasks.server.prefect_api import Prefect
from tasks.views.view import show
from tests.service.bringing_in.conftest import DEFINITIONS
from tests.service.bringing_in.running import DAY_9, brought, rapid_review


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_case_that_is_brought_in_gets_its_run(
    prefect: Prefect, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    [case] = brought(Workspace(store, DEFINITIONS), tmp_path, DAY_9, rapid_review())
    store.close()
    monkeypatch.setenv("REVIEWFLOW_DATABASE", sqlite_url)
    monkeypatch.setenv("REVIEWFLOW_DEFINITIONS", str(DEFINITIONS))
    show.fn(DAY_9, references=[case.reference])
    names = {run.name for run in prefect.runs({case.reference})}
    assert f"Overdue · {case.reference} · Rapid review" in names
    assert any("Agency summary and chronology · Northmoor Education Service" in name for name in names), names
    assert not any("Northmoor Police" in name for name in names), names
