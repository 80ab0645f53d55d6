"""Prefect's server behind a door of ours: `python -m flows.server --host 127.0.0.1 --port 4200`.

Prefect asks for the password itself, but answers whatever site sent the browser and whatever name it was called by. The
door refuses both, and tells browsers to load nothing from elsewhere. What the server is too busy for it asks again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Collection
from http import HTTPStatus

import uvicorn
from prefect.server.api.server import create_app
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.middleware.away import AWAY, is_away
from flows.middleware.hidden import PasswordsHidden
from flows.middleware.lasting_addresses import LastingAddresses
from flows.middleware.lists_open import ListsOpen
from flows.middleware.log_lines import log_options
from flows.middleware.no_room import NO_ROOM, is_for_want_of_room
from flows.middleware.one_writer import OneWriter, is_on_sqlite
from flows.middleware.packed_once import PackedOnce
from flows.middleware.pages import pages_at_home
from flows.middleware.uncounted import Uncounted
from flows.middleware.whole_body import whole_or_refused
from flows.services import begin_again
from reviewflow.cli.logs import begin_logs
from reviewflow.cli.server.parent import end_with_parent
from reviewflow.web.guard import given_again

ONLY_OURS = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets}; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""What the pages of Prefect may load, and from where: a site that counts visitors is not asked.

Without 'unsafe-eval' Prefect's drawing of a run fails, and the rest of the page with it.
"""
BUSY_WAITS = (0.25, 0.5, 1, 2, 4, 8)
"""Seconds before each further try. On SQLite the server has one writer at a time, and answers 503 to the others."""
STILL_BUSY = "The server is busy. Nothing was recorded: please press the button again in a minute."


class RequestAttempt:
    """One try of a request whose body was read already.

    An answer that the server is busy is kept back, and one that it failed until it is known why.
    """

    def __init__(self, body: bytes, receive: Receive, send: Send) -> None:
        self.receive, self._send = given_again(body, receive), send
        self.busy = self.failed = self.begun = False
        self._failure: list[Message] = []

    async def send(self, message: Message) -> None:
        """On to the browser, unless the server is busy or failed."""
        if message["type"] == "http.response.start":
            self.busy = message["status"] == HTTPStatus.SERVICE_UNAVAILABLE
            self.failed = message["status"] == HTTPStatus.INTERNAL_SERVER_ERROR
        if self.failed:
            self._failure.append(message)
        elif not self.busy:
            self.begun = True
            await self._send(message)

    async def tell_failure(self) -> None:
        """What was kept back of an answer that the server failed."""
        for message in self._failure:
            await self._send(message)


class SignedInBefore:
    """Has Prefect's pages ask for no password: a proxy has asked who it is, and gives Prefect's password itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application; all but the settings of the pages goes through as it is."""
        if scope["type"] != "http" or not scope["path"].endswith("/ui-settings"):
            await self._app(scope, receive, send)
            return
        plain = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        parts: list[Message] = []

        async def keep(message: Message) -> None:
            parts.append(message)

        await self._app({**scope, "headers": plain}, receive, keep)
        start, body = parts[0], b"".join(part.get("body", b"") for part in parts[1:])
        if start["status"] == HTTPStatus.OK:
            await JSONResponse({**json.loads(body), "auth": None})(scope, receive, send)
            return
        for part in parts:
            await send(part)


class OwnPagesOnly:
    """Lets through what names this server and comes from its own pages, or from no page at all; others get 403."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._origins = frozenset(f"http://{host}" for host in hosts)
        policy = ONLY_OURS.format(sockets=" ".join(f"ws://{host}" for host in sorted(hosts)))
        self._headers = {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application; a socket that is refused is told 403 too."""
        if scope["type"] == "lifespan" or self._is_welcome(Headers(scope=scope)):
            await self._patiently(scope, receive, self._with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = JSONResponse({"detail": "Asked for under another name, or by another site."}, 403)
            await refusal(scope, receive, send)

    async def _patiently(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask again what was refused because the server was busy, so that no person has to; in the end say so."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        body = await whole_or_refused(scope, receive, send)
        if body is None:
            return
        for wait in BUSY_WAITS:
            attempt = RequestAttempt(body, receive, send)
            try:
                await self._app({**scope, "state": dict(scope.get("state", {}))}, attempt.receive, attempt.send)
            except Exception as error:  # Starlette answers a failure and then raises it, for the log
                if is_for_want_of_room(error) and not attempt.begun:
                    await NO_ROOM(scope, receive, send)
                    return
                if attempt.failed and is_away(error):
                    await AWAY(scope, receive, send)
                    return
                if not attempt.busy:
                    await attempt.tell_failure()
                    raise
            if not attempt.busy:
                await attempt.tell_failure()
                return
            await asyncio.sleep(wait)
        await JSONResponse({"detail": STILL_BUSY}, HTTPStatus.SERVICE_UNAVAILABLE)(scope, receive, send)

    def _is_welcome(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return headers.get("host", "").lower() in self._hosts and (origin is None or origin in self._origins)

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        return send_with_headers


def main() -> None:
    """Serve until stopped, on this address only; the settings are those of Prefect's environment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--behind-a-proxy", action="store_true", help="which has asked who it is")
    parser.add_argument("--no-services", action="store_true", help="they run elsewhere, in a process of their own")
    chosen = parser.parse_args()
    begin_again()
    end_with_parent(os.environ)
    hosts = [f"{name}:{chosen.port}" for name in (chosen.host, "localhost")]
    with pages_at_home():  # to the end: Prefect's services ask for an app by these settings, and get this one
        server: ASGIApp = create_app(final=True, webserver_only=chosen.no_services)
        if is_on_sqlite(os.environ):
            server = OneWriter(server)
        app: ASGIApp = LastingAddresses(ListsOpen(Uncounted(PackedOnce(PasswordsHidden(server)))))
        served = OwnPagesOnly(SignedInBefore(app) if chosen.behind_a_proxy else app, hosts)
        options = log_options(as_json=begin_logs(os.environ))
        uvicorn.run(served, host=chosen.host, port=chosen.port, log_level="warning", **options)


if __name__ == "__main__":
    main()
