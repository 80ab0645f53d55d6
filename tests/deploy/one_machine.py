"""An office on one machine behind its proxy: the same Caddyfile, gate and Prefect, on ports of their own."""

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx
import pytest

from reviewflow.cli.server.ports import free_port
from reviewflow.store import open_store
from tests.prefect.conftest import answers, child, until
from tests.web.letters import TOY

DEPLOY = Path(__file__).parents[2] / "deploy" / "one-machine"
NO_CADDY = "there is no Caddy on this machine; on Debian and Ubuntu: apt-get install caddy"
SECRET = "what-only-the-proxy-of-these-tests-knows"
PASSWORD = "a password of the tests"
PATIENCE = 120.0
PEOPLE = {"vera": "viewers", "olaf": "officers", "mona": "managers", "sweeper": "machines", "nobody": ""}


@dataclass
class OneMachine:
    """What runs: the office's address, the folder of all files, the environment of its processes."""

    site: str
    answers: str
    folder: Path
    environment: Mapping[str, str]
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def client(self, user: str, **headers: str) -> httpx.Client:
        """The office as this person has it, who is signed in."""
        auth = (user, PASSWORD) if user else None
        return httpx.Client(base_url=self.site, auth=auth, timeout=60, headers=headers)

    @property
    def inside(self) -> httpx.Client:
        """Prefect's API past the proxy, as what runs on the machine has it."""
        user, _, password = self.environment["PREFECT_API_AUTH_STRING"].partition(":")
        return httpx.Client(base_url=self.environment["PREFECT_API_URL"], auth=(user, password), timeout=60)


def caddy() -> str:
    """The program; without it the test is left out, and says so."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip(NO_CADDY)
    return program


def settings_of(name: str) -> dict[str, str]:
    """What a file of settings in deploy/ says."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def command_of(unit: str, port: int = 0) -> list[str]:
    """What systemd would start, at a port of the test's own: the words behind the name of Python."""
    text = (DEPLOY / "systemd" / f"reviewflow-{unit}.service").read_text(encoding="utf-8")
    [line] = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    python, *words = line.split()
    assert python == "/opt/reviewflow/venv/bin/python"
    return [str(port) if before == "--port" else word for before, word in zip(["", *words], words, strict=False)]


@cache
def hash_of(password: str) -> str:
    """As Caddy makes it, which takes a second, as it should."""
    words = [caddy(), "hash-password", "--plaintext", password]
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=30).stdout.strip()


def write_files(folder: Path, prefect_password: str, sign_in: str = "sign-in-basic.caddy") -> None:
    """What IT fills in: who there is, who may what, the secrets of the proxy."""
    (folder / "tls").mkdir()
    shutil.copy(DEPLOY / sign_in, folder / "sign-in.caddy")
    hashed = hash_of(PASSWORD)
    (folder / "people.caddy").write_text("".join(f"{name} {hashed}\n" for name in PEOPLE), encoding="utf-8")
    lists = {role: [name for name, has in PEOPLE.items() if has == role] for role in filter(None, PEOPLE.values())}
    (folder / "roles.yaml").write_text("".join(f"{role}: {names}\n" for role, names in lists.items()), encoding="utf-8")
    basic = base64.b64encode(prefect_password.encode()).decode()
    (folder / "PREFECT_SERVER_API_AUTH_STRING").write_text(prefect_password, encoding="utf-8")
    (folder / "REVIEWFLOW_GATE_SECRET").write_text(f"{SECRET}\n", encoding="utf-8")
    (folder / "secrets.caddy").write_text(
        f'(prefect) {{\n\theader_up Authorization "Basic {basic}"\n}}\n'
        f"(the_gate) {{\n\theader_up X-Reviewflow-Gate {SECRET}\n}}\n",
        encoding="utf-8",
    )


@contextmanager
def proxy(folder: Path, environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """Caddy with the Caddyfile of deploy/, until the block ends."""
    words = [caddy(), "run", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    with log.open("wb") as output:
        running = subprocess.Popen(words, env=dict(environment), stdout=output, stderr=output)
    try:
        until(lambda: running.poll() is not None or _listens(environment["REVIEWFLOW_OFFICE_SITE"]), 30)
        assert running.poll() is None, log.read_text(encoding="utf-8")
        yield
    finally:
        running.kill()
        running.wait(30)


def _listens(url: str) -> bool:
    try:
        return bool(httpx.get(url, timeout=2).status_code)
    except httpx.HTTPError:
        return False


@contextmanager
def one_machine(
    folder: Path, migrated: Path, sign_in: str = "sign-in-basic.caddy", database: str = "", **more: str
) -> Iterator[OneMachine]:
    """All of it but the flows, until the block ends; on SQLite unless a database is given.

    `more` goes into the environment of the proxy.
    """
    ports = {name: free_port() for name in ("site", "answers", "prefect", "gate", "door")}
    shutil.copytree(migrated, folder / "prefect", dirs_exist_ok=True)
    url = database or f"sqlite:///{folder}/reviewflow.db"
    store = open_store(url)
    store.migrate()
    store.close()
    (folder / "board").mkdir()
    (folder / "board" / "index.html").write_text("<!doctype html><title>The board</title>", encoding="utf-8")
    site, letters = (f"http://127.0.0.1:{ports[name]}" for name in ("site", "answers"))
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    secret = "reviewflow:a-password-of-the-tests"
    environment = {
        **plain,
        **settings_of("prefect.env"),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{ports['prefect']}/api",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder}/prefect/prefect.db",
        "PREFECT_API_AUTH_STRING": secret,
        "CREDENTIALS_DIRECTORY": str(folder),
        "REVIEWFLOW_DATABASE": url,
        "REVIEWFLOW_DEFINITIONS": str(TOY),
        "REVIEWFLOW_ROLES_FILE": str(folder / "roles.yaml"),
        "REVIEWFLOW_BOARD": str(folder / "board"),
        "REVIEWFLOW_PUBLIC_URL": letters,
        "REVIEWFLOW_DOOR_KEY_FILE": str(folder / "door-key"),
    }
    write_files(folder, secret, sign_in)
    around = {
        **plain,
        "XDG_CONFIG_HOME": str(folder / "caddy"),
        "XDG_DATA_HOME": str(folder / "caddy"),
        "REVIEWFLOW_OFFICE_SITE": site,
        "REVIEWFLOW_PUBLIC_URL": letters,
        "REVIEWFLOW_CADDY": str(folder),
        "CREDENTIALS_DIRECTORY": str(folder),
        "REVIEWFLOW_PREFECT": f"127.0.0.1:{ports['prefect']}",
        "REVIEWFLOW_GATE": f"127.0.0.1:{ports['gate']}",
        "REVIEWFLOW_ANSWERS": f"127.0.0.1:{ports['door']}",
        **more,
    }
    with ExitStack() as stack:
        for unit, port in (("prefect", "prefect"), ("gate", "gate"), ("answers", "door")):
            started = {name: text for name, text in environment.items() if name != "PREFECT_API_AUTH_STRING"}
            stack.enter_context(child(command_of(unit, ports[port]), started, folder / f"{unit}.log"))
        stack.enter_context(proxy(folder, around, folder / "caddy.log"))
        for port in ("gate", "door"):
            until(lambda port=port: answers(f"http://127.0.0.1:{ports[port]}"), PATIENCE)
        until(lambda: answers(environment["PREFECT_API_URL"]), PATIENCE)
        yield OneMachine(site, letters, folder, environment)
