"""What is said while the database of Prefect's server does not answer: 503, and when to come again.

Prefect itself answers 500 and "Internal Server Error" where it finds no connection. Nothing has been begun then.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse

AGAIN = "10"
"""Seconds after which to ask again: a server of PostgreSQL that is started anew takes about as long."""
WORDS = (
    "Prefect's database does not answer, so nothing can be shown and nothing was recorded. Please open this page anew "
    "in a minute. No case is lost: they are kept apart from Prefect."
)
_HEADERS = {"Retry-After": AGAIN, "Cache-Control": "no-store"}
AWAY = JSONResponse({"detail": WORDS}, HTTPStatus.SERVICE_UNAVAILABLE, _HEADERS)
AWAY_PAGE = HTMLResponse(
    f'<!doctype html><html lang="en"><title>Please come again in a minute</title><h1>Please come again in a minute</h1>'
    f"<p>{WORDS}</p></html>",
    HTTPStatus.SERVICE_UNAVAILABLE,
    _HEADERS,
)


def is_away(error: Exception) -> bool:
    """Whether what failed is that there was no line to the database: refused, no such name, or no answer in time."""
    return isinstance(error, OSError) and error.filename is None
