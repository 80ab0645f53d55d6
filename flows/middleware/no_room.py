"""What is said when the disk under Prefect's server is full: 503, and that nothing was recorded."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse

WORDS = (
    "The disk of the server is full. Nothing was recorded: tell whoever looks after it to make room, then press the "
    "button again."
)
NO_ROOM = JSONResponse({"detail": WORDS}, HTTPStatus.SERVICE_UNAVAILABLE)
SAID_BY_OTHERS = ("disk is full", "no space left on device", "disk quota exceeded")
"""How SQLite, and PostgreSQL and the system, say that nothing more can be written: Prefect hands on words."""


def is_for_want_of_room(failure: BaseException) -> bool:
    """Whether what failed did so because the disk is full: it, what led to it, or one of what failed together."""
    if any(words in str(failure).lower() for words in SAID_BY_OTHERS):
        return True
    led_to_it = failure.__cause__ or failure.__context__
    together = failure.exceptions if isinstance(failure, BaseExceptionGroup) else ()
    return any(map(is_for_want_of_room, (*together, *filter(None, [led_to_it]))))
