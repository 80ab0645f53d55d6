"""A container whose process is killed comes back by itself, and the office goes on: an answer after it is recorded."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.from_empty.containers import CASE, PASSWORD, Engine, is_up, recorded, told, wait_until_up
from tests.from_empty.life import Tell
from tests.from_empty.office import ROLES
from tests.from_empty.outside import OFFICE, browser

ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
SWEPT = 420.0
"""Seconds until a sweep that an officer asks for must have been good: one that died with its worker is in its way."""
AGAIN_AFTER = 30.0
"""Seconds until another is asked for: while one is at work, or not known to be dead, a second is cancelled at once."""
AWAY = 45.0
"""Seconds for which the office must stay unreachable where a part is gone that nothing brings back."""


@dataclass
class Onward:
    """How the office goes on: agencies that have not answered yet, how many have, and what ailed it before."""

    work: Engine
    folder: Path
    letters: Sequence[str]
    answered: int = 0
    before: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """The first answers, and the doctor says what it finds while all is there."""
        self.answer(self.work)
        self.before = ailing(self.work)

    def answer(self, engine: Engine) -> None:
        """An agency answers, and the history has one answer more."""
        told(self.folder, self.letters[self.answered])
        self.answered += 1
        assert recorded(engine) == self.answered, engine.reviewflow("history", CASE)

    def goes_on(self, engine: Engine) -> None:
        """An officer has a sweep begin, which is good, and an agency's answer comes into the history."""
        sweeps(self.folder)
        self.answer(engine)


def comes_back(where: Engine, name: str, office: Onward, tell: Tell) -> None:
    """It is killed, started again, people go on, and the doctor finds nothing that it had not found before."""
    where.kill(name)
    wait_until_up(office.work, office.folder, tell)
    office.goes_on(office.work)
    found = ailing(office.work)
    assert found <= office.before, f"after {name} was killed the doctor finds {found - office.before}"
    tell(f"{name} was killed and started again by itself; a sweep was good, and an answer recorded")


def ailing(engine: Engine) -> set[str]:
    """What the doctor finds, by its names."""
    done = engine.compose("exec", engine.worker, "python", "-m", "flows.credentials", "reviewflow", "doctor", "--json")
    assert done.returncode in {0, 1, 3}, done.stdout + done.stderr
    return {finding["ailment"] for finding in json.loads(done.stdout) if finding["ailment"]}


def sweeps(folder: Path) -> None:
    """An officer presses Run until one is good, as the clock would. Raises AssertionError when none is in time."""
    until = time.monotonic() + SWEPT
    states: list[str] = []
    with browser(folder, ROLES["officers"], PASSWORD) as olaf:
        while "COMPLETED" not in states:
            assert time.monotonic() < until, f"no sweep was good: {states}"
            states.append(_swept(olaf, until))
            if states[-1] != "COMPLETED":
                time.sleep(AGAIN_AFTER)


def _swept(olaf: httpx.Client, until: float) -> str:
    """What became of one."""
    api = f"https://{OFFICE}/api"
    try:
        chase = olaf.get(f"{api}/deployments/name/chase/chase").raise_for_status().json()["id"]
        run = olaf.post(f"{api}/deployments/{chase}/create_flow_run", json={}).raise_for_status().json()["id"]
        while time.monotonic() < until:
            state = olaf.get(f"{api}/flow_runs/{run}").raise_for_status().json()["state_type"]
            if state in ENDED:
                return str(state)
            time.sleep(1)
    except httpx.HTTPError as error:
        return type(error).__name__
    return "not ended"


def stays_away(engine: Engine, folder: Path) -> bool:
    """Whether nobody reaches the office, and nothing mends that by itself: Docker does not, podman may."""
    until = time.monotonic() + AWAY
    while time.monotonic() < until:
        if is_up(engine, folder):
            return False
        time.sleep(5)
    return True


def network_anew(engine: Engine, cure: Sequence[str], office: Onward, tell: Tell) -> None:
    """The network that all parts share is started anew alone: where nobody reaches them, the page's cure is typed."""
    engine.kill("network")
    away = stays_away(engine, office.folder)
    tell(f"network was killed and started again alone: {'nobody reaches the office' if away else 'all is back'}")
    for line in cure if away else ():
        engine.type(line, tell)
    wait_until_up(engine, office.folder, tell)
    office.goes_on(engine)
    tell(f"{'what the page says of it mends it; ' if away else ''}a sweep was good, and an answer recorded")
