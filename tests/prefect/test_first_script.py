"""A script stands first in each page of Prefect's, and nothing else is touched; what it does a browser shows."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from flows.middleware import lists_open, uncounted
from flows.middleware.lists_open import ListsOpen
from flows.middleware.uncounted import Uncounted

PAGE = "<!DOCTYPE html><html><head><title>Prefect</title></head><body></body></html>"


def asked(path: str, method: str = "GET") -> tuple[httpx.Response, set[bytes]]:
    seen: set[bytes] = set()

    async def halves() -> AsyncIterator[str]:
        yield PAGE[:20]
        yield PAGE[20:]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.update(name for name, _ in scope["headers"])
        length = {"content-length": str(len(PAGE))}
        told = (
            Response("", headers=length) if scope["method"] == "HEAD" else StreamingResponse(halves(), headers=length)
        )
        await told(scope, receive, send)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(ListsOpen(Uncounted(app)))
        async with httpx.AsyncClient(transport=transport, base_url="http://h") as client:
            return await client.request(method, path, headers={"If-None-Match": '"before"'})

    return asyncio.run(ask()), seen


RUN = "runs/flow-run/00000000-0000-0000-0000-000000000000"
NEWER = dict.fromkeys(["/v2", "/v2/", "/v2/runs", f"/v2/{RUN}"], uncounted.SCRIPT)
OLDER = dict.fromkeys(["/", "/runs", f"/{RUN}", "/v2x", "/apiary"], lists_open.SCRIPT)


@pytest.mark.parametrize(("path", "script"), [*NEWER.items(), *OLDER.items()])
def test_the_script_is_the_first_thing_of_a_page(path: str, script: bytes) -> None:
    reply, seen = asked(path)
    assert reply.text == PAGE.replace("<head>", f"<head>{script.decode()}")
    assert int(reply.headers["content-length"]) == len(reply.content)
    assert reply.headers["cache-control"] == "no-store"
    assert not {b"if-none-match", b"accept-encoding"} & seen


@pytest.mark.parametrize("path", ["/assets/index-1.js", "/v2/assets/index-1.js", "/favicon.ico", "/api/health"])
def test_anything_else_goes_through_as_it_is(path: str) -> None:
    reply, seen = asked(path)
    assert reply.text == PAGE
    assert b"if-none-match" in seen


def test_who_asks_for_the_head_alone_gets_it() -> None:
    reply, _ = asked("/v2/runs", "HEAD")
    assert (reply.status_code, reply.content) == (200, b"")
