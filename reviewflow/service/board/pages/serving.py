"""The written board shown to this machine alone: pages are read, nothing can be asked for but a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

LOOPBACK = "127.0.0.1"
PORT = 4280
_PAGE = re.compile(r"/(?:(?P<page>[a-z]+\.html)|case/(?P<case>[A-Z0-9][A-Z0-9-]*\.html))?")
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""The policy of what a page may load stands in each page itself, because only the page knows its style."""
GONE = b"<!doctype html><html lang=en-GB><title>No such page</title><h1>No such page</h1><p><a href=/>Today</a>"


def page_file(folder: Path, asked: str) -> Path | None:
    """The file of a page that is asked for by its path; None for everything else, such as a list of the folder."""
    match = _PAGE.fullmatch(asked.partition("?")[0])
    if match is None:
        return None
    place = folder / "case" / match["case"] if match["case"] else folder / (match["page"] or "index.html")
    return place if place.is_file() else None


def board_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of this machine alone, ready for `serve_forever`; port 0 takes any that is free.

    Raises OSError when the port is taken.
    """
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Pages, folder))


class _Pages(BaseHTTPRequestHandler):
    server_version, sys_version = "reviewflow", ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, folder: Path, *rest: Any) -> None:
        self.folder = folder
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        place = page_file(self.folder, self.path) if host in {LOOPBACK, "localhost"} else None
        status, body = (HTTPStatus.OK, place.read_bytes()) if place else (HTTPStatus.NOT_FOUND, GONE)
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": "text/html; charset=utf-8"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Who looked at which case is nobody's business."""
