"""What is shown to this machine: pages, and nothing else that lies in the folder or above it."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.service.board.pages.serving import HEADERS, LOOPBACK, board_server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    folder = tmp_path / "board"
    (folder / "case").mkdir(parents=True)
    for name in ("index.html", "case/RR-2026-001.html", "glances.json", "case/notes.txt"):
        (folder / name).write_text(f"this is {name}", encoding="utf-8")
    (tmp_path / "reviewflow.db").write_text("secret", encoding="utf-8")
    with board_server(folder, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.server_port
        server.shutdown()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, dict(answer.getheaders())


def test_pages_are_shown_with_headers_that_keep_them_here(port: int) -> None:
    status, body, headers = ask(port, "/")
    assert (status, body) == (200, "this is index.html")
    assert HEADERS.items() <= headers.items()
    assert ask(port, "/case/RR-2026-001.html")[:2] == (200, "this is case/RR-2026-001.html")
    assert ask(port, "/index.html", method="HEAD")[:2] == (200, "")


@pytest.mark.parametrize(
    "path",
    [
        "/glances.json",
        "/case/",
        "/case",
        "/case/notes.txt",
        "/../reviewflow.db",
        "/%2e%2e/reviewflow.db",
        "/case/../../reviewflow.db",
        "/nothing.html",
    ],
)
def test_nothing_else_is(port: int, path: str) -> None:
    status, body, _ = ask(port, path)
    assert status == 404
    assert "this is" not in body
    assert "secret" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_done_but_looking(port: int, method: str) -> None:
    assert ask(port, "/", method=method)[0] == 501


def test_a_page_elsewhere_that_names_itself_this_machine_gets_nothing(port: int) -> None:
    assert ask(port, "/", Host="board.example")[0] == 404
