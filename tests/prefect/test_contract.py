"""What we take for granted of Prefect's server. When an upgrade breaks one of these, the view has to change."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tasks.prefect_api import Prefect, Run, state, task_run_event
from tasks.work_items import DEPLOYMENT, FORM, falls_due, waiting_state
from tests.prefect import builders as b

pytestmark = pytest.mark.slow


def opened(prefect: Prefect, key: str, due: datetime | None = None, **fields: Any) -> Run:
    first = state("SCHEDULED", "Opening", scheduled_time=due.isoformat()) if due else state("PAUSED", "Opening")
    return prefect.create(DEPLOYMENT, key, name=key, tags=["contract"], state=first, parameters={"item": key}, **fields)


def waiting(prefect: Prefect, key: str) -> Run:
    run = opened(prefect, key)
    prefect.save_input(run.id, FORM["schema"], b.FORM)
    prefect.set_state(run.id, waiting_state(b.work("RR-2026-900")))
    return run


def read(api: httpx.Client, run: Run) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/flow_runs/{run.id}").raise_for_status().json()
    return found


def test_a_run_is_created_paused_under_a_name_of_ours(prefect: Prefect, api: httpx.Client) -> None:
    run = read(api, waiting(prefect, "paused"))
    assert (run["state"]["type"], run["state"]["name"]) == ("PAUSED", "Waiting")
    assert run["state"]["message"] == "Police · chased once"
    assert run["state"]["state_details"]["run_input_keyset"] == FORM
    assert run["state"]["state_details"]["pause_timeout"] is None


@pytest.mark.parametrize("days", [5, -5])
def test_a_run_keeps_the_day_that_its_first_state_was_scheduled_for(
    prefect: Prefect, api: httpx.Client, days: int
) -> None:
    due = falls_due(b.in_days(days))
    run = opened(prefect, f"due in {days}", due)
    prefect.set_state(run.id, state("PAUSED", "Waiting"))
    prefect.set_state(run.id, state("PAUSED", "Overdue"))
    found = read(api, run)
    assert datetime.fromisoformat(found["expected_start_time"]) == due
    assert found["next_scheduled_start_time"] is None  # or a runner would take it


def test_a_run_that_is_first_paused_is_listed_under_the_day_it_was_made(prefect: Prefect, api: httpx.Client) -> None:
    found = read(api, opened(prefect, "no day"))
    assert datetime.now(UTC) - datetime.fromisoformat(found["expected_start_time"]) < timedelta(minutes=1)


def test_a_runner_is_given_a_scheduled_run_of_a_past_day_and_not_a_paused_one(
    prefect: Prefect, api: httpx.Client
) -> None:
    run = opened(prefect, "grabbed", falls_due(b.in_days(-5)))
    body = {"deployment_ids": [read(api, run)["deployment_id"]], "scheduled_before": datetime.now(UTC).isoformat()}
    offered = lambda: {found["id"] for found in api.post("/deployments/get_scheduled_flow_runs", json=body).json()}  # noqa: E731
    assert run.id in offered()
    asks = lambda: api.post(f"/flow_runs/{run.id}/set_state", json={"state": {"type": "PENDING"}}).json()["status"]  # noqa: E731
    prefect.set_state(run.id, state("PENDING", "Opening"))
    assert run.id not in offered()
    assert asks() == "ABORT"  # a runner that was offered it before starts nothing
    prefect.set_state(run.id, state("PAUSED", "Waiting"))
    assert run.id not in offered()
    assert asks() == "REJECT"  # and of this one it would die


def test_an_idempotency_key_gives_the_run_that_there_is(prefect: Prefect) -> None:
    first = opened(prefect, "the same")
    prefect.set_state(first.id, state("CANCELLED", "Cancelled"))
    again = opened(prefect, "the same")
    assert again.id == first.id
    assert again.ended


def test_a_deleted_run_frees_its_idempotency_key(prefect: Prefect, api: httpx.Client) -> None:
    first = opened(prefect, "deleted")
    api.delete(f"/flow_runs/{first.id}").raise_for_status()
    assert opened(prefect, "deleted").id != first.id


def test_labels_come_with_the_list_and_can_be_changed(prefect: Prefect, api: httpx.Client) -> None:
    run = opened(prefect, "labelled", labels={"reviewflow.work": "RR", "reviewflow.number": 3})
    prefect.label(run.id, {"reviewflow.number": 4})
    wanted = {"flow_runs": {"id": {"any_": [run.id]}}}
    labels = api.post("/flow_runs/filter", json=wanted).json()[0]["labels"]
    assert (labels["reviewflow.work"], labels["reviewflow.number"]) == ("RR", 4)


def test_a_bad_answer_is_refused_with_the_reason(prefect: Prefect, api: httpx.Client) -> None:
    run = waiting(prefect, "bad answer")
    answer = api.post(f"/flow_runs/{run.id}/resume", json={"run_input": {"returned_on": "2026-05-14"}}).json()
    assert answer["status"] == "REJECT"
    assert "'by' is a required property" in answer["details"]["reason"]
    answer = api.post(f"/flow_runs/{run.id}/resume", json={"run_input": {**b.ANSWERS, "quality": "Splendid"}}).json()
    assert answer["status"] == "REJECT"
    assert prefect.read_input(run.id, FORM["response"]) is None


def test_an_answer_is_kept_as_it_was_typed(prefect: Prefect, api: httpx.Client) -> None:
    run = waiting(prefect, "good answer")
    answer = api.post(f"/flow_runs/{run.id}/resume", json={"run_input": b.ANSWERS}).json()
    assert answer["status"] == "ACCEPT"
    assert (answer["state"]["type"], answer["state"]["name"]) == ("SCHEDULED", "Resuming")
    assert prefect.read_input(run.id, FORM["response"]) == b.ANSWERS  # with its {{ 1 + 1 }}


def test_the_form_is_kept_for_the_page(prefect: Prefect, api: httpx.Client) -> None:
    run = waiting(prefect, "form")
    assert json.loads(api.get(f"/flow_runs/{run.id}/input/{FORM['schema']}").content) == b.FORM


def test_a_cancelled_run_that_waited_ends_at_once(prefect: Prefect, api: httpx.Client) -> None:
    run = waiting(prefect, "cancelled")
    api.post(f"/flow_runs/{run.id}/set_state", json={"state": {"type": "CANCELLING"}}).raise_for_status()
    assert read(api, run)["state"]["type"] == "CANCELLED"


def test_a_waiting_run_can_be_completed_under_a_name_of_ours(prefect: Prefect, api: httpx.Client) -> None:
    run = waiting(prefect, "done elsewhere")
    prefect.set_state(run.id, state("COMPLETED", "Done late", "Recorded at the command line"))
    found = read(api, run)["state"]
    assert (found["type"], found["name"]) == ("COMPLETED", "Done late")


def test_a_resumed_picture_starts_no_process(prefect: Prefect, api: httpx.Client) -> None:
    run = prefect.create_picture("case", "picture", state=state("SCHEDULED", "Opening"))
    prefect.set_state(run.id, state("PAUSED", "On track", pause_reschedule=False))
    api.post(f"/flow_runs/{run.id}/resume", json={}).raise_for_status()
    found = read(api, run)
    assert (found["state"]["type"], found["next_scheduled_start_time"]) == ("RUNNING", None)


def test_the_times_of_a_task_run_are_those_of_its_event(prefect: Prefect) -> None:
    picture, moment = opened(prefect, "bars"), prefect.now()
    bar = {
        "name": "Ask each agency",
        "task_key": "ask",
        "dynamic_key": "step",
        "task_inputs": {"wait_for": []},
        "expected_start_time": (moment - timedelta(days=9)).isoformat(),
        "start_time": (moment - timedelta(days=9)).isoformat(),
        "end_time": (moment - timedelta(days=8)).isoformat(),
    }
    event = task_run_event(
        flow_run_id=picture.id,
        task_run_id=picture.id,
        kind="COMPLETED",
        name="Done",
        message="",
        occurred=moment,
        task_run=bar,
    )
    prefect.record([event])
    from tests.prefect.conftest import until

    [found] = until(lambda: prefect.task_runs(picture.id))
    assert found["state_id"] == event["id"]
    assert (found["state_type"], found["state_name"]) == ("COMPLETED", "Done")
    assert datetime.fromisoformat(found["start_time"]) == moment - timedelta(days=9)
    assert datetime.fromisoformat(found["end_time"]) == moment - timedelta(days=8)
