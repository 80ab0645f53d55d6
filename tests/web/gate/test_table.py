"""Who may what, as the gate reads it."""

import pytest

from reviewflow.web.gate.roles import SignInRole
from reviewflow.web.gate.table import answered_run, may, path_of

RUN = "11111111-2222-3333-4444-555555555555"
PEOPLE = (SignInRole.VIEWER, SignInRole.OFFICER, SignInRole.MANAGER)
EVERYBODY_LOOKS = (
    ("GET", "/case/RR-2026-001"),
    ("GET", "/"),
    ("GET", "/runs"),
    ("GET", "/v2/dashboard"),
    ("HEAD", "/api/health"),
    ("GET", "/board/index.html"),
    ("GET", f"/api/flow_runs/{RUN}"),
    ("GET", f"/api/flow_runs/{RUN}/input/form-schema"),
    ("POST", "/api/flow_runs/filter"),
    ("POST", "/api/work_pools/reviewflow/concurrency_status"),
    ("POST", "/api/events/count-by/day"),
)
OFFICERS_DO = (
    ("POST", f"/api/flow_runs/{RUN}/resume"),
    ("POST", f"/api/deployments/{RUN}/create_flow_run"),
    ("POST", "/api/ui/schemas/validate"),
)
ONLY_MACHINES = (
    ("POST", f"/api/flow_runs/{RUN}/set_state"),
    ("DELETE", f"/api/flow_runs/{RUN}"),
    ("PATCH", f"/api/flow_runs/{RUN}"),
    ("POST", f"/api/flow_runs/{RUN}/input"),
    ("POST", f"/api/flow_runs/{RUN}/input/filter"),
    ("GET", f"/api/flow_runs/{RUN}/input/form-response"),
    ("POST", "/api/flow_runs/bulk_delete"),
    ("POST", "/api/flow_runs/bulk_set_state"),
    ("POST", f"/api/deployments/{RUN}/create_flow_run/bulk"),
    ("POST", f"/api/deployments/{RUN}/pause_deployment"),
    ("POST", "/api/block_documents/filter"),
    ("GET", f"/api/block_documents/{RUN}"),
    ("GET", "/api/block_types/slug/secret/block_documents"),
    ("GET", "/api/block_types/slug/secret/block_documents/name/x"),
    ("GET", "/api/admin/storage"),
    ("DELETE", "/api/admin/storage"),
    ("GET", "/api/events/in"),
    ("POST", "/api/events"),
    ("POST", "/api/automations/"),
    ("PUT", "/api/saved_searches/"),
    ("POST", "/api/variables/"),
    ("POST", "/api/deployments/get_scheduled_flow_runs"),
    ("POST", "/api/flow_runs/filter/"),
    ("POST", "/api/Flow_runs/x/resume"),
)


@pytest.mark.parametrize("asked", EVERYBODY_LOOKS)
def test_everybody_looks(asked: tuple[str, str]) -> None:
    assert all(may(role, *asked) for role in SignInRole)


@pytest.mark.parametrize("asked", OFFICERS_DO)
def test_officers_and_managers_answer_and_begin(asked: tuple[str, str]) -> None:
    assert [may(role, *asked) for role in PEOPLE] == [False, True, True]


@pytest.mark.parametrize("asked", ONLY_MACHINES)
def test_what_no_person_does(asked: tuple[str, str]) -> None:
    assert not any(may(role, *asked) for role in PEOPLE)
    assert may(SignInRole.MACHINE, *asked)


def test_a_method_is_written_as_it_is() -> None:
    assert not may(SignInRole.MANAGER, "post", "/api/flow_runs/filter")


@pytest.mark.parametrize(
    "uri",
    [
        f"/api//flow_runs/{RUN}/set_state",
        f"//api/flow_runs/{RUN}/set_state",
        f"/api/flow_runs/filter/../{RUN}/set_state",
        "/api/./flow_runs/filter",
        f"/api/flow_runs/filter/%2e%2e/{RUN}/set_state",
        "/api/block_documents%252ffilter",
        "/api\\flow_runs",
        "/api/flow_runs/filter%0a",
        "/api/flow_runs/filter%00",
    ],
)
def test_an_address_that_could_be_read_in_two_ways_is_none(uri: str) -> None:
    assert path_of(uri) is None


def test_an_address_is_read_as_prefect_reads_it() -> None:
    assert path_of("/api/flow_runs/filter?x=/set_state") == "/api/flow_runs/filter"
    assert path_of("/api/block_d%6fcuments/x") == "/api/block_documents/x"
    assert path_of(f"/api/flow_runs%2F{RUN}/set_state") == f"/api/flow_runs/{RUN}/set_state"


def test_the_run_whose_form_is_answered() -> None:
    assert answered_run("POST", f"/api/flow_runs/{RUN.upper()}/resume") == RUN
    assert answered_run("GET", f"/api/flow_runs/{RUN}/resume") == ""
    assert answered_run("POST", f"/api/deployments/{RUN}/create_flow_run") == ""
