"""A week of answers and sweeps, in the mornings and afternoons of which a part is killed and brought back."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from itertools import islice
from typing import Any

import httpx

from reviewflow.london import LONDON
from reviewflow.service.door.key import Door
from tests.chaos.machines import SERVER_PASSWORD, Machines
from tests.chaos.office import Toyshire
from tests.chaos.people import Agencies, Officers, Onlookers, Seen, Sight

ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
SWEEP, OURS = "chase/chase", ("chase", "sweep-share", "work-item", "open-case", "change-a-case", "attention")
PATIENCE = 420.0
"""Seconds until a good sweep must have been: a machine that dies is noticed after 100, its place is free after 300."""
AGAIN_AFTER = 45.0
"""Seconds without a good sweep after which another is asked for: the clock asks each quarter of an hour."""
OPENED, ANSWERED = 2, 4


@dataclass(frozen=True)
class Trouble:
    """What is killed, and for how many seconds it is away."""

    what: str
    parts: tuple[str, ...]
    away: float
    during: tuple[str, ...] = ("chase",)
    """It is killed while a run of one of these flows is at work; of none: at once."""
    with_flows: bool = True

    @property
    def takes_an_answer(self) -> bool:
        """Whether it is killed with the flow in which an answer of the office is recorded."""
        return "work-item" in self.during


TROUBLES = (
    Trouble("nothing", (), 0),
    Trouble("one of two APIs", ("API 1",), 10),
    Trouble("the services", ("services",), 10),
    Trouble("both answer pages", ("answer page 1", "answer page 2"), 8, during=()),
    Trouble("a worker alone", ("worker 1", "worker 2"), 5, with_flows=False),
    Trouble("Valkey", ("Valkey",), 15),
    Trouble("PostgreSQL", ("PostgreSQL",), 15),
    Trouble("the proxy", ("proxy",), 10),
    Trouble("the gate", ("gate",), 8, during=()),
    Trouble("workers with the flow of an answer", ("worker 1", "worker 2"), 5, during=("work-item",)),
    Trouble("workers with the sweep", ("worker 1", "worker 2"), 5),
)


@dataclass
class Course:
    """What became of one of them."""

    trouble: Trouble
    runs: Counter[str] = field(default_factory=Counter)
    until_good: float = 0.0
    """Seconds from the kill to the end of the first good sweep that began at or after it, or lived through it."""
    agencies: int = 0
    officers: int = 0
    recorded: float | None = None
    """Seconds from the kill until the answer whose flow was killed was in the history; None where none was at work."""
    asked: int = 0
    seen: Counter[Sight] = field(default_factory=Counter)


A_WEEK = 10
"""Moments in it."""


def mornings(number: int) -> Iterator[datetime]:
    """So many moments, ten and three o'clock of working days, in as many whole weeks as hold them; the last is over.

    Time never runs backwards, across the weeks either: an office believes no clock that does.
    """
    today, weeks = datetime.now(LONDON).date(), -(-number // A_WEEK)
    over = 7 if today.weekday() < 5 else 0
    monday = today - timedelta(days=today.weekday() + over + 7 * (weeks - 1))
    days = (monday + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5))
    moments = (datetime.combine(day, time_of_day(hour), LONDON).astimezone(UTC) for day in days for hour in (10, 15))
    return islice(moments, number)


class Week:
    """The office at work on its machines, all of which run."""

    def __init__(self, machines: Machines, office: Toyshire, door: Door, tell: Callable[[str], None]) -> None:
        self._machines, self._office, self._door, self._tell = machines, office, door, tell
        self.seen = Seen()
        self.agencies, self.officers = Agencies(self.seen), Officers(self.seen, machines.site)
        self._answered: set[str] = set()
        user, _, password = SERVER_PASSWORD.partition(":")
        self._prefect = httpx.Client(base_url=machines.inside, auth=(user, password), timeout=30)

    def live_through(self, trouble: Trouble, moment: datetime) -> Course:
        """One morning: cases come, a sweep begins, people answer, parts die and come back, until a sweep was good."""
        course = Course(trouble)
        self._office.set_clock(moment)
        self._office.open(OPENED)
        self.seen.told()
        owed = self._owed()
        with Onlookers(self.seen, self._machines.site, owed[0] if owed else ""):
            if trouble.takes_an_answer:
                self._with_an_answer(trouble, course)
            else:
                self._with_a_sweep(trouble, course, owed[:ANSWERED])
        course.asked, course.seen = self.seen.told()
        return course

    def _owed(self) -> list[str]:
        """Pages of letters to agencies that nobody has answered yet."""
        return [address for address in self._office.returns(self._door) if address not in self._answered]

    def _with_a_sweep(self, trouble: Trouble, course: Course, owed: list[str]) -> None:
        run = self._ask_for_sweep()
        if "chase" in trouble.during:
            self._wait(lambda: self._run(run).get("state_type") in {"RUNNING", *ENDED}, 90)
        answering = [_begin(self._agencies_answer, owed, course), _begin(self._officers_answer, course)]
        time.sleep(2)
        killed = self._kill(trouble)
        self._until_good(run, course, killed)
        for thread in answering:
            thread.join(120)

    def _with_an_answer(self, trouble: Trouble, course: Course) -> None:
        """What agencies answered is to be read; the flow of who has read it is killed."""
        self._until_forms_wait(course)
        before = len(self.officers.runs)
        answering = _begin(self._officers_answer, course)
        item = self._an_answer_at_work(before)
        killed = self._kill(trouble)
        self._until_good(self._ask_for_sweep(), course, killed)
        if item and self._is_recorded(item):
            course.recorded = time.monotonic() - killed
        answering.join(120)

    def _is_recorded(self, item: str) -> bool:
        """Wait until it is in the history, and ask for sweeps as the clock would: one of them does what was left."""
        until = time.monotonic() + PATIENCE
        while (
            not (is_done := self._wait(lambda: self._office.has_done(item), AGAIN_AFTER)) and time.monotonic() < until
        ):
            self._ask_for_sweep()
        return is_done

    def _until_good(self, run: str, course: Course, killed: float) -> None:
        course.runs[f"sweep {self._good_sweep(run, course)}"] += 1
        course.until_good = time.monotonic() - killed

    def _until_forms_wait(self, course: Course) -> None:
        """Sweep, and have agencies answer, until a form waits for the office: there is an answer to lose."""
        until, asked = time.monotonic() + PATIENCE, 0.0
        with self.officers.client() as client:
            while not self.officers.waiting(client) and time.monotonic() < until:
                if time.monotonic() - asked > AGAIN_AFTER:
                    self._ask_for_sweep()
                    asked = time.monotonic()
                self._agencies_answer(self._owed()[:ANSWERED], course)
                time.sleep(1)

    def _an_answer_at_work(self, before: int) -> str:
        """Wait for a flow that has an answer and has not recorded it yet; the item of it, '' where none came."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            taken = zip(self.officers.runs[before:], self.officers.acknowledged[before:], strict=False)
            for run, item in taken:
                if self._run(run).get("state_type") == "RUNNING" and not self._office.has_done(item):
                    return item
            time.sleep(0.2)
        return ""

    def _kill(self, trouble: Trouble) -> float:
        """Kill the parts and bring them back; the moment at which they died."""
        killed = time.monotonic()
        for name in trouble.parts:
            self._machines.parts[name].kill(with_what_it_started=trouble.with_flows)
        time.sleep(trouble.away)
        for name in trouble.parts:
            self._machines.parts[name].start()
        return killed

    def _good_sweep(self, first: str, course: Course) -> str:
        """Wait for it, and ask for another where it ends otherwise, as the clock of every quarter of an hour would."""
        until, asked, runs = time.monotonic() + PATIENCE, time.monotonic(), {first: ""}
        while time.monotonic() < until:
            runs |= {run: self._run(run).get("state_type") or before for run, before in runs.items()}
            if "COMPLETED" in runs.values():
                break
            if time.monotonic() - asked > AGAIN_AFTER:
                runs[self._ask_for_sweep()], asked = "", time.monotonic()
            time.sleep(1)
        course.runs.update(state.lower() or "not to be seen" for state in runs.values() if state != "COMPLETED")
        return "was good" if "COMPLETED" in runs.values() else "never was good"

    def _agencies_answer(self, addresses: list[str], course: Course) -> None:
        for address in addresses:
            if self.agencies.answer(address, time.monotonic() + 90):
                self._answered.add(address)
                course.agencies += 1

    def _officers_answer(self, course: Course) -> None:
        course.officers += self.officers.answer_all(ANSWERED, time.monotonic() + 45)

    def _ask_for_sweep(self) -> str:
        """Press Run until Prefect takes it; the id of the run."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                deployment = self._prefect.get(f"/deployments/name/{SWEEP}").raise_for_status().json()["id"]
                body = {"state": {"type": "SCHEDULED"}}
                asked = self._prefect.post(f"/deployments/{deployment}/create_flow_run", json=body)
                return str(asked.raise_for_status().json()["id"])
            except httpx.HTTPError:
                time.sleep(1)
        raise AssertionError("Prefect took no run")

    def _run(self, run: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self._prefect.get(f"/flow_runs/{run}").raise_for_status().json()
        except httpx.HTTPError:
            return {}
        return found

    def at_work(self, flows: Sequence[str] = OURS, *states: str) -> list[str]:
        """Runs with a process, by what Prefect says: the pictures of cases have none, and are left out."""
        wanted = {
            "flows": {"name": {"any_": [*flows]}},
            "flow_runs": {"state": {"type": {"any_": [*(states or ("RUNNING", "PENDING", "CANCELLING"))]}}},
            "limit": 200,
        }
        try:
            runs = self._prefect.post("/flow_runs/filter", json=wanted).raise_for_status().json()
        except httpx.HTTPError:
            return ["Prefect does not answer"]
        return [f"{run['name']}: {run['state_name']}" for run in runs if run["state_name"] != "Opening"]

    def _wait(self, reached: Callable[[], bool], patience: float) -> bool:
        until = time.monotonic() + patience
        while not (is_reached := reached()) and time.monotonic() < until:
            time.sleep(0.3)
        return is_reached

    def settle(self, patience: float) -> list[str]:
        """Wait until nothing is at work, sweep once more, and wait again; what still is at work."""
        self._wait(lambda: not self.at_work(), patience)
        last = Course(TROUBLES[0])
        self._good_sweep(self._ask_for_sweep(), last)
        self._wait(lambda: not self.at_work(), patience)
        return self.at_work()


def _begin(work: Callable[..., None], *about: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=about, daemon=True)
    thread.start()
    return thread
