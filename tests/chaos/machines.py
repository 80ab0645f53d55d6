"""An office on several machines, all of them this one: command lines, settings and proxy of deploy/, on free ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from sys import executable

import httpx

from reviewflow.cli.server.ports import free_port
from tests.chaos import store
from tests.chaos.parts import Part
from tests.chaos.store import DEPLOY, PASSWORD
from tests.deploy.one_machine import DEPLOY as ONE_MACHINE
from tests.deploy.one_machine import caddy, write_files

SERVER_PASSWORD = f"reviewflow:{PASSWORD}"
CLOCK = Path(__file__).with_name("clock")
ROOT = DEPLOY.parents[1]
HERE = "127.0.0.1"
POOL = "reviewflow"
APIS, DOORS, WORKERS = ("API 1", "API 2"), ("answer page 1", "answer page 2"), ("worker 1", "worker 2")
FRONT = ("gate", "proxy")


@dataclass(frozen=True)
class Machines:
    """Where everything is, and the parts by name; none is started yet."""

    folder: Path
    ports: Mapping[str, int]
    parts: Mapping[str, Part]
    environment: Mapping[str, str]

    @property
    def site(self) -> str:
        return f"http://{HERE}:{self.ports['site']}"

    @property
    def inside(self) -> str:
        """Prefect's API by way of the proxy, as workers have it."""
        return f"http://{HERE}:{self.ports['inside']}/api"


def settings_of(name: str) -> Mapping[str, str]:
    """What a file of settings in deploy/several-machines says."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {setting: value.strip('"') for setting, value in pairs}


def command_of(unit: str, port: int = 0, name: str = "here") -> list[str]:
    """What systemd would start on a machine of this name, at a port of our own."""
    text = (DEPLOY / "systemd" / f"reviewflow-{unit}.service").read_text(encoding="utf-8")
    [line] = re.findall(r"^ExecStart=/opt/reviewflow/venv/bin/python (.*)$", text, re.MULTILINE)
    words = line.replace("${REVIEWFLOW_HERE}", HERE).replace("%H", name).split()
    return [
        executable,
        *(str(port) if before == "--port" else word for before, word in zip(["", *words], words, strict=False)),
    ]


def machines(folder: Path, mail: int, definitions: Path) -> Machines:
    """All parts, laid out in this folder; mail goes to a server on this port."""
    database, database_port = store.postgresql(folder)
    keys, keys_port = store.valkey(folder)
    names = ("site", "letters", "inside", "gate", *APIS, *DOORS, *WORKERS)
    ports = {name: free_port() for name in names} | {"PostgreSQL": database_port, "Valkey": keys_port}
    _write(folder, store.addresses(database_port, keys_port), mail)
    environment = _environment(folder, ports, definitions)
    parts = {part.name: part for part in (database, keys, *_ours(folder, ports, environment), _proxy(folder, ports))}
    return Machines(folder, ports, parts, environment)


def _write(folder: Path, secrets: Mapping[str, str], mail: int) -> None:
    """The files of the office, as the page of several machines has them filled in."""
    write_files(folder, SERVER_PASSWORD)
    shutil.copytree(DEPLOY / "caddy", folder / "several")
    more = {"REVIEWFLOW_MAIL_URL": f"mailto://reviews:{PASSWORD}@{HERE}:{mail}", "REVIEWFLOW_DOOR_KEY": PASSWORD * 3}
    for name, text in {**secrets, **more}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "behind").write_text("0", encoding="utf-8")
    (folder / "board").mkdir()
    (folder / "office").mkdir()


def _environment(folder: Path, ports: Mapping[str, int], definitions: Path) -> Mapping[str, str]:
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME", "LANG") if name in os.environ}
    inside = f"http://{HERE}:{ports['inside']}"
    return {
        **plain,
        **settings_of("prefect.env"),
        "PREFECT_API_URL": f"{inside}/api",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": inside,
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PYTHONPATH": f"{CLOCK}:{ROOT}",
        "CHAOS_BEHIND": str(folder / "behind"),
        "CREDENTIALS_DIRECTORY": str(folder),
        "REVIEWFLOW_DEFINITIONS": str(definitions),
        "REVIEWFLOW_DOCUMENTS": str(folder / "office" / "documents"),
        "REVIEWFLOW_OUTBOX_FOLDER": str(folder / "office" / "messages"),
        "REVIEWFLOW_BOARD": str(folder / "board"),
        "REVIEWFLOW_ROLES_FILE": str(folder / "roles.yaml"),
        "REVIEWFLOW_PUBLIC_URL": f"http://{HERE}:{ports['letters']}",
        "REVIEWFLOW_SENDER": "Toyshire SCP <reviews@scp.example.org>",
    }


def _ours(folder: Path, ports: Mapping[str, int], environment: Mapping[str, str]) -> list[Part]:
    def part(name: str, unit: str, health: str = "", **more: str) -> Part:
        port = ports.get(name, 0)
        log, home = folder / f"{name.replace(' ', '-')}.log", folder / f"home-{name.replace(' ', '-')}"
        own = {**environment, "PREFECT_HOME": str(home), **more}
        ready = (lambda: _answers(f"http://{HERE}:{port}{health}")) if health else (lambda: _listens(port))
        return Part(name, command_of(unit, port, name.replace(" ", "-")), own, log, ready)

    services = part("services", "services")
    services.ready = lambda: True  # it listens nowhere; what it does shows later
    return [
        *(part(name, "api", "/api/ready") for name in APIS),
        services,
        part("gate", "gate"),
        *(part(name, "answers", "/ready") for name in DOORS),
        *(part(name, "worker", "/health", PREFECT_WORKER_WEBSERVER_PORT=str(ports[name])) for name in WORKERS),
    ]


def _proxy(folder: Path, ports: Mapping[str, int]) -> Part:
    of = {name: f"{HERE}:{port}" for name, port in ports.items()}
    environment = {
        "PATH": os.environ["PATH"],
        "XDG_CONFIG_HOME": str(folder / "caddy"),
        "XDG_DATA_HOME": str(folder / "caddy"),
        "REVIEWFLOW_OFFICE_SITE": f"http://{of['site']}",
        "REVIEWFLOW_PUBLIC_URL": f"http://{of['letters']}",
        "REVIEWFLOW_CADDY": str(folder),
        "CREDENTIALS_DIRECTORY": str(folder),
        "REVIEWFLOW_HERE": HERE,
        "REVIEWFLOW_INSIDE": of["inside"],
        "REVIEWFLOW_GATE": of["gate"],
        "REVIEWFLOW_PREFECT": " ".join(of[name] for name in APIS),
        "REVIEWFLOW_ANSWERS": " ".join(of[name] for name in DOORS),
    }
    command = [caddy(), "run", "--config", str(ONE_MACHINE / "Caddyfile"), "--adapter", "caddyfile"]
    return Part("proxy", command, environment, folder / "proxy.log", lambda: _listens(ports["site"]))


def _answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).is_success
    return False


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HERE, port), timeout=2):
        return True
    return False
