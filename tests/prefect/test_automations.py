"""The shipped automations on a real server: what they react to is made to happen, and a run asks for attention."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from flows.attention import attention
from reviewflow.service.trade import happened as h
from tasks.automations import ATTENTION, OURS, SHIPPED, save_automations
from tasks.server.prefect_api import Prefect
from tasks.trade_events import as_event, office_event
from tests.prefect.conftest import until

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)
PATIENCE = 90


@pytest.fixture(scope="module")
def deployment(api: httpx.Client, no_automations: None) -> Iterator[str]:
    """The deployment that the automations run, which nobody serves here."""
    flow = api.post("/flows/", json={"name": "attention"}).json()["id"]
    body = {"name": "attention", "flow_id": flow, "enforce_parameter_schema": False}
    yield str(api.post("/deployments/", json=body).raise_for_status().json()["id"])
    for entry in api.post("/automations/filter", json={}).json():
        api.delete(f"/automations/{entry['id']}")


def asked(api: httpx.Client, deployment: str) -> list[dict[str, Any]]:
    """The parameters of the runs that ask for attention, in the order in which they were made."""
    wanted = {"deployments": {"id": {"any_": [deployment]}}}
    found = api.post("/flow_runs/filter", json=wanted).json()
    return [run["parameters"] for run in sorted(found, key=lambda run: run["created"])]


def test_each_automation_asks_for_attention_when_what_it_is_for_happens(
    prefect: Prefect, api: httpx.Client, deployment: str
) -> None:
    assert save_automations(prefect) == len(SHIPPED)
    assert save_automations(prefect) == 0  # what stands is left alone
    late = [
        h.Happened(
            h.OVERDUE, "RR-2026-001", f"return/{days}", "return", "The return", {"reviewflow.days-overdue": days}
        )
        for days in ("1", "2", "3", "4")
    ]
    at_risk = h.Happened(h.AT_RISK, "RR-2026-002", "7", "submission", "Send it to the Panel")
    quiet = [h.Happened(h.OPENED, "RR-2026-003", "1"), h.Happened(h.ON_COURSE, "RR-2026-002", "8", "submission")]
    prefect.emit([as_event(one, NOW) for one in (*late, at_risk, *quiet)])
    prefect.emit([office_event("delivery.failing", "reviewflow.delivery", "3 letters could not be handed over", NOW)])
    prefect.emit([office_event("sweep.missed", "reviewflow.sweeps", "no sweep since noon", NOW)])
    until(lambda: len(asked(api, deployment)) >= 4, PATIENCE)
    assert sorted((run["about"], run["detail"]) for run in asked(api, deployment)) == [
        ("RR-2026-001", "The return"),
        ("RR-2026-002", "Send it to the Panel"),
        ("reviewflow.delivery", "3 letters could not be handed over"),
        ("reviewflow.sweeps", "no sweep since noon"),
    ]


def test_a_run_that_asks_for_attention_says_in_its_name_for_what(api: httpx.Client) -> None:
    """In lists its name is all that is read; Prefect would call it after some animal."""
    ended = attention("Overdue for three working days", "RR-2026-009", "The return", return_state=True)
    assert ended.name == "Attention"
    wanted = {"flow_runs": {"name": {"like_": "RR-2026-009"}}}
    [run] = api.post("/flow_runs/filter", json=wanted).json()
    assert run["name"] == "Attention · RR-2026-009 · Overdue for three working days"


def test_the_case_is_what_an_event_is_about_and_its_step_is_related(
    prefect: Prefect, api: httpx.Client, deployment: str
) -> None:
    one = as_event(h.Happened(h.HELD, "RR-2026-009", "4", "court", "A court"), NOW)
    prefect.emit([one])
    wanted = {"filter": {"resource": {"id": ["reviewflow.case.RR-2026-009"]}}}
    [found] = until(lambda: api.post("/events/filter", json=wanted).json()["events"], PATIENCE)
    assert (found["id"], found["event"]) == (one["id"], "reviewflow.case.held")
    assert found["resource"]["prefect.resource.name"] == "RR-2026-009"
    assert found["related"][0]["prefect.resource.name"] == "A court"


def test_what_a_person_paused_stays_paused_and_what_was_changed_is_put_right(
    prefect: Prefect, api: httpx.Client, deployment: str
) -> None:
    save_automations(prefect)
    ours = [entry for entry in prefect.automations() if entry["name"].startswith(OURS)]
    api.patch(f"/automations/{ours[0]['id']}", json={"enabled": False}).raise_for_status()
    changed = {name: ours[1][name] for name in ("name", "trigger", "actions")} | {
        "description": "mine",
        "enabled": True,
    }
    api.put(f"/automations/{ours[1]['id']}", json=changed).raise_for_status()
    assert save_automations(prefect) == 1
    again = {entry["id"]: entry for entry in prefect.automations()}
    assert again[ours[0]["id"]]["enabled"] is False
    assert again[ours[1]["id"]]["description"] != "mine"


def test_no_automation_waits_for_what_does_not_happen(prefect: Prefect, deployment: str) -> None:
    ours = [entry for entry in prefect.automations() if entry["name"].startswith(OURS)]
    assert {entry["trigger"]["posture"] for entry in ours} == {"Reactive"}
    assert ATTENTION == "attention/attention"
