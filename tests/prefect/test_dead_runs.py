"""Runs that only seem to be at work are ended, and answers in them are not lost."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from tasks.outages import TO_BE_TRIED_AGAIN
from tasks.server.prefect_api import FORM, Prefect
from tasks.views.dead_runs import FORMS, LONGEST, SWEEPS, WORK, end_the_dead, silence
from tests.prefect.conftest import until

pytestmark = pytest.mark.slow
ANSWER = {"answered_by": "Somebody"}


@pytest.fixture(autouse=True)
def nothing_else_runs(prefect: Prefect, no_automations: None) -> None:
    for left in prefect.of_flows((*SWEEPS, *FORMS, *WORK), "RUNNING", "PENDING", "CRASHED", "FAILED"):
        prefect.delete_run(left.id)


def run(api: httpx.Client, flow: str, kind: str, *, answered: bool = False, name: str | None = None) -> str:
    flow_id = api.post("/flows/", json={"name": flow}).json()["id"]
    run_id = str(api.post("/flow_runs/", json={"flow_id": flow_id}).json()["id"])
    if answered:
        body: dict[str, Any] = {"key": FORM["response"], "value": '{"answered_by": "Somebody"}'}
        api.post(f"/flow_runs/{run_id}/input", json=body).raise_for_status()
    body = {"force": True, "state": {"type": kind, "name": name}}
    api.post(f"/flow_runs/{run_id}/set_state", json=body).raise_for_status()
    return run_id


def test_what_died_is_ended_and_what_was_answered_is_done_again(
    prefect: Prefect, api: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, own, unanswered = (run(api, flow, "RUNNING") for flow in ("chase", "chase", "open-case"))
    taken = [
        run(api, flow, kind, answered=True) for flow, kind in (("change-a-case", "PENDING"), ("open-case", "CRASHED"))
    ]
    over = run(api, "open-case", "CRASHED")
    everything = [dead, own, unanswered, *taken, over]
    state = lambda: [api.get(f"/flow_runs/{each}").json()["state"]["name"] for each in everything]  # noqa: E731
    assert end_the_dead(prefect, own) == 1  # what crashed is known at once
    assert state() == ["Running", "Running", "Running", "Pending", "Resuming", "Crashed"]
    later = prefect.now() + LONGEST + timedelta(minutes=1)
    monkeypatch.setattr(prefect, "now", lambda: later)
    assert end_the_dead(prefect, own) == 3
    assert state() == ["Crashed", "Running", "Crashed", "Resuming", "Resuming", "Crashed"]
    assert [prefect.read_input(each, FORM["response"]) for each in taken] == [ANSWER] * 2
    assert end_the_dead(prefect, own) == 0


def test_what_an_outage_kept_from_being_recorded_is_tried_again(prefect: Prefect, api: httpx.Client) -> None:
    """For as long as it lasts; and never what failed otherwise, which would fail again."""
    own, later = run(api, "chase", "RUNNING"), TO_BE_TRIED_AGAIN
    kept = run(api, "change-a-case", "FAILED", answered=True, name=later)
    failed = run(api, "change-a-case", "FAILED", answered=True)
    nothing_said = run(api, "change-a-case", "FAILED", name=later)
    everything = (kept, failed, nothing_said)
    assert end_the_dead(prefect, own) == 1
    assert [api.get(f"/flow_runs/{each}").json()["state"]["name"] for each in everything] == [
        "Resuming",
        "Failed",
        later,
    ]


def lives(prefect: Prefect, run_id: str, at: datetime) -> None:
    """A sign of life of this run at that moment, and wait until Prefect knows of it."""
    resource = {"prefect.resource.id": f"prefect.flow-run.{run_id}"}
    beat = {"id": str(uuid.uuid4()), "event": "prefect.flow-run.heartbeat", "occurred": at.isoformat()}
    prefect.emit([{**beat, "resource": resource, "related": []}])
    until(lambda: prefect.is_heard(run_id, at))


@pytest.fixture
def later(prefect: Prefect, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A little after a run of which nothing was heard counts as dead: long before half an hour."""
    quiet = silence()
    assert quiet is not None
    assert quiet < LONGEST
    moment = prefect.now() + quiet + timedelta(seconds=5)
    monkeypatch.setattr(prefect, "now", lambda: moment)
    return moment


def test_a_sweep_that_is_heard_itself_ends_what_says_nothing_for_long(
    prefect: Prefect, api: httpx.Client, later: datetime
) -> None:
    dead, alive, own = (run(api, "chase", "RUNNING") for _ in range(3))
    taken, item, begun = (run(api, flow, "RUNNING", answered=True) for flow in ("open-case", "work-item", "work-item"))
    paused = run(api, "work-item", "RUNNING")
    everything = (dead, alive, own, taken, item, begun, paused)
    state = lambda: [api.get(f"/flow_runs/{each}").json()["state"]["name"] for each in everything]  # noqa: E731
    assert end_the_dead(prefect, own) == 0  # events do not arrive
    lives(prefect, own, later - timedelta(seconds=2))
    for each in (alive, begun):
        lives(prefect, each, later - timedelta(seconds=20))
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        assert end_the_dead(prefect, own) == 0  # none says that it lives
    assert end_the_dead(prefect, own) == 3
    assert state() == ["Crashed", "Running", "Running", "Resuming", "Resuming", "Running", "Running"]
    assert prefect.read_input(taken, FORM["response"]) == ANSWER
