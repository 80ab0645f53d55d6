"""A web service on the loopback that keeps what it is sent and answers as a test tells it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


@dataclass
class Web:
    answers: list[tuple[int, Any]] = field(default_factory=list)
    """The next answers; when none are left, 201 with an empty object."""
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    gets: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(web: Web) -> Iterator[Web]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form = self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            web.posts.append((self.path, dict(parse_qsl(body.decode())) if form else json.loads(body)))
            self._answer()

        def do_GET(self) -> None:
            web.gets.append(self.path)
            self._answer()

        def _answer(self) -> None:
            web.tokens.append(self.headers.get("Authorization", ""))
            status, answer = web.answers.pop(0) if web.answers else (201, {})
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
