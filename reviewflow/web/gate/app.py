"""The gate over HTTP: 204 lets a request through, anything else the proxy hands to whoever asked."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from reviewflow.service.sign_ins.pressed import note_pressed
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.web.gate.roles import Role, read_roles, role_of
from reviewflow.web.gate.table import answered_run, may, path_of

SECRET = "REVIEWFLOW_GATE_SECRET"  # noqa: S105 - the name of the setting
SHORTEST = 32
FORBIDDEN, CONFLICT, UNAVAILABLE = 403, 409, 503
NOT_THE_PROXY = "Only the proxy asks here."
NOBODY = "You are signed in, but nobody has said yet what you may do here. Please ask whoever looks after the machine."
LOOK_ONLY = "You may look, not change."
NOT_HERE = "This is not done here. Answer the form with Resume; to leave a form unanswered does no harm."
CROOKED = "This address could be read in two ways."
SOMEBODY_ELSE = "Somebody else has just answered this form. Look at it again in a minute."
OUT_OF_ORDER = "Nothing was recorded: who answers could not be kept. Please press the button again in a minute."


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate judges by."""

    open: Callable[[], AbstractContextManager[Workspace]]
    roles_file: Path
    board: Path
    secret: str = field(repr=False)
    clock: Callable[[], datetime]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_the_proxy(self, headers: Mapping[str, str]) -> bool:
        """Whether it is the proxy that asks."""
        return hmac.compare_digest(headers.get("x-reviewflow-gate", "").encode(), self.secret.encode())

    def judge(self, headers: Mapping[str, str]) -> tuple[int, str]:
        """The status and why: 204 when the request may go on, kept before if it answers a form."""
        if not self.is_the_proxy(headers):
            return FORBIDDEN, NOT_THE_PROXY
        user = headers.get("x-reviewflow-user", "").strip()
        groups = [group.strip() for group in headers.get("x-reviewflow-groups", "").split(",")]
        role = role_of(read_roles(self.roles_file), user, groups) if user else None
        method, path = headers.get("x-forwarded-method", ""), path_of(headers.get("x-forwarded-uri", ""))
        if role is None:
            return FORBIDDEN, NOBODY
        if path is None:
            return FORBIDDEN, CROOKED
        if not may(role, method, path):
            return FORBIDDEN, LOOK_ONLY if role is Role.VIEWER else NOT_HERE
        return self._kept(user, answered_run(method, path)) or (204, "")

    def _kept(self, user: str, run_id: str) -> tuple[int, str] | None:
        if not run_id:
            return None
        with self.lock, self.open() as workspace:
            return None if note_pressed(workspace, run_id, user, now=self.clock()) else (CONFLICT, SOMEBODY_ELSE)


def make_gate(gate: Gate) -> FastAPI:
    """The application: /may judges, /board hands the proxy the pages that only this user can read."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, title="gate")

    @app.get("/health")
    def health() -> Response:
        return Response("up", media_type="text/plain")

    @app.get("/may")
    def ask(request: Request) -> Response:
        status, why = gate.judge(request.headers)
        return Response(status_code=status) if not why else JSONResponse({"detail": why}, status)

    pages = StaticFiles(directory=gate.board, html=True, check_dir=False)

    async def board(scope: Scope, receive: Receive, send: Send) -> None:
        shown = gate.is_the_proxy(Headers(scope=scope))
        refused = JSONResponse({"detail": NOT_THE_PROXY}, FORBIDDEN)
        await (pages if shown else refused)(scope, receive, send)

    app.mount("/board", board)

    @app.exception_handler(Exception)
    def broken(_: Request, __: Exception) -> Response:
        return JSONResponse({"detail": OUT_OF_ORDER}, UNAVAILABLE)

    return app


def gate_secret(environ: Mapping[str, str]) -> str:
    """What the proxy shows that it is the proxy; raises UserError when there is none, or a short one."""
    secret = environ.get(SECRET, "").strip()
    if len(secret) < SHORTEST:
        raise UserError(f"{SECRET} is to be a secret of at least {SHORTEST} characters that only the proxy knows.")
    return secret
