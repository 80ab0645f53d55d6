"""Who may what, replayed against the real proxy, the real gate and a real Prefect."""

import json
import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from reviewflow.service.sign_ins.failed import failed_within_a_day
from reviewflow.service.sign_ins.pressed import PRESSED, note_pressed
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store import open_store
from tasks.forms.answers import signed_in
from tasks.server.prefect_api import FORM
from tests.deploy.one_machine import DEPLOY, OneMachine
from tests.web.gate.test_bodies import BEGUN_OTHERWISE, CODE, NEW_FORM, OLD_FORM, OLD_PAGES, SEED
from tests.web.gate.test_table import EVERYBODY_LOOKS, OFFICERS_DO, ONLY_MACHINES, RUN
from tests.web.letters import TOY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

HARDENING = DEPLOY.parents[1] / "docs" / "hardening.md"
SCHEMA = {"type": "object", "properties": {"who": {"type": "string"}}, "required": ["who"]}
IDENTITIES = {
    "X-Reviewflow-User": "mona",
    "X-Reviewflow-Groups": "managers",
    "X-Reviewflow-Gate": "guessed",
    "X-Auth-Request-Email": "mona",
    "X-Forwarded-Method": "GET",
    "X-Forwarded-Uri": "/runs",
    "X-Forwarded-User": "mona",
    "Remote-User": "mona",
}
"""What somebody sends who says that he is somebody else, and asks for something else."""


def deployment(prefect: httpx.Client, name: str = "change-a-case") -> str:
    flow = prefect.post("/flows/", json={"name": name}).json()["id"]
    asked = {"type": "object", "properties": {"reference": {"type": "string"}}}
    body = {"name": name, "flow_id": flow, "parameter_openapi_schema": asked, "enforce_parameter_schema": True}
    return str(prefect.post("/deployments/", json=body).json()["id"])


def begun(office: OneMachine) -> int:
    """How many runs there are."""
    with office.inside as prefect:
        return int(prefect.post("/flow_runs/count", json={}).text)


@pytest.fixture
def run(office: OneMachine) -> str:
    """A run that waits with a form."""
    with office.inside as prefect:
        run_id = prefect.post(f"/deployments/{deployment(prefect)}/create_flow_run", json={}).json()["id"]
        for key, value in ((FORM["schema"], SCHEMA), (FORM["description"], "Please answer.")):
            body = {"key": key, "value": httpx.Request("POST", "http://x", json=value).content.decode()}
            prefect.post(f"/flow_runs/{run_id}/input", json=body).raise_for_status()
        details = {"pause_reschedule": True, "pause_key": "form", "run_input_keyset": FORM}
        paused = {"type": "PAUSED", "name": "Waiting", "state_details": details}
        prefect.post(f"/flow_runs/{run_id}/set_state", json={"force": True, "state": paused}).raise_for_status()
    return str(run_id)


def statuses(office: OneMachine, user: str, asked: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], int]:
    with office.client(user) as client:
        return {
            (method, path): client.request(method, path, json=_body(method, path)).status_code for method, path in asked
        }


def _body(method: str, path: str) -> object:
    if path.endswith("/validate"):
        return {"schema": {}, "values": {}}
    return None if method in {"GET", "HEAD"} else {}


def test_nobody_gets_in_who_is_not_signed_in(office: OneMachine) -> None:
    everything = (*EVERYBODY_LOOKS, *OFFICERS_DO, *ONLY_MACHINES)
    assert set(statuses(office, "", everything).values()) == {401}
    with httpx.Client(base_url=office.site, auth=("mona", "guessed"), timeout=60) as guesses:
        assert guesses.get("/runs").status_code == 401
    assert set(statuses(office, "nobody", everything).values()) == {403}


def test_a_sign_in_that_failed_is_logged_with_from_where_and_nothing_else_is(office: OneMachine) -> None:
    log = office.folder / "caddy.log"
    before, store = len(access(log)), open_store(office.environment["REVIEWFLOW_DATABASE"])
    with httpx.Client(base_url=office.site, auth=("guesser", "guessed-word"), timeout=60) as guesses:
        told = guesses.get("/runs?secret=asked-for")
        assert (told.status_code, "www-authenticate" in told.headers) == (401, True)
        assert guesses.post("/api/flow_runs/filter", json={}).status_code == 401
    with office.client("") as stranger, office.client("vera") as vera:
        assert (stranger.get("/api/health").status_code, vera.get("/api/health").status_code) == (401, 200)
    lines = access(log)[before:]
    assert [(line["status"], line["request"]["remote_ip"]) for line in lines] == [(401, "127.0.0.1")] * 2
    assert not any(word in log.read_text() for word in ("guesser", "guessed-word", "asked-for", "Z3Vlc3Nlcj"))
    assert failed_within_a_day(Workspace(store, TOY), now=datetime.now(UTC)) >= 1
    store.close()


def test_fail2ban_reads_the_address_from_such_a_line(office: OneMachine) -> None:
    [regex] = re.findall(r"^failregex = (.*)$", HARDENING.read_text(encoding="utf-8"), re.MULTILINE)
    with httpx.Client(base_url=office.site, auth=("guesser", "guessed-word"), timeout=60) as guesses:
        guesses.get("/runs")
    [*_, line] = (line for line in (office.folder / "caddy.log").read_text().splitlines() if "http.log.access" in line)
    found = re.search(regex.replace("<HOST>", r"(?P<host>[0-9a-f.:]+)"), line)
    assert found
    assert found["host"] == "127.0.0.1"


def access(log: Path) -> list[dict[str, Any]]:
    """What the proxy has written down of what was asked."""
    return [json.loads(line) for line in log.read_text().splitlines() if '"http.log.access"' in line]


@pytest.mark.parametrize("user", ["vera", "olaf", "mona"])
def test_what_people_may_and_may_not(office: OneMachine, user: str) -> None:
    looks = statuses(office, user, EVERYBODY_LOOKS)
    assert not {401, 403, 502} & set(looks.values()), looks
    with office.inside as prefect:
        there = deployment(prefect)
    acts = statuses(
        office, user, tuple((method, path.replace(f"ments/{RUN}", f"ments/{there}")) for method, path in OFFICERS_DO)
    )
    assert {status == 403 for status in acts.values()} == {user == "vera"}, acts  # there is no such run to answer
    kept = statuses(office, user, ONLY_MACHINES)
    assert set(kept.values()) == {403}, kept


def test_machines_may_everything(office: OneMachine) -> None:
    assert 403 not in statuses(office, "sweeper", (*EVERYBODY_LOOKS, *OFFICERS_DO, *ONLY_MACHINES)).values()


def test_a_refusal_is_json_and_in_words(office: OneMachine, run: str) -> None:
    with office.client("vera") as vera:
        refused = vera.post(f"/api/flow_runs/{run}/resume", json={"run_input": {"who": "Vera"}})
    assert refused.headers["content-type"] == "application/json"
    assert refused.json() == {"detail": "You may look, not change."}


def test_who_answers_is_kept_as_the_proxy_knows_them(office: OneMachine, run: str) -> None:
    with office.client("olaf") as olaf:
        refused = olaf.post(f"/api/flow_runs/{run}/resume", json={"run_input": {}})
        assert refused.json()["status"] == "REJECT"
        with office.client("mona", **{"X-Reviewflow-User": "olaf"}) as mona:
            meanwhile = mona.post(f"/api/flow_runs/{run}/resume", json={"run_input": {"who": "Mona"}})
        assert meanwhile.status_code == 409
        taken = olaf.post(f"/api/flow_runs/{run}/resume", json={"run_input": {"who": "The Director"}})
    assert taken.json()["status"] == "ACCEPT"
    store = open_store(office.environment["REVIEWFLOW_DATABASE"])
    assert {entry.by for entry in store.noted(PRESSED, run)} == {"olaf"}
    workspace, secret = Workspace(store, TOY), office.environment["PREFECT_API_AUTH_STRING"]
    note_pressed(workspace, run, "mona", now=datetime.now(UTC) + timedelta(minutes=2))  # too late: Prefect refused her
    with temporary_settings({PREFECT_API_URL: office.environment["PREFECT_API_URL"], PREFECT_API_AUTH_STRING: secret}):
        assert signed_in(workspace, run) == "olaf"
    store.close()


def test_nobody_can_say_that_they_are_somebody_else(office: OneMachine, run: str) -> None:
    with office.client("vera", **IDENTITIES) as vera:
        assert vera.post(f"/api/flow_runs/{run}/resume", json={"run_input": {"who": "V"}}).status_code == 403
        assert vera.delete(f"/api/flow_runs/{run}").status_code == 403
    made = {"Prefect-Automation-Id": run, "Prefect-Automation-Name": "bW9uYQ=="}
    with office.inside as prefect:
        asks = deployment(prefect)
    with office.client("olaf", **made) as olaf:
        created = olaf.post(f"/api/deployments/{asks}/create_flow_run", json={}).json()
    assert created["created_by"] is None


def test_a_run_is_begun_as_the_forms_do_and_in_no_other_way(office: OneMachine) -> None:
    with office.inside as prefect:
        there, by_software = deployment(prefect), deployment(prefect, "sweep-share")
    before, begin = begun(office), f"/api/deployments/{there}/create_flow_run"
    with office.client("olaf") as olaf:
        for key, value in BEGUN_OTHERWISE.items():
            refused = olaf.post(begin, json={"parameters": {"reference": "X"}, key: value})
            assert (key, refused.status_code, refused.headers["content-type"]) == (key, 403, "application/json")
            assert refused.json()["detail"]
        assert olaf.post(f"/api/deployments/{by_software}/create_flow_run", json={}).status_code == 403
        plain = olaf.post(
            begin, content=b'{"job_variables": {"command": "id"}}', headers={"Content-Type": "text/plain"}
        )
        assert plain.status_code == 403
        assert begun(office) == before
        own = {"work_queue_name": None, "job_variables": {}}
        for form in (OLD_PAGES, {**OLD_FORM, **own}, {**NEW_FORM, **own}):
            assert olaf.post(begin, json=form).status_code == 201
    assert begun(office) == before + 3
    with office.client("sweeper") as sweeper:
        assert sweeper.post(begin, json={"labels": {"a": "b"}, "context": {"a": "b"}}).status_code == 201


def test_an_answer_holds_answers_and_no_template(office: OneMachine, run: str) -> None:
    with office.client("olaf") as olaf:
        for body in ({"run_input": {"who": SEED}}, {"run_input": {"who": "O"}, "state": {"type": "COMPLETED"}}, [1]):
            refused = olaf.post(f"/api/flow_runs/{run}/resume", json=body)
            assert (refused.status_code, refused.headers["content-type"]) == (403, "application/json")
        slow = {"schema": {"properties": {"a": {"pattern": "(a+)+$"}}}, "values": {"a": "a" * 40 + "!"}}
        assert olaf.post("/api/ui/schemas/validate", json=slow, timeout=20).status_code == 403
        checked = olaf.post("/api/ui/schemas/validate", json={"schema": SCHEMA, "values": {}}).json()
        assert checked["valid"] is False
    store = open_store(office.environment["REVIEWFLOW_DATABASE"])
    assert store.noted(PRESSED, run) == []
    store.close()


@pytest.mark.parametrize(
    "path",
    [
        "/api/deployments/{there}/create_flow_run/",
        "/api/deployments//{there}/create_flow_run",
        "/api/deployments/{there}/create%5fflow%5frun",
        "/api/deployments%2f{there}%2fcreate_flow_run",
        "/api/deployments/{there}/create_flow_run?x=/filter",
        "/api/deployments/x/../{there}/create_flow_run",
        "/API/deployments/{there}/create_flow_run",
        "/api/deployments/{there}/create_flow_run/bulk",
    ],
)
def test_by_no_crooked_address_does_a_body_get_past_unread(office: OneMachine, path: str) -> None:
    with office.inside as prefect:
        there = deployment(prefect)
    before = begun(office)
    written = httpx.Request("POST", "http://x", json={"job_variables": CODE}).content
    assert sent(office, path.format(there=there), written) in {"307", "400", "403", "404", "405"}
    assert begun(office) == before


def sent(office: OneMachine, path: str, body: bytes) -> str:
    """The status of what is written to the socket as it is: a client would straighten it."""
    at = urlsplit(office.site)
    token = httpx.BasicAuth("olaf", "a password of the tests")._auth_header
    request = (
        f"POST {path} HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=30) as connection:
        connection.sendall(request.encode() + body)
        return connection.recv(4096).decode().split()[1]


@pytest.mark.parametrize(
    "path",
    [
        "/api//flow_runs/{run}/set_state",
        "//api/flow_runs/{run}/set_state",
        "/api/flow_runs/filter/../{run}/set_state",
        "/api/flow_runs/filter/%2e%2e/{run}/set_state",
        "/api/flow_runs/{run}%2fset_state",
        "/api/flow_runs/{run}/set_state?x=/filter",
        "/api/flow_runs/{run}/set_state/filter",
        "/api/flow_runs/{run}/resume/../set_state",
        "/api/flow_runs/{run}/set_state#/resume",
        "/board/../api/flow_runs/{run}/set_state",
    ],
)
def test_no_crooked_address_gets_past(office: OneMachine, run: str, path: str) -> None:
    status = sent(office, path.format(run=run), b'{"state":{"type":"COMPLETED"}}')
    assert status in {"400", "403", "404"}
    with office.inside as prefect:
        assert prefect.get(f"/flow_runs/{run}").json()["state_type"] == "PAUSED"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_another_site_cannot_ask_with_somebodys_browser(office: OneMachine, run: str, origin: str) -> None:
    with office.client("olaf", Origin=origin) as olaf:
        refused = olaf.post(f"/api/flow_runs/{run}/resume", json={"run_input": {"who": "O"}})
    assert (refused.status_code, refused.json()["detail"]) == (403, "Asked for by another site.")
    with office.client("olaf", Origin=office.site) as olaf:
        assert olaf.post("/api/flow_runs/filter", json={}).status_code == 200


def test_pages_ask_for_no_second_password_and_no_other_host(office: OneMachine) -> None:
    with office.client("vera") as vera:
        settings = vera.get("/ui-settings")
        assert settings.json()["auth"] is None
        assert "http" not in settings.headers["content-security-policy"]
        assert len(settings.headers.get_list("content-security-policy")) == 1
        board = vera.get("/board", follow_redirects=True)
        assert "The board" in board.text
        [policy] = board.headers.get_list("content-security-policy")
        assert policy.startswith("default-src 'none'")
        assert "server" not in settings.headers


def test_what_the_office_shows_is_kept_nowhere_and_only_over_https(office: OneMachine) -> None:
    with office.client("vera") as vera:
        shown = [vera.get("/api/admin/version"), vera.post("/api/flow_runs/filter", json={}), vera.get("/board/")]
        assert [answer.headers.get_list("cache-control") for answer in shown] == [["no-store"]] * 3
        assert {answer.headers["strict-transport-security"] for answer in shown} == {"max-age=31536000"}


def test_letters_are_answered_beside_it_without_signing_in(office: OneMachine) -> None:
    outside = [
        httpx.get(f"{office.answers}/{path}", timeout=60).status_code
        for path in ("health", "ready", "metrics", "/metrics")
    ]
    assert outside == [404] * 4
    opens_nothing = httpx.get(f"{office.answers}/a/abcdefghijklmnopqrstuvwxyz", headers=IDENTITIES, timeout=60)
    assert opens_nothing.status_code == 404
    assert "opens nothing" in opens_nothing.text
    assert httpx.get(f"{office.answers}/api/flow_runs/filter", timeout=60).status_code == 404
