"""A page of Prefect's with a script of ours before any other of its own."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from flows.middleware.whole_answers import answer_changed, without

NEWER = "/v2"
UNASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since")
"""What a browser may not ask of a page: to be packed, or to be kept as it was."""
FIRST = b"<head>"


class FirstScript:
    """An ASGI application with `script` first in each page for whose path `has` holds.

    A page is kept back until the whole of it is there, anything else is passed on.
    """

    def __init__(self, app: ASGIApp, script: bytes, has: Callable[[str], bool]) -> None:
        self._app, self._script, self._has = app, script, has

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the application."""
        if scope["type"] != "http" or not self._has(scope["path"]):
            await self._app(scope, receive, send)
            return
        await answer_changed(self._app, without(scope, *UNASKED), receive, send, self._with_script)

    def _with_script(self, body: bytes, headers: MutableHeaders) -> bytes:
        headers["cache-control"] = "no-store"
        return body.replace(FIRST, FIRST + self._script, 1)


def is_newer(path: str) -> bool:
    """Whether it is a newer page of Prefect's, and no script, picture or font."""
    return (path == NEWER or path.startswith(f"{NEWER}/")) and _is_page(path)


def is_older(path: str) -> bool:
    """Whether it is an older page of Prefect's."""
    return path.split("/")[1] not in {"api", NEWER[1:]} and _is_page(path)


def _is_page(path: str) -> bool:
    return "." not in path.rpartition("/")[2]
