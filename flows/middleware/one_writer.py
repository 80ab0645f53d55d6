"""One change at a time for Prefect's server on SQLite, which lets one write and answers 503 to the others.

They wait for their turn here, in the order in which they came. What only reads waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from reviewflow.web.gate.table import only_reads

DATABASES = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL")
SQLITE = "sqlite"
API = "/api/"


class OneWriter:
    """An ASGI application in which one request at a time changes something."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application, once those who came before have changed what they wanted to."""
        if scope["type"] != "http" or not scope["path"].startswith(API) or only_reads(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        async with self._turn:
            await self._app(scope, receive, send)


def is_on_sqlite(environ: Mapping[str, str]) -> bool:
    """Whether Prefect's database, as the environment names it, is SQLite, which it is where none is named."""
    named = next((environ[name] for name in DATABASES if environ.get(name)), SQLITE)
    return named.startswith(SQLITE)
