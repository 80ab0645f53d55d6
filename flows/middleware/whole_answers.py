"""An answer that is kept back until the whole of it is there, and sent on changed."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Change = Callable[[bytes, MutableHeaders], bytes]
"""The body that is sent in place of another; it may write the headers too. The length follows by itself."""


async def answer_changed(app: ASGIApp, scope: Scope, receive: Receive, send: Send, change: Change) -> None:
    """Answer as the application does, but for what is changed."""
    begun: Message = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        nonlocal begun
        if message["type"] == "http.response.start":
            begun = message
            return
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            headers = MutableHeaders(scope=begun)
            body = change(b"".join(parts), headers)
            if scope["method"] != "HEAD":
                headers["content-length"] = str(len(body))
            await send(begun)
            await send({"type": "http.response.body", "body": body})

    await app(scope, receive, keep)


def without(scope: Scope, *names: bytes) -> Scope:
    """What was asked, without these headers: an answer that is packed could not be read."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in names]}
