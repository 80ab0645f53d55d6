"""`make chaos`: the office on several machines, all of them this one, for a week in which each part is killed once.

About half an hour on two cores. Ends with 1 when anything was lost, came twice or was left running. It sends to this
machine alone. With words behind it only what has them in its name is killed: `python -m tests.chaos Valkey proxy`.
`CHAOS_TIMES=3` has each killed three times, in so many weeks.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from reviewflow.service.door.key import Door
from tests.chaos import machines as m
from tests.chaos import store
from tests.chaos.office import Toyshire, definitions, post_office
from tests.chaos.parts import ended_at_last, start_all
from tests.chaos.table import as_table
from tests.chaos.week import TROUBLES, Course, Week, mornings

TIMES = int(os.environ.get("CHAOS_TIMES", "1"))
LONGEST = 55 * 60 * TIMES
"""Seconds, after which all is ended whatever it does."""


def main(words: list[str]) -> int:
    """Live through the week and print what became of it."""
    if missing := store.missing():
        print(f"Left out: {missing}.")
        return 2
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the mail server warns of its own ways
    signal.alarm(LONGEST)
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("It took too long."))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Told to stop."))
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    folder.chmod(0o755)  # PostgreSQL has a user of its own
    try:
        return _live(folder, words)
    finally:
        if not os.environ.get("CHAOS_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


def _live(folder: Path, words: list[str]) -> int:
    with post_office() as (mail, smtp):
        machines = m.machines(folder, smtp, definitions(folder))
        with ended_at_last(machines.parts):
            chosen = TIMES * [
                trouble for trouble in TROUBLES if not words or any(word in trouble.what for word in words)
            ]
            moments = [*mornings(len(chosen))]
            office = _up(machines, folder, moments[0])
            office.mail = mail
            door = Door(machines.environment["REVIEWFLOW_PUBLIC_URL"], (store.PASSWORD * 3,))
            week, courses = Week(machines, office, door, _tell), list[Course]()
            for trouble, moment in zip(chosen, moments, strict=True):
                courses.append(week.live_through(trouble, moment))
                _tell(as_table(courses[-1:]))
            left = week.settle(240)
            harms = office.harms(week.agencies.acknowledged, week.officers.acknowledged, door)
    print(as_table(courses))
    print(f"{len(week.agencies.acknowledged)} answers on pages and {len(week.officers.acknowledged)} in Prefect taken.")
    print(f"{len(mail.mails)} letters arrived; more than once: {office.letters_twice() or 'none'}.")
    print(f"Left running: {left or 'nothing'}. Harms: {harms or 'none'}.")
    return bool(harms or left or any(_failed(course) for course in courses))


def _failed(course: Course) -> bool:
    """Whether no sweep was good after it, or nothing was at work that could have been lost."""
    return "sweep never was good" in course.runs or (course.trouble.takes_an_answer and course.recorded is None)


def _up(machines: m.Machines, folder: Path, moment: datetime) -> Toyshire:
    """Start everything in the order of the page of several machines; to the office it is this moment."""
    parts = machines.parts
    start_all([parts["PostgreSQL"], parts["Valkey"]])
    store.make_database(machines.ports["PostgreSQL"], "prefect")
    url = store.make_database(machines.ports["PostgreSQL"], "reviewflow")
    _tell("PostgreSQL and Valkey are up")
    office = Toyshire({**machines.environment, "REVIEWFLOW_DATABASE": url}, folder / "behind", None)  # type: ignore[arg-type]
    office.set_clock(moment)
    office.set_up()
    command = [sys.executable, "-m", "flows.credentials", "prefect", "server", "database", "upgrade", "-y"]
    environment = {**machines.environment, "PREFECT_HOME": str(folder / "home-upgrade")}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
    start_all([parts[name] for name in (*m.APIS, "services", *m.DOORS, *m.FRONT)])
    start_all([parts[name] for name in m.WORKERS])
    _tell("all is up")
    return office


BEGUN = time.monotonic()


def _tell(words: str) -> None:
    print(f"{time.monotonic() - BEGUN:5.0f} s  {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
