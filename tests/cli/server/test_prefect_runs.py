"""A deployment that is run by hand waits for one that its schedule has just started."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.service.workspace.errors import UserError

LIMIT = "Deployment concurrency limit reached."


class Prefect(HTTPServer):
    """Answers as Prefect's API does; each run that is asked for ends as the next of `ends`, at its first look."""

    ends: list[tuple[str, str]]
    asked = 0


class Handler(BaseHTTPRequestHandler):
    server: Prefect

    def do_GET(self) -> None:
        if "/deployments/name/" in self.path:
            self._reply({"id": "d"})
        else:
            state, message = self.server.ends.pop(0)
            self._reply({"id": "r", "state_type": state, "state_name": state, "state": {"message": message}})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        self._reply({"id": "r", "state_type": "SCHEDULED", "state_name": "Scheduled", "state": {}})

    def _reply(self, content: object) -> None:
        data = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def address(prefect: Prefect) -> dict[str, str]:
    return {"PREFECT_API_URL": f"http://127.0.0.1:{prefect.server_port}", "PREFECT_API_AUTH_STRING": "reviewflow:x"}


@pytest.fixture
def prefect() -> Iterator[Prefect]:
    with Prefect(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_one_that_is_cancelled_for_another_is_asked_for_again(prefect: Prefect) -> None:
    prefect.ends = [("CANCELLED", LIMIT), ("COMPLETED", "")]
    run_deployment(address(prefect), "chase/chase")
    assert prefect.asked == 2


@pytest.mark.parametrize("end", [("CANCELLED", "by a person"), ("FAILED", "the mail server is down")])
def test_one_that_ends_otherwise_is_told(prefect: Prefect, end: tuple[str, str]) -> None:
    prefect.ends = [end]
    with pytest.raises(UserError, match=f"chase/chase ended as {end[0]}: {end[1]}"):
        run_deployment(address(prefect), "chase/chase")
    assert prefect.asked == 1
