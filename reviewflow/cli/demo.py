"""The demo: a fresh folder, Prefect, and three made-up rapid reviews at different points of their fifteen days."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import typer

from reviewflow.calendar import Calendar
from reviewflow.case import commands as c
from reviewflow.case.advance import london_day
from reviewflow.cli.console import moment
from reviewflow.cli.prefect_runs import run_deployment
from reviewflow.cli.supervisor import free_port, running
from reviewflow.cli.tables import cases_table
from reviewflow.language.problem import listing
from reviewflow.service.cases import carry_out, open_case
from reviewflow.service.database import DATABASE
from reviewflow.service.errors import UserError
from reviewflow.service.office import DEFINITIONS, Office, open_office
from reviewflow.service.overview import describe

HOME = Path("var") / "demo"
MARK = "made-by-the-demo"
PORT = 4200
BY = "the demo"
LOOK = timedelta(days=60)
LONDON = ZoneInfo("Europe/London")
AWARE = 3
"""Working days from becoming aware to sending the notification."""

AGENCIES = ("police", "hospital_trust", "childrens_social_care", "education", "primary_care", "probation")


@dataclass(frozen=True, slots=True)
class Done:
    """Something done on a working day counted from the notification."""

    day: int
    item: str
    answers: Mapping[str, object]


def returned(day: int, agency: str, answer: str = "summary") -> Done:
    answers = {
        "answer": answer,
        "paper": f"SECURE-{agency.upper()}",
        "approved": "yes",
        "records_secured": "yes",
        "risk_now": "none_found",
    }
    return Done(day, f"agency_return/{agency}", answers)


def read(day: int, agency: str) -> Done:
    return Done(day, f"read_return/{agency}", {"result": "enough"})


BEGUN = (
    Done(0, "immediate_safety", {"checked": "child, family", "result": "safe"}),
    Done(1, "set_up", {"agencies_right": "yes"}),
    Done(3, "scope_agencies", {"added": "0", "cross_border": "no"}),
)
STORIES: tuple[tuple[int, tuple[Done, ...]], ...] = (
    (2, BEGUN[:2]),
    (6, (*BEGUN, returned(4, "police"), read(5, "police"), returned(5, "education", "nil_return"))),
    (
        10,
        (
            *BEGUN,
            returned(5, "police"),
            read(6, "police"),
            returned(6, "childrens_social_care"),
            returned(7, "education", "nil_return"),
            returned(7, "primary_care"),
        ),
    ),
)
"""How many working days ago each notification was sent, and what has been done since."""


def run_demo(*, once: bool, home: Path | None) -> None:
    """Set everything up, show it, and stay until Ctrl-C, or stop at once."""
    homes = [home] if home else [HOME, *(HOME.with_name(f"{HOME.name}-{number}") for number in range(2, 10))]
    with _own_folder(homes) as chosen:
        _show(chosen, once=once)


def _show(home: Path, *, once: bool) -> None:
    port = _free(PORT)
    environment = {
        **os.environ,
        DATABASE: f"sqlite:///{home / 'reviewflow.db'}",
        DEFINITIONS: os.environ.get(DEFINITIONS, "definitions"),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_OUTBOX_FOLDER": str(home / "messages"),
    }
    with _office(environment) as office:
        say = _progress(5)
        say("Opening three made-up rapid reviews")
        open_stories(office, now=moment(None))
        with running(home, port, environment, say) as started:
            say("Sweeping: chasing what is due, and drawing the cases in Prefect")
            run_deployment(started.environment["PREFECT_API_URL"], "chase/chase")
            say("Done")
            _where_to_look(office, home, started.address)
            if not once:
                typer.echo("\nCtrl-C stops everything.")
                started.wait()


def open_stories(office: Office, *, now: datetime) -> None:
    """Open each review on its day and let happen what has happened since; nothing is left in the future."""
    calendar = office.calendars["england"]
    for days_ago, done in STORIES:
        notified = _days_before(calendar, london_day(now), days_ago)
        days = {"aware": calendar.add_working_days(notified, -AWARE), "notified": notified}
        opened_at = min(now, _at(notified, 10))
        opening = c.Open(days, AGENCIES)
        reference = open_case(office, "rapid_review", opening, by=BY, now=opened_at).case.reference
        for each in done:
            _carry_out(office, reference, each, notified, now=now)


def _carry_out(office: Office, reference: str, done: Done, notified: date, *, now: datetime) -> None:
    calendar = office.calendars["england"]
    on = calendar.add_working_days(notified, done.day)
    booked = {"panel_booked_for": 10, "huddle_booked_for": 14, "sent_on": done.day}
    dates = {name: calendar.add_working_days(notified, day).isoformat() for name, day in booked.items()}
    form = office.definition("rapid_review").step_forms[done.item.partition("/")[0]]
    answers = {**done.answers, **{name: day for name, day in dates.items() if name in form}}
    carry_out(office, reference, c.Complete(done.item, answers), by=BY, now=min(now, _at(on, 15)))


def _days_before(calendar: Calendar, day: date, days: int) -> date:
    return calendar.add_working_days(calendar.on_or_before(day), -days)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)


@contextmanager
def _own_folder(homes: Sequence[Path]) -> Iterator[Path]:
    """The first of these folders that no other demo is using, emptied."""
    for home in homes:
        home.parent.mkdir(parents=True, exist_ok=True)
        with (home.parent / f"{home.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            _empty(home)
            yield home
            return
    raise UserError(f"Other demos are running in {listing(map(str, homes))}. Stop one of them with Ctrl-C.")


def _empty(home: Path) -> None:
    """Only what an earlier demo wrote is taken away."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise UserError(f"{home} holds something that no demo wrote. Choose a folder that is empty, or a new one.")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / MARK).touch()


@contextmanager
def _office(environment: Mapping[str, str]) -> Iterator[Office]:
    office = open_office(environment)
    try:
        yield office
    finally:
        office.store.close()


def _free(port: int) -> int:
    """The usual port, or any other when it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
    return port


def _progress(steps: int) -> Callable[[str], None]:
    started, count = monotonic(), 0

    def say(words: str) -> None:
        nonlocal count
        count += 1
        typer.echo(f"[{count}/{steps}] {monotonic() - started:4.0f} s  {words}")

    return say


def _where_to_look(office: Office, home: Path, address: str) -> None:
    now = moment(None)
    seen = [describe(office, row, now=now) for row in office.store.cases()]
    typer.echo("")
    cases_table(seen)
    messages = sorted((home / "messages").glob("*.eml"))
    span = f"startDate={now.date() - LOOK}&endDate={now.date() + LOOK}"
    database = f"sqlite:///{home / 'reviewflow.db'}"
    typer.echo(
        f"\nManagers look here:   {address}/runs?tag=reviewflow&type=range&{span}"
        f"\n                      (each case drawn, and a form for each step: press Resume)"
        f"\nMessages, not sent:   {home / 'messages'}  ({len(messages)} files)"
        f"\nA case in words:      .venv/bin/reviewflow show {seen[-1].reference} --database {database}"
    )
