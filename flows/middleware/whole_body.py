"""What a browser or worker sends, read to its end before anything is done with it: who sends slowly keeps nobody."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import Message, Receive

MOST_BYTES = 16_000_000
"""Of one request. The longest of ours are pages of all cases, about a thousand bytes a case."""
TOO_LONG = JSONResponse({"detail": f"This is longer than {MOST_BYTES:,} bytes. Nothing was recorded."}, 413)


async def read_whole(receive: Receive) -> bytes | None:
    """What was sent; None when it is too long. Raises ConnectionAbortedError when its sender goes before the end."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionAbortedError
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def given_again(body: bytes, receive: Receive) -> Receive:
    """What says the body as a whole, then what else the browser says."""
    waiting = [body]

    async def give() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return give
