"""From Resume on the page to an answer recorded, with a real runner at work while runs are opened and renamed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from reviewflow.service.views.in_prefect.shown import Standing
from tasks.outages import TO_BE_TRIED_AGAIN
from tasks.server.prefect_api import Prefect
from tasks.views.view import reconcile_with
from tests.prefect import builders as b
from tests.prefect.conftest import child, until

pytestmark = pytest.mark.slow


@pytest.fixture
def notes(api: httpx.Client, prefect_environment: dict[str, str], tmp_path: Path) -> Iterator[Path]:
    """Where the answers that a runner recorded are written down."""
    answers, root = tmp_path / "answers", str(Path.cwd())
    environment = {**prefect_environment, "ANSWERS": str(answers), "PYTHONPATH": root}
    with child(["tests/prefect/stand_in.py"], environment, tmp_path / "runner.log"):
        until(lambda: api.get("/deployments/name/work-item/work-item").json()["status"] == "READY")
        yield answers


def run_of(api: httpx.Client, name: str, item: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = api.post("/flow_runs/filter", json={"flow_runs": {"tags": {"all_": [name]}}}).json()
    return next(run for run in found if run["parameters"].get("item") == item)


def test_answers_are_recorded_and_nothing_runs_that_nobody_answered(
    prefect: Prefect, api: httpx.Client, notes: Path
) -> None:
    name = b.reference()
    owners = ("police", "education", "school", "probation")
    work = [b.work(name, owner, due=b.in_days(-3), standing=Standing.OVERDUE) for owner in owners]
    reconcile_with(prefect, [b.case(name)], work, {}, within={name})

    for item, quality in ((work[0], "Assured"), (work[1], "Not assured")):
        run = run_of(api, name, item.key)
        answers = {**b.ANSWERS, "quality": quality}
        api.post(f"/flow_runs/{run['id']}/resume", json={"run_input": answers}).raise_for_status()

    ended = lambda: [run_of(api, name, each.key)["state"] for each in work[:2]]  # noqa: E731
    until(lambda: all(state["type"] not in {"SCHEDULED", "PENDING", "RUNNING"} for state in ended()))
    assert [(state["type"], state["name"]) for state in ended()] == [("COMPLETED", "Done"), ("COMPLETED", "Refused")]
    assert ended()[1]["message"] == "A summary that is not quality assured cannot be returned."

    lines = [json.loads(line) for line in notes.read_text().splitlines()]
    recorded = [line for line in lines if line[0].startswith(name)]  # other tests leave answered runs behind
    assert {line[0] for line in recorded} == {work[0].key, work[1].key}
    assert all(line[1]["by"] == "A. Clerk, {{ 1 + 1 }}" for line in recorded)  # as it was typed

    inputs = [api.get(f"/flow_runs/{run_of(api, name, each.key)['id']}/input/form-response") for each in work[:2]]
    assert [found.status_code for found in inputs] == [404, 404]  # what was typed does not stay in Prefect

    waiting = [run_of(api, name, each.key) for each in work[2:]]
    assert [(run["state"]["name"], run["run_count"]) for run in waiting] == [("Overdue", 0)] * 2
    report = reconcile_with(prefect, [b.case(name)], work[1:], {work[0].key: Standing.DONE}, within={name})
    assert dict(report.work) == {"opened": 1, "unchanged": 2}  # what was refused waits again, on a new page


def test_an_answer_that_an_outage_keeps_from_being_recorded_is_kept_and_its_reason_said(
    prefect: Prefect, api: httpx.Client, notes: Path
) -> None:
    name = b.reference()
    work = b.work(name, "health", due=b.in_days(-3), standing=Standing.OVERDUE)
    reconcile_with(prefect, [b.case(name)], [work], {}, within={name})
    run = run_of(api, name, work.key)
    api.post(f"/flow_runs/{run['id']}/resume", json={"run_input": b.ANSWERS}).raise_for_status()
    state = lambda: run_of(api, name, work.key)["state"]  # noqa: E731
    until(lambda: state()["type"] == "FAILED")
    assert state()["name"] == TO_BE_TRIED_AGAIN
    assert state()["message"] == (
        "The database cannot be used: the disk is full on its server. What was answered is kept, and is recorded by "
        "itself when that is over."
    )
    assert api.get(f"/flow_runs/{run['id']}/input/form-response").status_code == httpx.codes.OK
    reconcile_with(prefect, [b.case(name)], [work], {}, within={name})
    until(lambda: len(notes.read_text().splitlines()) > 1)  # each sweep tries it once more
