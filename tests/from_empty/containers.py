"""An engine that types the lines of a page, and what people outside see of an office in containers."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import httpx
import yaml

from tests.from_empty.images import build, environment, make_stand_ins, podman
from tests.from_empty.life import NIL, PLANNED, RETURN, Tell
from tests.from_empty.office import AT_ONCE, ETC, ROLES
from tests.from_empty.outside import LETTERS, OFFICE, addresses, answer, browser, certificate
from tests.from_empty.root import HERE, give, wheels

NEEDED = {"podman": "podman", "runc": "runc", "docker-compose": "docker-compose", "caddy": "caddy"}
ON_THE_PAGE = "/srv/office"
OURS = 10001
STARTED = 90.0
"""Seconds until an engine must have begun, or ended."""
UP = 600.0
"""Seconds until all must be there."""
LIMITS = ("ulimits", {"nofile": {"soft": 1024, "hard": 4096}, "nproc": 4096})
PASSWORD = "fifteen-signs-or-more"
CASE = "LE-2026-001"
AGENCIES = (
    *("police", "education", "housing", "probation", "hospital_trust", "community_health"),
    *("mental_health", "primary_care", "ambulance", "youth_justice", "childrens_social_care"),
)
"""Of the shipped definitions: each answers once."""


def lacking() -> str:
    """What this machine needs for it besides what an empty Debian needs, in words; '' when all is there."""
    packages = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    return f"not on this machine; on Debian apt-get install {' '.join(packages)}" if packages else ""


@dataclass(frozen=True)
class Engine:
    """Types the lines of the page, below a folder and with podman in Docker's place."""

    folder: Path
    worker: str = "runner"
    """The part in which the command is given."""
    project: str = "reviewflow"

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def socket(self) -> Path:
        return self.folder / "podman.sock"

    def client(self, *words: str) -> Sequence[str]:
        """A command to the engine itself."""
        return podman(*words)

    def serving(self) -> Sequence[str]:
        """What begins the engine."""
        return podman("system", "service", "--time", "0", f"unix://{self.socket}")

    def build(self, words: Sequence[str]) -> None:
        """An image, by the words of the page."""
        build(words, wheels(next((HERE / "var" / "wheel").glob("*.whl"))))

    def prepare(self) -> None:
        """What a registry would bring is stood in for; nothing is left of a run that was broken off."""
        self.clear()
        make_stand_ins()

    def clear(self) -> None:
        """Containers, volumes and network: of this run, or of one that was broken off."""
        clear()

    @contextmanager
    def running(self, command: Sequence[str]) -> Iterator[None]:
        """The engine answers, and has ended after the block."""
        with (self.folder / "engine.log").open("ab") as log:
            running = subprocess.Popen(command, stdout=log, stderr=log, env=environment(), start_new_session=True)
        try:
            until = time.monotonic() + STARTED
            while subprocess.run(self.client("info"), env=environment(), capture_output=True, check=False).returncode:
                assert time.monotonic() < until, "the engine did not begin"
                time.sleep(0.5)
            while not self.socket.exists():
                assert time.monotonic() < until, "the engine did not begin"
                time.sleep(0.2)
            yield
        finally:
            running.terminate()
            running.wait(STARTED)

    def type(self, line: str, tell: Tell) -> None:
        """Raises AssertionError when it fails; what the doctor finds is no fault of the page."""
        words = [word.replace(ON_THE_PAGE, str(self.office)) for word in shlex.split(line) if word != "sudo"]
        if words[:2] == ["docker", "build"]:
            self.build(words[2:])
        elif words[:2] == ["docker", "compose"]:
            done = self.compose(*words[2:])
            assert done.returncode in ({0, 1, 3} if words[-1] == "doctor" else {0}), done.stdout + done.stderr
            print(done.stdout)
        else:
            give(*(str(self.folder) if word == "." else word for word in words), cwd=HERE)
        tell(f"ok: {line}")

    def compose(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Compose, with limits that this machine can give."""
        override = self.folder / "limits.yaml"
        names = yaml.safe_load(self.file.read_text("utf-8"))["services"]
        override.write_text(yaml.safe_dump({"services": {name: dict([LIMITS]) for name in names}}), "utf-8")
        given = [word for word in words if word not in {"-f", str(self.file)}]
        if self.project != "reviewflow" and "--env-file" not in given:
            given = ["--env-file", str(self.file.parent / "settings.env"), *given]
        place = next((at + 1 for at, word in enumerate(given) if word in {"exec", "run"}), None)
        if place is not None:
            given.insert(place, "-T")
        command = ["docker-compose", "-f", str(self.file), "-f", str(override), *given]
        own = {**environment(), "DOCKER_HOST": f"unix://{self.socket}", "COMPOSE_PROJECT_NAME": self.project}
        return subprocess.run(command, env=own, capture_output=True, text=True, check=False, timeout=600)

    @property
    def file(self) -> Path:
        return self.office / "etc" / "reviewflow" / "compose.yaml"

    def reviewflow(self, *words: str) -> str:
        """The command, as the page says it is given."""
        done = self.compose("exec", self.worker, "python", "-m", "flows.credentials", "reviewflow", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def kill(self, name: str) -> None:
        """Its first process, as when it fails, and wait until the engine has begun another.

        What is killed by the engine's command stays so. Raises AssertionError when there is none in time.
        """
        killed = self._first_process(name)
        assert killed > 1
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + UP
        while self._first_process(name) in {0, killed}:
            assert time.monotonic() < until, f"{name} was not started again"
            time.sleep(1)

    def _first_process(self, name: str) -> int:
        [container] = self.compose("ps", "-q", name).stdout.split()
        return int(give(*self.client("inspect", "--format", "{{.State.Pid}}", container), env=environment()))


def at_once(definitions: Path) -> None:
    """What this office has go with the next sweep."""
    partnership = definitions / "partnership.yaml"
    partnership.write_text(
        re.sub(r"^breaks_daily: \[", rf"\g<0>{AT_ONCE}, ", partnership.read_text("utf-8"), flags=re.M), "utf-8"
    )


def who_and_what(folder: Path, etc: Path) -> None:
    """Who signs in, who may what, and certificates of an authority that our browsers know."""
    hashed = give("caddy", "hash-password", "--plaintext", PASSWORD).strip()
    (etc / "secrets" / "people.caddy").write_text("".join(f"{name} {hashed}\n" for name in ROLES.values()), "utf-8")
    (etc / "roles.yaml").write_text("".join(f"{role}: [{name}]\n" for role, name in ROLES.items()), "utf-8")
    tls, files = etc / "caddy" / "tls", dict(zip(("own.pem", "own.key"), certificate(folder), strict=True))
    for name, text in {**files, "own.caddy": f"tls {ETC}/caddy/tls/own.pem {ETC}/caddy/tls/own.key\n"}.items():
        (tls / name).write_text(text, "utf-8")


@contextmanager
def service(engine: Engine, place: str) -> Iterator[None]:
    """The engine on a network of ours; nothing of it outlives the block."""
    with engine.running(["nsenter", f"--net={place}", *engine.serving()]):
        try:
            yield
        finally:
            print(engine.compose("logs", "--no-color", "--tail", "5").stdout)
            engine.compose("down", "-t", "10")
            engine.clear()


def clear() -> None:
    """Containers, volumes and network: of this run, or of one that was broken off."""
    for words in (("rm", "-fa"), ("volume", "rm", "-fa"), ("network", "rm", "-f", "reviewflow_default")):
        subprocess.run(podman(*words), env=environment(), check=False, capture_output=True, timeout=120)


def wait_until_up(engine: Engine, folder: Path, tell: Tell) -> None:
    """Until Prefect, the answer pages and the gate answer through the proxy, and the command reaches the database."""
    began = time.monotonic()
    while not is_up(engine, folder):
        assert time.monotonic() - began < UP, engine.compose("ps").stdout
        time.sleep(2)
    tell(f"all is up, after {time.monotonic() - began:.0f} s")


def is_up(engine: Engine, folder: Path) -> bool:
    with browser(folder, ROLES["viewers"], PASSWORD) as vera, browser(folder) as agency:
        try:
            seen = [
                vera.get(f"https://{OFFICE}/api/deployments/name/chase/chase"),
                vera.get(f"https://{OFFICE}/runs", headers={"Accept": "text/html"}),
                agency.get(f"https://{LETTERS}/a/{'0' * 26}"),
            ]
        except httpx.HTTPError:
            return False
    return [page.status_code for page in seen] == [200, 200, 404] and engine.compose(
        "exec", engine.worker, "true"
    ).returncode == 0


def asked(engine: Engine, folder: Path, number: int) -> Sequence[str]:
    """A learning event whose plan is made; the addresses of the pages on which so many agencies answer."""
    day = give("date", "+%F").strip()
    named = [word for agency in AGENCIES[:number] for word in ("--agency", agency)]
    engine.reviewflow("open", "learning_event", "--date", f"decided={day}", *named)
    engine.reviewflow("complete", CASE, "plan", f"planned_on={day}", *shlex.split(PLANNED))
    engine.reviewflow("sweep")
    written = (engine.office / "srv" / "reviewflow" / "messages").glob("*.eml")
    bodies = [message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",)) for path in written]
    found = dict.fromkeys(each for body in bodies if body is not None for each in addresses(body.get_content()))
    with browser(folder) as agency:
        forms = [each for each in found if RETURN["f.answer"] in agency.get(each).text]
    assert len(forms) == number, f"{len(forms)} of {len(found)} letters ask for a return, of {number} agencies"
    return forms


def kept_out(folder: Path) -> None:
    """Whoever is not signed in sees nothing of the office, and who may look begins nothing."""
    with browser(folder) as agency, browser(folder, ROLES["viewers"], PASSWORD) as vera:
        strange, viewed = agency.get(f"https://{OFFICE}/"), vera.post(f"https://{OFFICE}/api/flow_runs/", json={})
        assert (strange.status_code, viewed.status_code) == (401, 403), viewed.text


def told(folder: Path, address: str) -> None:
    """An agency answers on the page of its letter."""
    names: Sequence[str] = ("f.sent_on-day", "f.sent_on-month", "f.sent_on-year")
    today: Mapping[str, str] = dict(zip(names, give("date", "+%d %m %Y").split(), strict=True))
    with browser(folder) as agency:
        page = answer(agency, address, {**RETURN, **today})
        assert page.is_success, re.sub(r"<[^>]*>|\n", " ", page.text.partition("<main")[2])[:800]


def recorded(engine: Engine) -> int:
    """How many agencies' answers stand in the history."""
    return sum(NIL in entry["words"] for entry in json.loads(engine.reviewflow("history", CASE, "--json")))
