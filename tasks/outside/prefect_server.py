"""Whether Prefect answers, is a version that was tried, and is set so that it is safe to leave alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import Finding, cannot_tell, good, to_do
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import PREFECT

ABOUT, SET = "Prefect", "Prefect's settings"
TRIED = ("3.9.1",)
"""The versions that all tests were run with; each new one is tried first."""
HOME_PASSWORD = Path("var") / "prefect-password"
PATIENCE = 10.0
"""Seconds for each answer."""
HEARTBEATS = 3
"""How many must be missed in a row before a run may be taken for dead."""
DAYS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Server:
    """Prefect's API, as the settings of this machine or the last sweep name it."""

    api: str
    sign_in: str
    client: Mapping[str, Any]
    """What the process that sweeps was set to, as the last sweep under Prefect wrote it down."""

    def ask(self, path: str, *, signed: bool = True, body: object = None) -> httpx.Response:
        """An answer whatever its status; raises httpx.HTTPError."""
        method, auth = "GET" if body is None else "POST", self.auth if signed else None
        return httpx.request(method, f"{self.api}{path}", auth=auth, json=body, timeout=PATIENCE)

    @property
    def auth(self) -> httpx.BasicAuth | None:
        """How it is signed in to; None without a password."""
        user, _, password = self.sign_in.partition(":")
        return httpx.BasicAuth(user, password) if self.sign_in else None


def server_of(workspace: Workspace, environ: Mapping[str, str]) -> Server | None:
    """The server to ask; None where nothing says that Prefect is used here."""
    done = workspace.store.last_done().get(PREFECT)
    client = json.loads(done.body) if done else {}
    api = environ.get("PREFECT_API_URL") or client.get("api")
    if not api:
        return None
    sign_in = environ.get("PREFECT_API_AUTH_STRING") or environ.get("PREFECT_SERVER_API_AUTH_STRING") or _kept()
    return Server(api.rstrip("/"), sign_in, client)


def prefect_server(workspace: Workspace, environ: Mapping[str, str]) -> Iterator[Finding]:
    """All that is to be said of it; one line where it is not used."""
    server = server_of(workspace, environ)
    if server is None:
        yield good(ABOUT, "Not asked: no sweep here was ever Prefect's, and PREFECT_API_URL names no server")
        return
    try:
        version = server.ask("/admin/version", signed=False)
    except httpx.HTTPError as error:
        says = f"It does not answer at {_shown(server.api)} ({type(error).__name__})"
        remedy = "start it (reviewflow serve); until then reviewflow sweep does each sweep's work without it"
        yield to_do(Ailment.PREFECT_AWAY, ABOUT, says, remedy)
        return
    if version.status_code == httpx.codes.OK:
        says = f"Whoever reaches {_shown(server.api)} may do everything there: it asks for no password"
        yield to_do(Ailment.PREFECT_OPEN, SET, says, "set PREFECT_SERVER_API_AUTH_STRING=USER:PASSWORD where it starts")
    settings = server.ask("/admin/settings")
    if settings.status_code != httpx.codes.OK:
        says = "It answers, and its settings could not be looked at, as this environment has no password that it takes"
        remedy = "say doctor again with PREFECT_API_AUTH_STRING set as where the sweep runs"
        yield cannot_tell(Ailment.PREFECT_LOCKED, SET, says, remedy)
        return
    yield _tried(server.ask("/admin/version").json())
    yield from _pages(server)
    unsafe = [*_of_server(settings.json()), *_of_client(server.client), *_of_watch(server)]
    yield from unsafe or [good(SET, "They are safe")]


def _tried(version: str) -> Finding:
    if version in TRIED:
        return good(ABOUT, f"It answers, and is version {version}, which was tried")
    says = f"It is version {version}; reviewflow was tried with {', '.join(TRIED)}"
    remedy = "install the version that constraints.txt names, or run tests/prefect with this one first"
    return to_do(Ailment.PREFECT_UNTRIED, ABOUT, says, remedy)


def _pages(server: Server) -> Iterator[Finding]:
    """It goes on without the pages that people use where it may not put them; a way in for programs tells nothing."""
    told = httpx.get(f"{server.api.removesuffix('/api')}/ui-settings", auth=server.auth, timeout=PATIENCE)
    is_told = told.status_code == httpx.codes.OK and "json" in told.headers.get("Content-Type", "")
    if is_told and told.json().get("available_uis") == []:
        says = "It has no pages: whoever opens it in a browser sees nothing, and no form can be answered there"
        remedy = "start it as reviewflow serve does (python -m flows.server), with a PREFECT_HOME that it may write to"
        yield to_do(Ailment.PREFECT_NO_PAGES, ABOUT, says, remedy)


def _of_server(settings: Mapping[str, Any]) -> Iterator[Finding]:
    server = settings["server"]
    if _password_in(str(server["docket"]["url"])) or _password_in(str(server["database"]["connection_url"])):
        says = "A password stands in them, and everybody who may look at Prefect is shown them"
        remedy = "take it out of the address (PREFECT_SERVER_DOCKET_URL, PREFECT_SERVER_DATABASE_CONNECTION_URL)"
        yield to_do(Ailment.PREFECT_SHOWS_PASSWORD, SET, says, remedy)
    if "*" in str(server["api"].get("cors_allowed_origins", server.get("cors", ""))):
        says = "Every web site may speak to it through the browser of somebody who is signed in"
        remedy = "set PREFECT_SERVER_CORS_ALLOWED_ORIGINS to the address at which people open it"
        yield to_do(Ailment.PREFECT_ORIGINS, SET, says, remedy)
    if server["analytics_enabled"]:
        says = "It tells its makers that it is used"
        yield to_do(Ailment.PREFECT_COUNTS, SET, says, "set PREFECT_SERVER_ANALYTICS_ENABLED=false and DO_NOT_TRACK=1")
    yield from _retention(server)


def _retention(server: Mapping[str, Any]) -> Iterator[Finding]:
    """Runs and events fall away in time, or its database grows by several gigabytes a year."""
    vacuum = server["services"]["db_vacuum"]
    kept = {str(kind) for kind in vacuum["enabled"]} if isinstance(vacuum["enabled"], list) else set()
    if {"events", "flow_runs"} - kept:
        says = f"Ended runs are kept for ever: what it clears is {', '.join(sorted(kept)) or 'nothing'}"
        yield to_do(
            Ailment.PREFECT_KEEPS_ALL,
            SET,
            says,
            "set PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=events,flow_runs and "
            f"PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD={30 * DAYS}",
        )


def _of_client(client: Mapping[str, Any]) -> Iterator[Finding]:
    """Without these a run whose last word meets an outage of a minute stays Running for ever."""
    if client and (500 not in client["retry"] or client["retries"] < 8):  # noqa: PLR2004 - as the remedy says
        says = "What sweeps gives up after a moment when Prefect's own store is away, and its run then never ends"
        remedy = "set PREFECT_CLIENT_RETRY_EXTRA_CODES=500 and PREFECT_CLIENT_MAX_RETRIES=8 where the sweep runs"
        yield to_do(Ailment.PREFECT_NO_RETRY, SET, says, remedy)


def _of_watch(server: Server) -> Iterator[Finding]:
    """An automation that takes runs for dead sooner than a few heartbeats are missed ends healthy ones.

    Until a sweep has said how often runs say that they live, it may be this one's own measure.
    """
    if "heartbeat" not in server.client:
        return
    heartbeat = server.client["heartbeat"] or 180
    for automation in server.ask("/automations/filter", body={"limit": 200}).json():
        trigger = automation["trigger"]
        watches = trigger.get("posture") == "Proactive" and "prefect.flow-run.heartbeat" in trigger.get("after", ())
        if automation["enabled"] and watches and float(trigger["within"]) < HEARTBEATS * heartbeat:
            says = (
                f"The automation {automation['name']} takes a run for dead after {trigger['within']:g} seconds, and "
                f"healthy ones say that they live every {heartbeat}"
            )
            remedy = f"let it wait {HEARTBEATS * heartbeat} seconds, or set PREFECT_FLOWS_HEARTBEAT_FREQUENCY=30"
            yield to_do(Ailment.PREFECT_KILLS, SET, says, remedy)


def _password_in(address: str) -> bool:
    """Whether it can be read there: Prefect shows **** for what it hides."""
    password = urlsplit(address).password if "://" in address else None
    return bool(password and set(password) != {"*"})


def _kept() -> str:
    """The password that `reviewflow serve` made in this folder; '' when there is none, or it is not ours to read."""
    try:
        return HOME_PASSWORD.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _shown(api: str) -> str:
    """Without a password that somebody put into it."""
    parts = urlsplit(api)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}" if parts.port else f"{parts.scheme}://{parts.hostname}"
