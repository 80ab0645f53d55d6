"""Runs that only seem to be at work are ended, and answers in them are not lost."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tasks.server.prefect_api import FORM, Prefect
from tasks.views.dead_runs import LONGEST, end_the_dead

pytestmark = pytest.mark.slow
ANSWER = {"answered_by": "Somebody"}


def run(api: httpx.Client, flow: str, kind: str, *, answered: bool = False) -> str:
    flow_id = api.post("/flows/", json={"name": flow}).json()["id"]
    run_id = str(api.post("/flow_runs/", json={"flow_id": flow_id}).json()["id"])
    if answered:
        body: dict[str, Any] = {"key": FORM["response"], "value": '{"answered_by": "Somebody"}'}
        api.post(f"/flow_runs/{run_id}/input", json=body).raise_for_status()
    body = {"force": True, "state": {"type": kind}}
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
