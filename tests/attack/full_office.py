"""A real `reviewflow serve` whose disk is full, and has room again: what a manager, an agency and the doctor see.

`python -m tests.attack.full_office` waits for the next sweep of the schedule, so it takes five to twenty minutes, and a
user who may mount a disk of their own. It says what each was told, and ends with 1 where that is not as in `WANTED` and
`AFTERWARDS`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
from aiosmtpd.smtp import AuthResult

from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.supervisor import door_environment, prefect_environment
from reviewflow.service.delivery.mode import switch
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import open_workspace
from tests.cli.on_full_disk import filled
from tests.notifications.servers import LoopbackServer, PostOffice, words
from tests.prefect.page import Page, until
from tests.prefect.test_end_to_end import OPENING, SET_UP, environment

SIZE = "48m"
SWEPT_AGAIN = 20 * 60
"""Seconds within which the next sweep of the schedule has come, with the minutes that it may take."""
MOST_WRITES = 1_000
FULL, PRESS, SHUT = "the disk is full", "The disk of the server is full.", "We cannot be reached"
Said = tuple[int, str]
"""A status, of HTTP or of a command, and words."""
WANTED: Mapping[str, Said] = {
    "manager: the runs": (200, "Rapid review"),
    "manager: presses Run": (503, PRESS),
    "agency: its page": (200, "Agency summary and chronology"),
    "agency: answers": (503, SHUT),
    "doctor": (1, "It is full at"),
    "cases": (0, "RR-"),
    "sweep": (3, FULL),
}
AFTERWARDS: Mapping[str, Said] = {
    "a sweep of the schedule": (0, "Completed"),
    "manager: presses Run": (201, ""),
    "agency: answers": (303, ""),
    "audit": (0, "all whole"),
}
OF_ITS_OWN = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
MOUNTED = f'mount -t tmpfs -o size={SIZE} none "$1" && exec "$2" -m tests.attack.full_office "$1"'


class Stays(urllib.request.HTTPRedirectHandler):
    """What was recorded leads on to a page that says so."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Office:
    """What was started on the disk, and whoever uses it."""

    serve: subprocess.Popen[bytes]
    environ: Mapping[str, str]
    page: Page
    post: PostOffice
    disk: Path
    case: str = ""
    address: str = ""
    """Where the agency answers, from its letter."""

    def begin(self) -> None:
        """A case, whose first letters leave."""
        name, told = self.page.open("Rapid review", OPENING)
        assert name == "Opened", told
        self.case = told.partition(" ")[0]
        form = until(lambda: self.page.paused().get(f"{self.case} · Set up the review"))
        assert self.page.answer(form, SET_UP)[0] == "Done late"
        assert self.page.run("chase/chase", {})["state_type"] == "COMPLETED"
        texts = [words(mail) for mail in self.post.mails]
        addresses = {found for text in texts for found in re.findall(r"http://127\.0\.0\.1:\d+/a/\w{26}", text)}
        self.address = min(each for each in addresses if "Agency summary" in asked(each)[1])

    def use_up(self) -> None:
        """Until Prefect can write nothing more, not where its log has room either."""
        for number in range(MOST_WRITES):
            if self.tell("/variables/", {"name": f"filler_{number}", "value": "x" * 3_000})[0] != HTTPStatus.CREATED:
                return

    def tell(self, path: str, body: object) -> Said:
        """What Prefect's pages are told."""
        browser = httpx.Client(auth=self.page._browser.auth, timeout=60)
        answer = browser.post(self.page.api + path, json=body)
        return answer.status_code, answer.text

    def press_run(self) -> Said:
        found = self.page.ask("GET", "/deployments/name/chase/chase")["id"]
        return self.tell(f"/deployments/{found}/create_flow_run", {"parameters": {}})

    def answer(self) -> Said:
        """As the agency's lead would, with the first of what is offered."""
        return asked(self.address, filled_in(asked(self.address)[1]))

    def command(self, *given: str) -> Said:
        done = subprocess.run(
            [program(), *given], env=self.environ, cwd=self.disk, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def sweeps_since(self, moment: datetime) -> list[Mapping[str, Any]]:
        """Runs of the schedule that began since then, and have ended."""
        wanted = {"flows": {"name": {"any_": ["chase"]}}, "sort": "EXPECTED_START_TIME_DESC", "limit": 20}
        runs = self.page.ask("POST", "/flow_runs/filter", wanted)
        by_itself = [run for run in runs if "auto-scheduled" in run["tags"] and run["state_type"] == "COMPLETED"]
        return [run for run in by_itself if datetime.fromisoformat(run["start_time"]) > moment]


def program() -> str:
    return str(Path(sys.executable).with_name("reviewflow"))


def asked(address: str, form: Mapping[str, str] | None = None) -> Said:
    """The status of a page and what stands on it."""
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    try:
        answer = urllib.request.build_opener(Stays).open(address, data, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.read().decode()


def filled_in(page: str) -> dict[str, str]:
    """The first form of a page."""
    form, today = page[page.index("<form") : page.index("</form>")], datetime.now(UTC).date() - timedelta(days=1)
    answers: dict[str, str] = {}
    for field in re.findall(r"<(?:input|textarea|select)[^>]*>", form):
        name, value = (re.search(rf'{key}="([^"]*)"', field) for key in ("name", "value"))
        if name:
            answers.setdefault(name[1], value[1] if value and value[1] else "As agreed")
    for part, number in (("day", today.day), ("month", today.month), ("year", today.year)):
        answers |= {name: str(number) for name in answers if name.endswith(f"-{part}")}
    return answers


@contextmanager
def serving(disk: Path) -> Iterator[Office]:
    """In the block the office is served from there, and its letters go to a mail server."""
    post = PostOffice()
    mail = LoopbackServer(post, authenticator=lambda *_: AuthResult(success=True, handled=True), auth_require_tls=False)
    mail.start()
    port, door = free_port(), free_port()
    environ = environment(disk, mail.port) | {"REVIEWFLOW_PUBLIC_URL": f"http://127.0.0.1:{door}"}
    with open_workspace(environ) as workspace:
        switch(workspace, Mode.LIVE, by="the business manager", now=datetime.now(UTC))
    words_of_it = [program(), "serve", "--port", str(port), "--answers-port", str(door), "--home", str(disk / "home")]
    child = subprocess.Popen(words_of_it, env=environ, cwd=disk, start_new_session=True)
    try:
        until(lambda: _is_up(f"http://127.0.0.1:{door}/health", child))
        its_own = prefect_environment(disk / "home", port, door_environment(disk / "home", door, environ))
        yield Office(child, its_own, Page(its_own), post, disk)
    finally:
        os.killpg(child.pid, signal.SIGINT)
        child.wait()
        mail.stop()


def _is_up(url: str, child: subprocess.Popen[bytes]) -> bool:
    assert child.poll() is None, "serve ended"
    with suppress(OSError):
        return asked(url)[0] == HTTPStatus.OK
    return False


def while_full(office: Office) -> dict[str, Said]:
    """What each is told while nothing can be written."""
    with filled(office.disk):
        office.use_up()
        return {
            "manager: the runs": office.tell("/flow_runs/filter", {"limit": 100}),
            "manager: presses Run": office.press_run(),
            "agency: its page": asked(office.address),
            "agency: answers": office.answer(),
            "doctor": office.command("doctor"),
            "cases": office.command("cases"),
            "sweep": office.command("sweep"),
        }


def afterwards(office: Office) -> dict[str, Said]:
    """What each is told once there is room, without anybody having done anything."""
    began = datetime.now(UTC)
    deadline = time.monotonic() + SWEPT_AGAIN
    while not office.sweeps_since(began) and time.monotonic() < deadline:
        time.sleep(5)
    swept = [run["state_name"] for run in office.sweeps_since(began)]
    return {
        "a sweep of the schedule": (0 if swept else 1, ", ".join(swept)),
        "manager: presses Run": office.press_run(),
        "agency: answers": office.answer(),
        "audit": office.command("audit"),
    }


def differences(said: Mapping[str, Said], wanted: Mapping[str, Said]) -> Iterator[str]:
    """What is told otherwise than it should be; all that is told is printed."""
    for who, (status, told) in said.items():
        plain = re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", told, flags=re.DOTALL)).strip()
        print(f"{who}: {status} {plain[:300]}", flush=True)
        if status != wanted[who][0] or wanted[who][1] not in told:
            yield f"{who}: {wanted[who][0]} with “{wanted[who][1]}” was to come"


def attacked(disk: Path) -> list[str]:
    """What is not as it should be."""
    with serving(disk) as office:
        office.begin()
        look: Callable[[], int | None] = office.serve.poll
        wrong = list(differences(while_full(office), WANTED))
        print("There is room again.", flush=True)
        wrong += differences(afterwards(office), AFTERWARDS)
        return [*wrong, *(["serve ended"] if look() is not None else [])]


def main(given: list[str]) -> int:
    """On a disk of its own, in a process that alone sees it."""
    if given:
        wrong = attacked(Path(given[0]))
        print("\n".join(["Not as it should be:", *wrong] if wrong else ["All as it should be."]))
        return bool(wrong)
    if not shutil.which("unshare"):
        print("This machine lets nobody have a disk of their own.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([*OF_ITS_OWN, MOUNTED, "sh", folder, sys.executable], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
