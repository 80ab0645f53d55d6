"""Whoever reaches the port without the password, or by way of somebody's browser: what they try, and what they get."""

import asyncio
import json
import socket
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
import websockets

ATTACKS = (
    ("GET", "/admin/settings"),
    ("POST", "/flow_runs/filter"),
    ("POST", "/artifacts/filter"),
    ("POST", "/logs/filter"),
    ("POST", "/events/filter"),
    ("POST", "/block_documents/filter"),
    ("POST", "/deployments/{chase}/create_flow_run"),
    ("POST", "/flow_runs/{run}/resume"),
    ("POST", "/flow_runs/{run}/set_state"),
    ("DELETE", "/flow_runs/{run}"),
    ("DELETE", "/deployments/{chase}"),
    ("POST", "/flow_runs/bulk_delete"),
    ("POST", "/automations/"),
    ("POST", "/variables/"),
)
ELSEWHERE = ("https://elsewhere.example", "http://127.0.0.1:1", "null")
"""What a browser says of a page of another site, of another program's on this machine, and of a file."""


def strangers_are_refused(environment: Mapping[str, str], ids: Mapping[str, str]) -> None:
    """Nothing is read or done without the password, or for another site, or under another name."""
    api = environment["PREFECT_API_URL"]
    user, _, password = environment["PREFECT_API_AUTH_STRING"].partition(":")
    asked = [(method, api + path.format_map(ids)) for method, path in ATTACKS]
    with httpx.Client(timeout=60) as nobody, httpx.Client(auth=(user, "guessed"), timeout=60) as guessing:
        answers = [who.request(method, url, json=_body(method)) for who in (nobody, guessing) for method, url in asked]
        statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {httpx.codes.UNAUTHORIZED}
    with httpx.Client(auth=(user, password), timeout=60) as signed_in:
        called = [{"Origin": origin} for origin in ELSEWHERE] + [{"Host": "rebound.example"}]
        statuses = [signed_in.request(*attack, headers=headers).status_code for attack in asked for headers in called]
        assert set(statuses) == {httpx.codes.FORBIDDEN}
        page = signed_in.get(api.removesuffix("/api"))
        assert page.headers["x-frame-options"] == "DENY"
        assert "https:" not in page.headers["content-security-policy"]
        assert not page.url.path.startswith("/v2")
    asyncio.run(_sockets_are_refused(api.replace("http", "ws", 1)))
    _only_this_machine_reaches_it(int(api.split(":")[2].removesuffix("/api")))
    assert not _stands_in_a_command_line(password)


def _body(method: str) -> object:
    return None if method == "GET" else {}


async def _sockets_are_refused(api: str) -> None:
    for path in ("/events/in", "/events/out", "/logs/out"):
        async with websockets.connect(api + path, subprotocols=[websockets.Subprotocol("prefect")]) as connection:
            await connection.send(json.dumps({"type": "auth", "token": "reviewflow:guessed"}))
            with pytest.raises(websockets.ConnectionClosedError, match="policy violation"):
                await connection.recv()
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(api + path, origin=websockets.Origin(ELSEWHERE[0]))
        assert refused.value.response.status_code == httpx.codes.FORBIDDEN


def _only_this_machine_reaches_it(port: int) -> None:
    """Another address of the same machine stands for all others."""
    with socket.socket() as probe:
        probe.settimeout(2)
        assert probe.connect_ex(("127.0.0.2", port)) != 0


def _stands_in_a_command_line(secret: str) -> bool:
    return any(secret.encode() in _command_line(process) for process in Path("/proc").glob("[0-9]*"))


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""
