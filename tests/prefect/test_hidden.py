"""Passwords in addresses are taken out of what Prefect says of its settings, and nothing else of it is touched."""

import asyncio

import httpx
import pytest
from starlette.responses import JSONResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from flows.middleware.hidden import PasswordsHidden


def answer(body: str, path: str = "/api/admin/settings", *, parts: int = 1) -> str:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert parts == 1 or (b"accept-encoding" not in dict(scope["headers"]))
        length = -(-len(body) // parts)
        pieces = (body[at : at + length] for at in range(0, len(body), length))
        await StreamingResponse(_each(pieces), media_type="application/json")(scope, receive, send)

    async def _each(pieces):
        for piece in pieces:
            yield piece

    async def ask() -> str:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(PasswordsHidden(app)), base_url="http://h"
        ) as client:
            reply = await client.get(path)
            assert path == "/api/runs" or int(reply.headers["content-length"]) == len(reply.content)
            return reply.text

    return asyncio.run(ask())


@pytest.mark.parametrize("parts", [1, 7])
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('{"url": "redis://:secret@h/1"}', '{"url": "redis://********@h/1"}'),
        ('{"url": "postgresql+asyncpg://u:p%40@w@h:5432/d"}', '{"url": "postgresql+asyncpg://********@h:5432/d"}'),
        ('{"a": "http://h:80/x", "b": "me@example.org:9"}', '{"a": "http://h:80/x", "b": "me@example.org:9"}'),
        ('{"a": "http://h:1", "b": "redis://u:s@h"}', '{"a": "http://h:1", "b": "redis://********@h"}'),
    ],
)
def test_a_password_in_an_address_is_hidden(said: str, shown: str, parts: int) -> None:
    assert answer(said, parts=parts) == shown


def test_other_pages_go_through_as_they_are() -> None:
    assert answer('{"url": "redis://:secret@h/1"}', "/api/runs") == '{"url": "redis://:secret@h/1"}'


def test_a_refusal_goes_through() -> None:
    async def ask() -> httpx.Response:
        app = PasswordsHidden(JSONResponse({"exception_message": "Unauthorized"}, 401))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://h") as client:
            return await client.get("/api/admin/settings")

    reply = asyncio.run(ask())
    assert (reply.status_code, reply.json()) == (401, {"exception_message": "Unauthorized"})
