"""One change at a time for Prefect's server on SQLite, which lets one write and answers 503 to the others.

They wait for their turn here, in the order in which all of what they sent was there: who sends slowly keeps nobody.
What only reads waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from flows.middleware.whole_body import whole_or_refused
from reviewflow.web.gate.table import only_reads
from reviewflow.web.guard import given_again

DATABASES = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL")
SQLITE = "sqlite"
API = "/api/"


class OneWriter:
    """An ASGI application in which one request at a time changes something."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application, once those who came before have changed what they wanted to.

        What never comes to its end changes nothing: its sender has gone.
        """
        if scope["type"] != "http" or not scope["path"].startswith(API) or only_reads(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        body = await whole_or_refused(scope, receive, send)
        if body is None:
            return
        async with self._turn:
            await self._app(scope, given_again(body, receive), send)


def is_on_sqlite(environ: Mapping[str, str]) -> bool:
    """Whether Prefect's database, as the environment names it, is SQLite, which it is where none is named."""
    named = next((environ[name] for name in DATABASES if environ.get(name)), SQLITE)
    return named.startswith(SQLITE)
