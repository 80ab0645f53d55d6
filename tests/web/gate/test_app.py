"""The gate as the proxy asks it."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reviewflow.service.sign_ins.pressed import PRESSED
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from reviewflow.web.gate.app import SECRET, Gate, gate_secret, make_gate
from tests.service.builders import at
from tests.web.gate.test_table import RUN
from tests.web.letters import TOY

SHOWN = "what-only-the-proxy-knows-in-these-tests"
RESUME = f"/api/flow_runs/{RUN}/resume"


@pytest.fixture
def workspace(sqlite_url: str):
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, TOY)
    store.close()


@pytest.fixture
def client(workspace: Workspace, tmp_path: Path) -> TestClient:
    roles = tmp_path / "roles.yaml"
    roles.write_text("viewers: [anna]\nofficers: [bela, 'group:officers']\n", encoding="utf-8")
    gate = Gate(lambda: nullcontext(workspace), roles, tmp_path, SHOWN, lambda: at(5))
    return TestClient(make_gate(gate), raise_server_exceptions=False)


def asked(client: TestClient, user: str, method: str, uri: str, **more: str) -> tuple[int, str]:
    headers = {"X-Reviewflow-Gate": SHOWN, "X-Reviewflow-User": user}
    answer = client.get("/may", headers={**headers, "X-Forwarded-Method": method, "X-Forwarded-Uri": uri, **more})
    return answer.status_code, answer.json()["detail"] if answer.content else ""


def test_who_looks_is_let_through_and_kept_nowhere(client: TestClient, workspace: Workspace) -> None:
    assert asked(client, "anna", "GET", "/runs") == (204, "")
    assert asked(client, "bela", "POST", "/api/flow_runs/filter") == (204, "")
    assert workspace.store.noted() == []


def test_who_answers_is_kept_before_the_answer_goes_on(client: TestClient, workspace: Workspace) -> None:
    assert asked(client, "bela", "POST", RESUME) == (204, "")
    [entry] = workspace.store.noted(PRESSED)
    assert (entry.by, entry.body, entry.at) == ("bela", RUN, "2026-05-05T10:00:00+00:00")


def test_who_may_only_look_is_told_so_and_nothing_is_kept(client: TestClient, workspace: Workspace) -> None:
    status, why = asked(client, "anna", "POST", RESUME)
    assert (status, why) == (403, "You may look, not change.")
    assert workspace.store.noted() == []


def test_a_role_may_come_from_a_group(client: TestClient) -> None:
    groups = {"X-Reviewflow-Groups": "staff, officers"}
    assert asked(client, "carl", "POST", RESUME, **groups) == (204, "")
    assert asked(client, "", "GET", "/runs", **groups)[0] == 403


def test_somebody_else_waits_until_the_first_answer_is_through(client: TestClient) -> None:
    assert asked(client, "bela", "POST", RESUME)[0] == 204
    status, why = asked(client, "carl", "POST", RESUME, **{"X-Reviewflow-Groups": "officers"})
    assert status == 409
    assert "in a minute" in why


@pytest.mark.parametrize("shown", ["", "guessed", SHOWN + "x", "é"])
def test_nobody_but_the_proxy_is_answered(client: TestClient, shown: str) -> None:
    gate = {"X-Reviewflow-Gate": shown.encode("latin-1")}
    status, _ = asked(client, "bela", "GET", "/runs", **gate)
    assert status == 403


@pytest.mark.parametrize("user", ["", " ", "carl", "Anna"])
def test_whoever_has_no_role_is_not_let_through(client: TestClient, user: str) -> None:
    assert asked(client, user, "GET", "/runs")[0] == 403


def test_an_answer_is_not_let_through_when_it_cannot_be_kept(tmp_path: Path) -> None:
    def nothing():
        raise OSError

    roles = tmp_path / "roles.yaml"
    roles.write_text("officers: [bela]\n", encoding="utf-8")
    client = TestClient(make_gate(Gate(nothing, roles, tmp_path, SHOWN, lambda: at(5))), raise_server_exceptions=False)
    assert asked(client, "bela", "POST", RESUME)[0] == 503
    roles.unlink()
    assert asked(client, "bela", "GET", "/runs")[0] == 503


def test_a_secret_is_needed_and_long_enough() -> None:
    assert gate_secret({SECRET: SHOWN}) == SHOWN
    for given in ({}, {SECRET: "short"}):
        with pytest.raises(UserError, match="at least 32"):
            gate_secret(given)


def test_the_board_is_handed_to_the_proxy_alone(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("The board", encoding="utf-8")
    assert client.get("/board/").status_code == 403
    shown = {"X-Reviewflow-Gate": SHOWN}
    assert client.get("/board/", headers=shown).text == "The board"
    assert client.get("/board/../roles.yaml", headers=shown).status_code == 404
    assert client.get("/board/%2e%2e/x", headers=shown).status_code == 404
