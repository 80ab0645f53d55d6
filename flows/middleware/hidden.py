"""What Prefect shows of its own settings, without the passwords that stand in addresses there.

Prefect hides that of its database by itself; that of Redis or Valkey it shows to everybody who may look at its pages.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from flows.middleware.whole_answers import answer_changed, without

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
        await answer_changed(self._app, without(scope, b"accept-encoding"), receive, send, _hide)


def _hide(body: bytes, _: MutableHeaders) -> bytes:
    return IN_ADDRESS.sub(b"********@", body)
