"""A line for each request of the answer pages, for a machine: what kind of page, how it ended, how long it took."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewflow.cli.logs import Happening, PageKind, tell

KINDS: Mapping[str, PageKind] = {
    "a": PageKind.LETTER,
    "r": PageKind.REFERRAL,
    "static": PageKind.LOOKS,
    "health": PageKind.MONITOR,
    "ready": PageKind.MONITOR,
    "metrics": PageKind.MONITOR,
}
"""By the first part of the address; the rest of it opens a page, and is written nowhere."""
BROKEN = 500


class Logged:
    """An ASGI application that tells of each request once it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), BROKEN

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            page = KINDS.get(str(scope["path"]).split("/", 2)[1], PageKind.OTHER)
            tell(Happening.ANSWERED, page=page, status=status, milliseconds=round((time.monotonic() - began) * 1000))


def log_options(*, as_json: bool) -> dict[str, Any]:
    """What uvicorn is told, so that it leaves the logs as they were set where they are JSON."""
    return {"log_config": None} if as_json else {}
