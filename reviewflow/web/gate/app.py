"""The gate over HTTP: 204 lets a request through, anything else the proxy hands to whoever asked.

What people do, and not only look at, comes here itself and is passed on from here, because only so its body is read.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from reviewflow.service.sign_ins.failed import FailedSignIns
from reviewflow.service.sign_ins.pressed import note_pressed
from reviewflow.service.sign_ins.refused import note_refused
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.web.gate.bodies import UNREADABLE
from reviewflow.web.gate.passing_on import AWAY, BROKE_OFF, PrefectBehindGate, ProxiedRequest, explains
from reviewflow.web.gate.roles import SignInRole, read_roles, role_of
from reviewflow.web.gate.table import LOOKS, answered_run, is_act, may, path_of

SECRET = "REVIEWFLOW_GATE_SECRET"  # noqa: S105 - the name of the setting
SHORTEST = 32
UNKNOWN, FORBIDDEN, CONFLICT, UNAVAILABLE = 401, 403, 409, 503
NOT_THE_PROXY = "Only the proxy asks here."
NOBODY = "You are signed in, but nobody has said yet what you may do here. Please ask whoever looks after the machine."
LOOK_ONLY = "You may look, not change."
NOT_HERE = "This is not done here. Answer the form with Resume; to leave a form unanswered does no harm."
CROOKED = "This address could be read in two ways."
SOMEBODY_ELSE = "Somebody else has just answered this form. Look at it again in a minute."
ASKED_BY_PAGES = ("/filter", "/count")
"""What Prefect's pages ask by themselves, whoever looks at them: nobody has to be written down for that."""
OUT_OF_ORDER = "Nothing was recorded: who answers could not be kept. Please press the button again in a minute."


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate judges by."""

    open: Callable[[], AbstractContextManager[Workspace]]
    roles_file: Path
    board: Path
    secret: str = field(repr=False)
    clock: Callable[[], datetime]
    prefect: PrefectBehindGate
    lock: threading.Lock = field(default_factory=threading.Lock)
    failed: FailedSignIns = field(default_factory=FailedSignIns)

    def is_the_proxy(self, headers: Mapping[str, str]) -> bool:
        """Whether it is the proxy that asks."""
        return hmac.compare_digest(headers.get("x-reviewflow-gate", "").encode(), self.secret.encode())

    def judge(self, headers: Mapping[str, str]) -> tuple[int, str]:
        """The status and why: 204 when the request may go on as it is, which what has a body to be read may not."""
        method, path = headers.get("x-forwarded-method", ""), path_of(headers.get("x-forwarded-uri", ""))
        refused = self._refused(headers, method, path)
        if refused and method not in LOOKS and not (path or "").endswith(ASKED_BY_PAGES):
            self._written_down(headers, path or CROOKED)
        if not refused and is_act(method, path or ""):
            return FORBIDDEN, CROOKED
        return (FORBIDDEN, refused) if refused else (204, "")

    def act(self, headers: Mapping[str, str], uri: str, raw: bytes) -> tuple[int, bytes]:
        """What came of it: Prefect's answer, or why it was not asked. Who answers a form is kept before."""
        path = path_of(uri)
        try:
            refused = self._refused(headers, "POST", path) or self._body_refused(
                ProxiedRequest(path or "", headers, raw)
            )
            if refused:
                self._written_down(headers, path or CROOKED)
                return FORBIDDEN, _told(refused)
            if not self._kept(headers, answered_run("POST", path or "")):
                return CONFLICT, _told(SOMEBODY_ELSE)
            return self._passed_on(ProxiedRequest(path or "", headers, raw))
        except ValueError:
            return FORBIDDEN, _told(UNREADABLE)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return UNAVAILABLE, _told(AWAY)
        except httpx.HTTPError:
            return UNAVAILABLE, _told(BROKE_OFF)

    def _passed_on(self, asked: ProxiedRequest) -> tuple[int, bytes]:
        status, answer = self.prefect.pass_on(asked)
        failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR and not explains(answer)
        return (UNAVAILABLE, _told(BROKE_OFF)) if failed else (status, answer)

    def count_failed(self, headers: Mapping[str, str]) -> int:
        """A name and password were wrong, as the proxy tells: the status for whoever typed them."""
        if not self.is_the_proxy(headers):
            return FORBIDDEN
        with self.lock, self.open() as workspace:
            self.failed.count(workspace, now=self.clock())
        return UNKNOWN

    def _body_refused(self, asked: ProxiedRequest) -> str:
        if self._role(asked.headers) is SignInRole.MACHINE:
            return ""
        return self.prefect.refusal(asked) if is_act("POST", asked.path) else NOT_HERE

    def _written_down(self, headers: Mapping[str, str], path: str) -> None:
        """In the office's log: who was refused, and where; not what was sent. Strangers have no name to be written."""
        if self.is_the_proxy(headers) and self._role(headers) is not None:
            with self.lock, self.open() as workspace:
                note_refused(workspace, _user(headers), path, now=self.clock())

    def _refused(self, headers: Mapping[str, str], method: str, path: str | None) -> str:
        """Why this is not for whoever asks; '' when it is. `path` is None where it could be read in two ways."""
        if not self.is_the_proxy(headers):
            return NOT_THE_PROXY
        role = self._role(headers)
        if role is None:
            return NOBODY
        if path is None:
            return CROOKED
        return "" if may(role, method, path) else (LOOK_ONLY if role is SignInRole.VIEWER else NOT_HERE)

    def _role(self, headers: Mapping[str, str]) -> SignInRole | None:
        user, groups = _user(headers), headers.get("x-reviewflow-groups", "").split(",")
        return role_of(read_roles(self.roles_file), user, [group.strip() for group in groups]) if user else None

    def _kept(self, headers: Mapping[str, str], run_id: str) -> bool:
        """Whether this may go on: whoever answers a form is kept, unless somebody else is answering it."""
        if not run_id:
            return True
        with self.lock, self.open() as workspace:
            return note_pressed(workspace, run_id, _user(headers), now=self.clock())


def _user(headers: Mapping[str, str]) -> str:
    return headers.get("x-reviewflow-user", "").strip()


def _told(why: str) -> bytes:
    return json.dumps({"detail": why}).encode()


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

    @app.get("/failed")
    def failed(request: Request) -> Response:
        return Response(status_code=gate.count_failed(request.headers))

    @app.post("/api/{rest:path}")  # noqa: FAST003 - the path is read as it was written
    async def act(request: Request) -> Response:
        uri, raw = request.scope["raw_path"].decode("latin-1"), await request.body()
        status, answer = await run_in_threadpool(gate.act, request.headers, uri, raw)
        return Response(answer, status, media_type="application/json")

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
