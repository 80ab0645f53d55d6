"""An address of a case that stays: /case/RR-2026-001 leads to its run as it is today, which may be another tomorrow."""

from __future__ import annotations

import base64
import os
import re
from typing import Any

import httpx
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESS = re.compile(r"/case/([A-Za-z0-9-]{1,40})/?")
SIGN_IN = "PREFECT_SERVER_API_AUTH_STRING"
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class CasesByReference:
    """Answers that address; all else goes through as it is. To see the run one signs in to Prefect as always."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application."""
        address = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if address is None:
            await self._app(scope, receive, send)
            return
        reference = address[1].upper()
        run = await self._run_of(reference)
        path = f"/runs/flow-run/{run}" if run else f"/runs?tag={reference}"
        await RedirectResponse(path, 302, {"Cache-Control": "no-store"})(scope, receive, send)

    async def _run_of(self, reference: str) -> str:
        """The run of the case that has not ended, or the last that has; '' where there is none."""
        wanted = {"flows": {"name": {"any_": ["case"]}}, "flow_runs": {"tags": {"all_": [reference]}}}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://127.0.0.1") as server:
            answer = await server.post("/api/flow_runs/filter", json={**wanted, "sort": "ID_DESC"}, headers=_sign_in())
        runs: list[dict[str, Any]] = answer.json() if answer.is_success else []
        running = (run for run in runs if run["state_type"] not in ENDED)
        return str(next(running, runs[0] if runs else {"id": ""})["id"])


def _sign_in() -> dict[str, str]:
    password = os.environ.get(SIGN_IN, "")
    return {"Authorization": f"Basic {base64.b64encode(password.encode()).decode()}"} if password else {}
