"""A request to Prefect's server read to its end before its turn comes: who sends slowly keeps nobody."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from reviewflow.web.guard import read_whole

MOST_BYTES = 16_000_000
"""Of one request. The longest of ours are pages of all cases, about a thousand bytes a case."""
TOO_LONG = JSONResponse({"detail": f"This is longer than {MOST_BYTES:,} bytes. Nothing was recorded."}, 413)


async def whole_or_refused(scope: Scope, receive: Receive, send: Send) -> bytes | None:
    """What was sent; None where nothing is to be done: it is too long, which is said, or its sender has gone."""
    try:
        body = await read_whole(receive, MOST_BYTES)
    except ConnectionAbortedError:
        return None
    if body is None:
        await TOO_LONG(scope, receive, send)
    return body
