"""The office's own sign-in in front, played by a stand-in for oauth2-proxy: what the gate is told by the real proxy."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from reviewflow.cli.server.ports import free_port
from tests.deploy.one_machine import SECRET, proxy, write_files

pytestmark = pytest.mark.timeout(120)
KNOWN = {"session=mona": ("mona@office.example", "managers,staff"), "session=empty": ("", "")}


class StandIn(BaseHTTPRequestHandler):
    """Provider, gate and Prefect in one: each by its path, with what the gate was told."""

    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]  # the proxy leaves the question behind it
        if path == "/oauth2/auth":
            user, groups = KNOWN.get(self.headers.get("Cookie", ""), (None, ""))
            self.send_response(401 if user is None else 202)
            if user:
                self.send_header("X-Auth-Request-Email", user)
                self.send_header("X-Auth-Request-Groups", groups)
            self.end_headers()
        elif path == "/may":
            self.asked.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(204 if self.headers.get("X-Reviewflow-User") else 403)
            self.end_headers()
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"{self.path} {self.headers.get('X-Reviewflow-User', 'nobody')}".encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("openid")
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stand_in = f"127.0.0.1:{server.server_port}"
    write_files(folder, "reviewflow:x", "sign-in-openid.caddy")
    site = f"http://127.0.0.1:{free_port()}"
    environment = {
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "REVIEWFLOW_OFFICE_SITE": site,
        "REVIEWFLOW_PUBLIC_URL": f"http://127.0.0.1:{free_port()}",
        "REVIEWFLOW_CADDY": str(folder),
        "CREDENTIALS_DIRECTORY": str(folder),
        **dict.fromkeys(("REVIEWFLOW_PREFECT", "REVIEWFLOW_GATE", "REVIEWFLOW_ANSWERS", "REVIEWFLOW_OPENID"), stand_in),
    }
    with proxy(folder, environment, folder / "caddy.log"):
        yield site
    server.shutdown()
    server.server_close()


def test_who_is_not_signed_in_is_sent_to_do_so(site: str) -> None:
    answer = httpx.get(f"{site}/runs?tag=x")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/oauth2/sign_in?rd={site}/runs?tag=x"
    asked_by_a_page = httpx.post(f"{site}/api/flow_runs/filter", json={})
    assert (asked_by_a_page.status_code, asked_by_a_page.json()["detail"][:12]) == (401, "Your sign-in")
    assert httpx.get(f"{site}/oauth2/start").text == "/oauth2/start nobody"


def test_the_gate_is_told_name_and_groups_and_prefect_neither(site: str) -> None:
    StandIn.asked.clear()
    forged = {"X-Reviewflow-User": "somebody", "X-Reviewflow-Groups": "machines", "X-Auth-Request-Email": "somebody"}
    answer = httpx.get(f"{site}/runs", headers={"Cookie": "session=mona", **forged})
    assert (answer.status_code, answer.text) == (200, "/runs nobody")
    [asked] = StandIn.asked
    assert asked["x-reviewflow-user"] == "mona@office.example"
    assert asked["x-reviewflow-groups"] == "managers,staff"
    assert asked["x-reviewflow-gate"] == SECRET
    assert (asked["x-forwarded-method"], asked["x-forwarded-uri"]) == ("GET", "/runs")


def test_a_provider_that_says_no_name_lets_nobody_in(site: str) -> None:
    StandIn.asked.clear()
    httpx.get(f"{site}/runs", headers={"Cookie": "session=empty", "X-Reviewflow-User": "somebody"})
    [asked] = StandIn.asked
    told = [asked.get(f"x-reviewflow-{what}", "") for what in ("user", "groups")]
    assert all(text == "" or text.startswith("{http.") for text in told), "what this Caddy writes for nothing"
