"""What people do in Prefect goes through the gate itself: it reads what was sent, and passes on what it has read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from ssl import SSLContext

import httpx

from reviewflow.web.gate.bodies import UNREADABLE, read_body, refuse_answer, refuse_begin, refuse_check

PATIENCE = 60.0
"""Seconds for Prefect's answer, which waits itself while its database is busy."""
AWAY = "Prefect does not answer, so nothing was recorded. Please press the button again in a minute."
BROKE_OFF = (
    "Prefect is out of order. Open this page anew in a minute and look whether what you sent has arrived, before you "
    "press the button again."
)
"""Whether it was recorded nobody can tell: Prefect was asked, and gave no word of its own."""
_VERSION = re.compile(r"[0-9.]{1,20}")


@cache
def trusted() -> SSLContext:
    """Whose certificates count: read once, as that takes longer than to ask."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class ProxiedRequest:
    """What somebody asks to be done: where, and what was sent."""

    path: str
    headers: Mapping[str, str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class PrefectBehindGate:
    """Prefect's API, past the proxy. Its password is with each request: the proxy shows it, the gate keeps none."""

    url: str

    def refusal(self, asked: ProxiedRequest) -> str:
        """Why this is not passed on as a person's; '' when it is. Raises httpx.HTTPError when Prefect is away."""
        try:
            body = read_body(asked.raw)
        except ValueError:
            return UNREADABLE
        match asked.path.split("/")[2:]:
            case ["flow_runs", _, "resume"]:
                return refuse_answer(body)
            case ["deployments", deployment, "create_flow_run"]:
                return refuse_begin(body, self._deployment(deployment, asked))
            case _:
                return refuse_check(body)

    def pass_on(self, asked: ProxiedRequest) -> tuple[int, bytes]:
        """Prefect's status and JSON. Raises httpx.HTTPError when Prefect is away, ValueError when no JSON was sent."""
        body = read_body(asked.raw)
        written = b"" if body is None else json.dumps(body, allow_nan=False).encode()
        return self._ask("POST", asked, asked.path, written)

    def _deployment(self, deployment: str, asked: ProxiedRequest) -> Mapping[str, object]:
        status, answer = self._ask("GET", asked, f"/api/deployments/{deployment}", b"")
        read = json.loads(answer) if status == HTTPStatus.OK else {}
        return read if isinstance(read, dict) else {}

    def _ask(self, method: str, asked: ProxiedRequest, path: str, body: bytes) -> tuple[int, bytes]:
        kept = {"authorization": asked.headers.get("authorization", ""), "content-type": "application/json"}
        if _VERSION.fullmatch(version := asked.headers.get("x-prefect-api-version", "")):
            kept["x-prefect-api-version"] = version
        url = self.url.rstrip("/") + path.removeprefix("/api")
        with httpx.Client(timeout=PATIENCE, trust_env=False, verify=trusted()) as client:
            answer = client.request(method, url, content=body, headers=kept)
        return answer.status_code, answer.content


def explains(answer: bytes) -> bool:
    """Whether an answer that something failed says so in words of ours; Prefect's own are for programs."""
    try:
        told = json.loads(answer)
    except ValueError:
        return False
    return isinstance(told, dict) and isinstance(told.get("detail"), str)
