"""Scripts and styles of Prefect's pages, packed once and not anew for each browser.

To pack the largest takes the server a quarter of a second, in which it answers nobody else. Their names change with
what stands in them, so that what was packed stays right for as long as the server runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PLACE = "/assets/"
PACKED = "gzip"


class PackedOnce:
    """An ASGI application that keeps what it packed; where nothing is to be packed, it is the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, Sequence[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application; a browser that asks whether what it has is still right is told so by that."""
        if not _may_be_packed(scope):
            await self._app(scope, receive, send)
        elif kept := self._kept.get(scope["path"]):
            for message in kept:
                await send(dict(message))
        else:
            await self._pack(scope, receive, send)

    async def _pack(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: list[Message] = []

        async def note(message: Message) -> None:
            answer.append(dict(message))
            await send(message)

        await self._app(scope, receive, note)
        if _is_whole_and_packed(answer):
            self._kept[scope["path"]] = answer


def _may_be_packed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or PLACE not in scope["path"]:
        return False
    asked = Headers(scope=scope)
    wanted = [each.strip() for each in asked.get("accept-encoding", "").split(",")]
    return PACKED in wanted and not {"if-none-match", "if-modified-since", "range"} & {*asked.keys()}


def _is_whole_and_packed(answer: Sequence[Message]) -> bool:
    """Whether a file was found, and was packed to its end."""
    begun, ended = answer[0], answer[-1]
    is_found = begun["type"] == "http.response.start" and begun["status"] == HTTPStatus.OK
    return is_found and Headers(raw=begun["headers"]).get("content-encoding") == PACKED and not ended.get("more_body")
