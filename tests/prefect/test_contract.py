"""What we take for granted of Prefect: its server, settings, client, engine and runner.

When an upgrade breaks one of these, `flows` and `tasks` have to change.
"""

import asyncio
import contextlib
import inspect
import json
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect import flow, task
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, StateType
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound, Pause, PrefectHTTPStatusError
from prefect.runner._state_proposer import StateProposer
from prefect.runtime import flow_run
from prefect.settings import (
    PREFECT_CLIENT_RETRY_EXTRA_CODES,
    PREFECT_LOGGING_TO_API_ENABLED,
    Settings,
    temporary_settings,
)
from prefect.states import Completed

from flows.serve import outlive_pauses
from reviewflow.cli.server.supervisor import prefect_environment as of_serve
from tasks.server.prefect_api import FORM, PAGE, Prefect, Run, connected, falls_due, placed, state
from tasks.views.work_items import DEPLOYMENT, waiting_state
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


def test_a_picture_that_is_deleted_frees_its_key(prefect: Prefect) -> None:
    picture = prefect.create_picture("case", "goes", state=placed(b.in_days(3), "Opening"))
    for _ in range(2):
        prefect.delete_run(picture.id)
    assert prefect.create_picture("case", "goes", state=placed(None, "Opening")).id != picture.id


@pytest.mark.parametrize(("days", "late"), [(5, False), (-5, True), (None, False)])
def test_prefect_calls_late_what_is_past_its_day_and_never_what_once_ran(
    prefect: Prefect, api: httpx.Client, days: int | None, late: bool
) -> None:
    day = None if days is None else b.in_days(days)
    run = prefect.create_picture("case", f"late {days}", state=placed(day, "Opening"))
    prefect.set_state(run.id, state("PAUSED", "On track"))
    found = read(api, run)
    assert (found["estimated_start_time_delta"] > 60) is late
    assert found["run_count"] == (1 if day is None else 0)


def test_a_run_that_has_ended_can_be_made_to_wait_again(prefect: Prefect, api: httpx.Client) -> None:
    run = waiting(prefect, "ended")
    for kind in ("CANCELLED", "COMPLETED", "FAILED", "CRASHED", "RUNNING"):
        prefect.set_state(run.id, state(kind, "As somebody left it"))
        prefect.set_state(run.id, waiting_state(b.work("RR-2026-900")))
        assert read(api, run)["state"]["name"] == "Waiting"


def test_a_run_that_is_resumed_keeps_its_day_and_is_offered_at_once(prefect: Prefect, api: httpx.Client) -> None:
    due = falls_due(b.in_days(5))
    run = opened(prefect, "resumed", due)
    prefect.set_state(run.id, state("PAUSED", "Waiting"))
    prefect.set_state(run.id, state("SCHEDULED", "Resuming", scheduled_time=prefect.now().isoformat()))
    found = read(api, run)
    assert datetime.fromisoformat(found["expected_start_time"]) == due
    assert datetime.fromisoformat(found["next_scheduled_start_time"]) <= prefect.now()


def test_the_server_alone_says_since_when_a_state_is(prefect: Prefect) -> None:
    run = opened(prefect, "since")
    assert prefect.now() - run.since < timedelta(minutes=1)
    with pytest.raises(PrefectHTTPStatusError, match="422"):
        prefect.set_state(run.id, {**state("PAUSED", "Waiting"), "timestamp": "2020-01-01T00:00:00Z"})


def test_name_and_tags_of_a_run_can_be_changed(prefect: Prefect, api: httpx.Client) -> None:
    run = opened(prefect, "amended")
    prefect.amend(run.id, name="Another", tags=["x", "y"])
    found = read(api, run)
    assert (found["name"], sorted(found["tags"])) == ("Another", ["x", "y"])


def test_what_is_kept_beside_a_run_stays_until_it_is_forgotten(prefect: Prefect) -> None:
    run = opened(prefect, "inputs")
    assert prefect.read_input(run.id, "form-schema") is None
    for each in ({"first": 1}, {"second": 2}):
        prefect.save_input(run.id, "form-schema", each)
    assert prefect.read_input(run.id, "form-schema") == {"first": 1}
    for _ in range(2):
        prefect.forget_input(run.id, "form-schema")
    prefect.save_input(run.id, "form-schema", {"second": 2})
    assert prefect.read_input(run.id, "form-schema") == {"second": 2}


def test_runs_are_found_by_flow_by_state_and_by_tags_all_and_any(prefect: Prefect) -> None:
    ours = [opened(prefect, name) for name in ("found 1", "found 2", "found 3")]
    for run, tags in zip(ours, (["reviewflow", "A"], ["reviewflow", "B"], ["A"]), strict=True):
        prefect.amend(run.id, tags=tags)
    assert {run.id for run in prefect.runs({"A", "C"})} == {ours[0].id}
    assert {run.id for run in prefect.runs({"A", "B"})} == {ours[0].id, ours[1].id}
    waiting = prefect.waiting("work-item")
    prefect.set_state(ours[0].id, state("RUNNING", "At work"))
    assert prefect.waiting("work-item") == waiting - 1
    among = lambda *but: {run.id for run in prefect.unended("work-item", *but)} & {run.id for run in ours}  # noqa: E731
    assert (among(), among("PAUSED")) == ({ours[0].id, ours[1].id}, {ours[0].id})
    prefect.set_state(ours[1].id, state("COMPLETED", "Done"))
    assert {run.id for run in prefect.runs({"A", "B"})} == {ours[0].id}


def test_a_page_of_a_list_is_as_large_as_we_ask(api: httpx.Client) -> None:
    for path in ("/flow_runs/filter", "/saved_searches/filter"):
        assert api.post(path, json={"limit": PAGE}).is_success
        assert api.post(path, json={"limit": PAGE + 1}).status_code == 422


def test_a_flow_of_a_name_is_there_once(api: httpx.Client) -> None:
    ids = {api.post("/flows/", json={"name": "case"}).raise_for_status().json()["id"] for _ in range(2)}
    assert len(ids) == 1


def test_a_page_among_the_artifacts_is_replaced_and_its_key_has_small_letters(
    prefect: Prefect, api: httpx.Client
) -> None:
    run = opened(prefect, "page")
    for text in ("# One", "# Two"):
        prefect.write_page(run.id, "rr-2026-900", text, f"About {text}")
    wanted = {"artifacts": {"flow_run_id": {"any_": [run.id]}}}
    found = [(each["data"], each["description"]) for each in api.post("/artifacts/filter", json=wanted).json()]
    assert found == [("# Two", "About # Two")]
    with pytest.raises(PrefectHTTPStatusError, match="422"):
        prefect.write_page(run.id, "RR-2026-900", "# One", "")


def test_a_page_for_all_is_one_whichever_run_writes_it(prefect: Prefect, api: httpx.Client) -> None:
    written = [
        prefect.write_page(opened(prefect, f"page of {text}").id, "contract", text, "About", anywhere=True)
        for text in ("# One", "# One", "# Two")
    ]
    assert written == [True, False, True]
    wanted = {"artifacts": {"key": {"any_": ["contract"]}}}
    assert [each["data"] for each in api.post("/artifacts/filter", json=wanted).json()] == ["# Two"]
    assert api.get("/artifacts/contract/latest").json()["data"] == "# Two"  # which the page of the key shows


def test_a_saved_filter_of_a_name_is_replaced(prefect: Prefect) -> None:
    entry = {"object": "flowRun", "type": "", "operation": "", "property": "tag", "value": ["one"]}
    for value in (["one"], ["two"]):
        prefect.save_filter("Contract", [{**entry, "value": value}])
    found = [each["filters"] for each in prefect.saved_filters() if each["name"] == "Contract"]
    assert found == [[{**entry, "value": ["two"]}]]


def test_a_deployment_that_may_run_once_at_a_time_cancels_the_second(api: httpx.Client) -> None:
    flow_id = api.post("/flows/", json={"name": "sweep"}).json()["id"]
    limit = {"concurrency_limit": 1, "concurrency_options": {"collision_strategy": "CANCEL_NEW"}}
    api.post("/deployments/", json={"name": "sweep", "flow_id": flow_id, **limit}).raise_for_status()
    deployment = api.get("/deployments/name/sweep/sweep").json()["id"]
    runs = [api.post(f"/deployments/{deployment}/create_flow_run", json={}).json()["id"] for _ in range(2)]
    asked = [api.post(f"/flow_runs/{each}/set_state", json={"state": {"type": "PENDING"}}).json() for each in runs]
    assert [each["state"]["type"] for each in asked] == ["PENDING", "CANCELLED"]
    api.post(f"/flow_runs/{runs[0]}/set_state", json={"force": True, "state": {"type": "COMPLETED"}})


@pytest.mark.usefixtures("prefect")
def test_somebody_else_s_deployment_is_asked_for_once_a_key_and_not_waited_for() -> None:
    ask = {"parameters": {"item": "x"}, "timeout": 0, "idempotency_key": str(uuid.uuid4()), "as_subflow": False}
    runs = [run_deployment(DEPLOYMENT, **ask) for _ in range(2)]
    assert runs[0].id == runs[1].id
    assert runs[0].state is not None
    assert runs[0].state.is_scheduled()
    with pytest.raises(ObjectNotFound):
        run_deployment("nobody/nothing", **ask)
    with connected() as connection:
        connection.set_state(str(runs[0].id), state("CANCELLED", "Cancelled"))


def test_prefect_reads_each_setting_that_we_give_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One that it does not know it ignores, without a word."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    given = of_serve(tmp_path, 4777, {})
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    read = Settings()
    found = {
        "PREFECT_HOME": read.home,
        "PREFECT_API_URL": read.api.url,
        "PREFECT_API_AUTH_STRING": read.api.auth_string and read.api.auth_string.get_secret_value(),
        "PREFECT_SERVER_API_AUTH_STRING": read.server.api.auth_string
        and read.server.api.auth_string.get_secret_value(),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": read.server.api.cors_allowed_origins,
        "PREFECT_SERVER_UI_API_URL": read.server.ui.api_url,
        "PREFECT_SERVER_UI_V2_ENABLED": read.server.ui.v2_enabled,
        "PREFECT_SERVER_ANALYTICS_ENABLED": read.server.analytics_enabled,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": read.server.ui.show_promotional_content,
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": read.server.services.db_vacuum.enabled,
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": read.server.services.db_vacuum.retention_period,
        "PREFECT_RUNNER_POLL_FREQUENCY": read.runner.poll_frequency,
        "PREFECT_CLIENT_RETRY_EXTRA_CODES": read.client.retry_extra_codes,
        "PREFECT_CLIENT_MAX_RETRIES": read.client.max_retries,
        "PREFECT_LOGGING_LEVEL": read.logging.level,
    }
    here, password = "http://127.0.0.1:4777", (tmp_path / "prefect-password").read_text()
    doors = [f"{here}/api", password, password, here, "/api", False]
    vacuum = [{"events", "flow_runs"}, timedelta(days=30)]
    meant = [tmp_path / "prefect", *doors, False, False, *vacuum, 3, {500}, 8, "INFO"]
    assert found.keys() == {name for name in given if name.startswith("PREFECT_")}
    assert list(found.values()) == meant


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(("status", "tries"), [(503, 3), (500, 3), (409, 1)])
def test_a_client_asks_again_of_a_server_in_trouble(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int, tries: int
) -> None:
    replies, seen = iter([status, status, 200]), []

    def answer(self: httpx.Client, request: httpx.Request, **_: object) -> httpx.Response:
        seen.append(next(replies))
        return httpx.Response(seen[-1], json=[], request=request, headers={"Retry-After": "0"})

    codes = of_serve(tmp_path, 0, {})["PREFECT_CLIENT_RETRY_EXTRA_CODES"]
    with temporary_settings({PREFECT_CLIENT_RETRY_EXTRA_CODES: codes}), connected() as prefect:
        list(prefect.runs(None))  # it has met the server before
        monkeypatch.setattr(httpx.Client, "send", answer)
        with contextlib.suppress(PrefectHTTPStatusError):
            list(prefect.runs(None))
    assert len(seen) == tries


@task
def fails() -> None:
    message = "a part of the sweep fails"
    raise ValueError(message)


@task
def works(value: str) -> str:
    return value


@flow(log_prints=False)
def of_parts() -> State[None]:
    """As the sweep: each part is tried whatever became of the one before."""
    parts = [fails(return_state=True), works("well", return_state=True)]
    said = [part.result() if part.is_completed() else "failed" for part in parts]
    return Completed(name="Refused", message=f"{flow_run.id} {' '.join(said)}")


@flow(log_prints=False)
def waits() -> None:
    """As the change of a case: its form is laid out, and it lets go."""
    with connected() as prefect:
        prefect.set_state(str(flow_run.id), waiting_state(b.work("RR-2026-900")))
    raise Pause("Waiting", state=State(type=StateType.PAUSED, name="Waiting"))


@pytest.fixture
def here(server: str) -> Iterator[None]:
    """Flows run in this process, which outlives the server: their logs go nowhere."""
    with temporary_settings({PREFECT_LOGGING_TO_API_ENABLED: False}):
        yield


@pytest.mark.usefixtures("here")
def test_a_flow_ends_in_the_state_that_it_returns_whatever_its_tasks_did() -> None:
    ended = of_parts(return_state=True)
    assert (ended.type, ended.name) == (StateType.COMPLETED, "Refused")
    assert ended.message == f"{ended.state_details.flow_run_id} failed well"


@pytest.mark.usefixtures("here")
def test_a_flow_that_pauses_itself_is_left_waiting_under_a_name_of_ours(api: httpx.Client) -> None:
    with pytest.raises(Pause):
        waits()
    wanted = {"flows": {"name": {"any_": ["waits"]}}, "sort": "ID_DESC"}
    [run] = api.post("/flow_runs/filter", json=wanted).json()
    assert (run["state_type"], run["state_name"]) == ("PAUSED", "Waiting")


@pytest.fixture
def unpatched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Prefect's runner as it comes, whatever a test makes of it."""
    monkeypatch.setattr(StateProposer, "propose_pending", StateProposer.propose_pending)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("unpatched")
def test_a_runner_dies_of_a_run_that_was_paused_unless_we_keep_it_alive(prefect: Prefect) -> None:
    """When Prefect's own survives it, `outlive_pauses` and the waiting in `tasks.views.work_items.finish` can go."""
    assert list(inspect.signature(StateProposer.propose_pending).parameters) == ["self", "flow_run"]
    run = waiting(prefect, "paused meanwhile")

    async def propose() -> bool:
        async with get_client() as client:
            return await StateProposer(client=client).propose_pending(await client.read_flow_run(uuid.UUID(run.id)))

    with pytest.raises(Pause):
        asyncio.run(propose())
    outlive_pauses()
    assert asyncio.run(propose()) is False
