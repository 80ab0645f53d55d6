"""What Prefect shows of its own settings, without the passwords that stand in addresses there.

Prefect hides that of its database by itself; that of Redis or Valkey it shows to everybody who may look at its pages.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SETTINGS = "/api/admin/"
IN_ADDRESS = re.compile(rb"(?<=://)[^/@\s\"]*:[^/\s\"]*@")
"""'user:password@' after '://', up to the last @ before the host."""


class PasswordsHidden:
    """An ASGI application whose answers about settings hold no password in an address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application; the answer is kept back until the whole of it was looked through."""
        if scope["type"] != "http" or not scope["path"].startswith(SETTINGS):
            await self._app(scope, receive, send)
            return
        begun: Message = {}
        parts: list[bytes] = []

        async def keep(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = IN_ADDRESS.sub(b"********@", b"".join(parts))
                MutableHeaders(scope=begun)["content-length"] = str(len(body))
                await send(begun)
                await send({"type": "http.response.body", "body": body})

        await self._app(_as_it_is(scope), receive, keep)


def _as_it_is(scope: Scope) -> Scope:
    """Without leave to pack the answer, which could not be read then."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}
