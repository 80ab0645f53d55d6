"""Addresses that stay of what Prefect has elsewhere tomorrow: of a case /case/RR-2026-001, of a page /page/today."""

from __future__ import annotations

import base64
import os
import re
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from flows.middleware.away import AWAY_PAGE
from flows.middleware.first_script import NEWER

ADDRESS = re.compile(r"/(case|page)/([A-Za-z0-9-]{1,60})/?")
SIGN_IN = "PREFECT_SERVER_API_AUTH_STRING"
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class _OutOfOrder(Exception):
    """Prefect's server cannot say, as when its database is away."""


class LastingAddresses:
    """Answers those; all else goes through as it is. To see where they lead one signs in to Prefect as always."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application."""
        address = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if address is None:
            await self._app(scope, receive, send)
            return
        kind, name = address.groups()
        try:
            path = await (self._case(name.upper()) if kind == "case" else self._page(name.lower()))
        except _OutOfOrder:
            await AWAY_PAGE(scope, receive, send)
            return
        await RedirectResponse(_pages(scope) + path, 302, {"Cache-Control": "no-store"})(scope, receive, send)

    async def _case(self, reference: str) -> str:
        """The run of the case that has not ended, or the last that has; where there is none a list of none."""
        wanted = {"flows": {"name": {"any_": ["case"]}}, "flow_runs": {"tags": {"all_": [reference]}}}
        runs = await self._found("/api/flow_runs/filter", {**wanted, "sort": "ID_DESC"})
        running = (run for run in runs if run["state_type"] not in ENDED)
        run = next(running, runs[0] if runs else None)
        return f"/runs/flow-run/{run['id']}" if run else f"/runs?tag={reference}"

    async def _page(self, key: str) -> str:
        """The page itself: by its key Prefect shows when it was written. Where there is none, the list of all."""
        pages = await self._found("/api/artifacts/latest/filter", {"artifacts": {"key": {"any_": [key]}}})
        return f"/artifacts/artifact/{pages[0]['latest_id']}" if pages else "/artifacts"

    async def _found(self, path: str, wanted: object) -> list[dict[str, Any]]:
        """What Prefect's server has of that; nothing where it may not say. Raises _OutOfOrder when it fails."""
        within = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=within, base_url="http://127.0.0.1") as server:
            answer = await server.post(path, json=wanted, headers=_sign_in())
        if answer.is_server_error:
            raise _OutOfOrder
        found: list[dict[str, Any]] = answer.json() if answer.is_success else []
        return found


def _pages(scope: Scope) -> str:
    """'/v2' where one of Prefect's newer pages leads here, so that who reads those stays among them."""
    came_from = urlsplit(Headers(scope=scope).get("referer", "")).path
    return NEWER if f"{came_from}/".startswith(f"{NEWER}/") else ""


def _sign_in() -> dict[str, str]:
    password = os.environ.get(SIGN_IN, "")
    return {"Authorization": f"Basic {base64.b64encode(password.encode()).decode()}"} if password else {}
