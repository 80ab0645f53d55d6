"""The gate as the proxy asks it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import httpx
import pytest
from starlette.testclient import TestClient

from reviewflow.service.sign_ins.failed import BY, FAILED
from reviewflow.service.sign_ins.pressed import PRESSED
from reviewflow.service.sign_ins.refused import REFUSED
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from reviewflow.web.gate.app import OUT_OF_ORDER, SECRET, Gate, gate_secret, make_gate
from reviewflow.web.gate.passing_on import AWAY, BROKE_OFF, PrefectBehindGate
from tests.service.builders import at
from tests.web.gate.test_table import RUN
from tests.web.letters import TOY

SHOWN = "what-only-the-proxy-knows-in-these-tests"
RESUME = f"/api/flow_runs/{RUN}/resume"
BEGIN = f"/api/deployments/{RUN}/create_flow_run"
NOBODY_THERE = "http://127.0.0.1:9/api"


class Server(BaseHTTPRequestHandler):
    """A server that writes down what it is asked, and has one deployment."""

    taken: ClassVar[list[tuple[str, dict[str, str], object]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        kept = {name.lower(): text for name, text in self.headers.items()}
        self.taken.append((self.path, kept, json.loads(body) if body else None))
        self._answer({"status": "ACCEPT"})

    def do_GET(self) -> None:
        self._answer({"name": "open-case", "parameter_openapi_schema": {"properties": {"process": {}}}})

    def _answer(self, body: object) -> None:
        written = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def prefect() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Server.taken.clear()
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()


@pytest.fixture
def workspace(sqlite_url: str):
    store = open_store(sqlite_url)
    store.migrate()
    yield Workspace(store, TOY)
    store.close()


@pytest.fixture
def client(workspace: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    roles = tmp_path / "roles.yaml"
    written = "viewers: [anna]\nofficers: [bela, 'group:officers']\nmachines: [robot]\n"
    roles.write_text(written, encoding="utf-8")
    with prefect() as url:
        gate = Gate(lambda: nullcontext(workspace), roles, tmp_path, SHOWN, lambda: at(5), PrefectBehindGate(url))
        yield TestClient(make_gate(gate), raise_server_exceptions=False)


def asked(client: TestClient, user: str, method: str, uri: str, **more: str) -> tuple[int, str]:
    headers = {"X-Reviewflow-Gate": SHOWN, "X-Reviewflow-User": user}
    answer = client.get("/may", headers={**headers, "X-Forwarded-Method": method, "X-Forwarded-Uri": uri, **more})
    return answer.status_code, answer.json()["detail"] if answer.content else ""


def done(client: TestClient, user: str, uri: str, body: object = None, **more: str) -> tuple[int, str]:
    headers = {"X-Reviewflow-Gate": SHOWN, "X-Reviewflow-User": user, "Authorization": "Basic eDp5", **more}
    answer = client.post(uri, headers=headers, content=json.dumps(body) if body is not None else b"")
    return answer.status_code, answer.json().get("detail", "")


def test_who_looks_is_let_through_and_kept_nowhere(client: TestClient, workspace: Workspace) -> None:
    assert asked(client, "anna", "GET", "/runs") == (204, "")
    assert asked(client, "bela", "POST", "/api/flow_runs/filter") == (204, "")
    assert workspace.store.noted() == []


def test_who_answers_is_kept_before_the_answer_goes_on(client: TestClient, workspace: Workspace) -> None:
    assert done(client, "bela", RESUME, {"run_input": {"who": "B"}}) == (200, "")
    [entry] = workspace.store.noted(PRESSED)
    assert (entry.by, entry.body, entry.at) == ("bela", RUN, "2026-05-05T10:00:00+00:00")


def test_who_may_only_look_is_told_so_and_nothing_is_kept(client: TestClient, workspace: Workspace) -> None:
    status, why = done(client, "anna", RESUME)
    assert (status, why) == (403, "You may look, not change.")
    assert workspace.store.noted(PRESSED) == []


def test_a_role_may_come_from_a_group(client: TestClient) -> None:
    groups = {"X-Reviewflow-Groups": "staff, officers"}
    assert done(client, "carl", RESUME, **groups) == (200, "")
    assert asked(client, "", "GET", "/runs", **groups)[0] == 403


def test_somebody_else_waits_until_the_first_answer_is_through(client: TestClient) -> None:
    assert done(client, "bela", RESUME)[0] == 200
    status, why = done(client, "carl", RESUME, **{"X-Reviewflow-Groups": "officers"})
    assert status == 409
    assert "in a minute" in why


@pytest.mark.parametrize("shown", ["", "guessed", SHOWN + "x", "é"])
def test_nobody_but_the_proxy_is_answered(client: TestClient, shown: str) -> None:
    gate = {"X-Reviewflow-Gate": shown.encode("latin-1")}
    status, _ = asked(client, "bela", "GET", "/runs", **gate)
    assert status == 403
    assert done(client, "bela", RESUME, **gate) == (403, "Only the proxy asks here.")
    assert Server.taken == []


@pytest.mark.parametrize("user", ["", " ", "carl", "Anna"])
def test_whoever_has_no_role_is_not_let_through(client: TestClient, user: str) -> None:
    assert asked(client, user, "GET", "/runs")[0] == 403


def test_an_answer_is_not_let_through_when_it_cannot_be_kept(tmp_path: Path) -> None:
    def nothing():
        raise OSError

    roles = tmp_path / "roles.yaml"
    roles.write_text("officers: [bela]\n", encoding="utf-8")
    gate = Gate(nothing, roles, tmp_path, SHOWN, lambda: at(5), PrefectBehindGate(NOBODY_THERE))
    client = TestClient(make_gate(gate), raise_server_exceptions=False)
    assert done(client, "bela", RESUME) == (503, OUT_OF_ORDER)
    roles.unlink()
    assert asked(client, "bela", "GET", "/runs")[0] == 503


def test_what_people_do_is_not_let_past_the_reading_of_it(client: TestClient) -> None:
    for user in ("bela", "robot"):
        for act in (RESUME, BEGIN, "/api/ui/schemas/validate"):
            assert asked(client, user, "POST", act)[0] == 403
    assert Server.taken == []


def test_what_was_read_is_passed_on_and_nothing_that_came_with_it(client: TestClient, workspace: Workspace) -> None:
    more = {"Prefect-Automation-Id": RUN, "Cookie": "x=y", "X-Prefect-Api-Version": "0.8.4"}
    assert done(client, "bela", BEGIN, {"parameters": {"process": "A"}}, **more) == (200, "")
    [(path, headers, body)] = Server.taken
    assert (path, body) == (BEGIN, {"parameters": {"process": "A"}})
    assert headers["authorization"] == "Basic eDp5"
    assert headers["x-prefect-api-version"] == "0.8.4"
    assert not {"prefect-automation-id", "cookie", "x-reviewflow-gate", "x-reviewflow-user"} & set(headers)
    assert workspace.store.noted() == []


@pytest.mark.parametrize(
    ("uri", "body"),
    [
        (BEGIN, {"job_variables": {"command": "id"}}),
        (RESUME, {"run_input": {"who": {"__prefect_kind": "jinja", "template": "x"}}}),
        ("/api/ui/schemas/validate", {"schema": {"pattern": "(a+)+$"}, "values": {}}),
    ],
)
def test_a_body_that_no_form_sends_is_refused_and_kept_nowhere(
    client: TestClient, workspace: Workspace, uri: str, body: object
) -> None:
    status, why = done(client, "bela", uri, body)
    assert status == 403
    assert why
    assert (Server.taken, workspace.store.noted(PRESSED)) == ([], [])
    assert done(client, "robot", uri, body)[0] == 200


def test_a_refusal_is_written_down_with_the_name_and_nothing_that_was_sent(
    client: TestClient, workspace: Workspace
) -> None:
    for _ in range(3):
        done(client, "bela", BEGIN, {"job_variables": {"command": "something-secret"}})
    done(client, "anna", RESUME, {"run_input": {"who": "something-secret"}})
    done(client, "carl", RESUME)
    asked(client, "bela", "DELETE", f"/api/flow_runs/{RUN}")
    asked(client, "anna", "POST", "/api/block_documents/filter")
    entries = workspace.store.noted()
    written = [("bela", BEGIN), ("anna", RESUME), ("bela", f"/api/flow_runs/{RUN}")]
    assert [(entry.by, entry.body, entry.kind) for entry in entries] == [(*line, REFUSED) for line in written]


def test_a_sign_in_that_failed_is_counted_and_a_storm_of_them_cannot_fill_the_log(
    client: TestClient, workspace: Workspace
) -> None:
    for _ in range(300):
        assert client.get("/failed", headers={"X-Reviewflow-Gate": SHOWN}).status_code == 401
    entries = workspace.store.noted(FAILED)
    assert {entry.by for entry in entries} == {BY}
    assert [int(entry.body) for entry in entries] == [1, 2, 4, 8, 16, 32, 64, 128]
    assert client.get("/failed").status_code == 403  # none but the proxy tells


def test_when_prefect_is_away_it_is_said(workspace: Workspace, tmp_path: Path) -> None:
    roles = tmp_path / "roles.yaml"
    roles.write_text("officers: [bela]\n", encoding="utf-8")
    gate = Gate(lambda: nullcontext(workspace), roles, tmp_path, SHOWN, lambda: at(5), PrefectBehindGate(NOBODY_THERE))
    client = TestClient(make_gate(gate), raise_server_exceptions=False)
    assert done(client, "bela", RESUME) == (503, AWAY)
    assert done(client, "bela", BEGIN, {}) == (503, AWAY)


def test_when_prefect_fails_it_is_said_that_nobody_knows_what_was_recorded(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As without Valkey: whoever pressed Resume read "Internal Server Error"."""

    def fails(error: Exception | None, status: int, answer: bytes) -> tuple[int, str]:
        def pass_on(*_: object) -> tuple[int, bytes]:
            if error is not None:
                raise error
            return status, answer

        monkeypatch.setattr(PrefectBehindGate, "pass_on", pass_on)
        return done(client, "bela", RESUME)

    assert fails(None, 500, b"Internal Server Error") == (503, BROKE_OFF)
    assert fails(None, 500, b'{"exception_message": "Internal Server Error"}') == (503, BROKE_OFF)
    assert fails(httpx.ReadTimeout("slow"), 0, b"") == (503, BROKE_OFF)
    assert fails(httpx.RemoteProtocolError("cut"), 0, b"") == (503, BROKE_OFF)
    assert fails(httpx.ConnectTimeout("nobody"), 0, b"") == (503, AWAY)
    assert fails(None, 503, b'{"detail": "The server is busy."}') == (503, "The server is busy.")


def test_only_acts_are_done_here(client: TestClient) -> None:
    for path in (f"/api/flow_runs/{RUN}/set_state", "/api/flow_runs/filter", f"/api/flow_runs/x/%2e%2e/{RUN}/resume"):
        assert done(client, "bela", path, {})[0] == 403
    assert Server.taken == []


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
