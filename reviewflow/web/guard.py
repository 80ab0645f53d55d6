"""What stands before every page: what is too long, too often or asked under another name is refused; headers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewflow.web.rates import Counter

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cache-Control": "no-store",
}
STATIC = "/static/"
"""What looks the same for everybody, and may be kept for an hour."""
REFUSED = 400
MOST_BYTES = 200_000
"""Of a form: a hundred lines of a table with a note each."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often somebody may ask: from one address of the network, by one address of a letter."""

    per_client: str = "300/minute"
    per_address: str = "120/minute"


class Guard:
    """An ASGI application around the pages."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], rates: Rates, *, secure: bool) -> None:
        self._app, self._hosts = app, frozenset(hosts)
        self._clients, self._addresses = Counter(rates.per_client), Counter(rates.per_address)
        self._headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what may ask; others are told in a line."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, self._with_headers(send))
            return
        try:
            body = await read_whole(receive, MOST_BYTES)
        except ConnectionAbortedError:
            return
        if body is None:
            await PlainTextResponse("This is too long.", 413)(scope, receive, self._with_headers(send))
            return
        await self._app(scope, given_again(body, receive), self._with_headers(send, scope["path"]))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("Asked for under another name.", 400)
        client = (scope.get("client") or ("",))[0]
        if not self._clients.may(client) or not self._may(scope["path"]):
            return PlainTextResponse(
                "Too many at once. Please wait a minute and try again.", 429, {"Retry-After": "60"}
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return PlainTextResponse("This is too long.", 413)
        return None

    def _may(self, path: str) -> bool:
        """Whether the pages of one address of a letter may be asked for once more; what is no such page always may."""
        _, kind, *rest = f"{path}/".split("/")
        return kind not in {"a", "r"} or self._addresses.may(rest[0][:64])

    def _with_headers(self, send: Send, path: str = "") -> Send:
        cached = {"Cache-Control": "max-age=3600"} if path.startswith(STATIC) else {}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers | (cached if message["status"] < REFUSED else {}))
            await send(message)

        return send_with_headers


async def read_whole(receive: Receive, most: int) -> bytes | None:
    """What was sent; None when it is more than so many bytes.

    Raises ConnectionAbortedError when its sender goes before the end.
    """
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionAbortedError
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def given_again(body: bytes, receive: Receive) -> Receive:
    """What says the body as a whole, then what else its sender says."""
    waiting = [body]

    async def give() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return give
