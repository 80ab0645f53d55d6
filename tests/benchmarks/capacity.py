"""An office of so many open cases: a morning's sweep that reminds an agency in each, by a real mail server, a sweep
after it, and a working day of answers through the real answer pages.

In processor seconds of the program that does it, as another program may have the machine too; PostgreSQL's own and the
mail server's are in the seconds of the clock alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from psutil import Process

from reviewflow.case.model.commands import Open
from reviewflow.cli.server.ports import free_port
from reviewflow.london import london_day, read_stamp
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.door.key import Door
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from tasks.sweep_once import sweep_once
from tests.benchmarks.answering import KEY, SET_UP, Returns, write_glances
from tests.benchmarks.clients import Client, by_eight
from tests.benchmarks.databases import Kind, fresh, place, stored_bytes
from tests.benchmarks.door import environment
from tests.benchmarks.options import Options
from tests.benchmarks.population import copies
from tests.benchmarks.report import Report, at_most
from tests.benchmarks.shipped import RapidReviews, office_at
from tests.benchmarks.workload import BY
from tests.web.real_server import serving

A_DAY = 5
"""One of so many cases gets an answer on a working day."""
MOST_GROWTH, MOST_LETTER_MS = 1.3, 60


@dataclass(frozen=True, slots=True)
class Measured:
    """One office."""

    cases: int
    items: int
    letters: int
    seconds: float
    processor: float
    again: float
    answers: int
    answer: float
    stored: int

    @property
    def letter_ms(self) -> float:
        return self.processor / self.letters * 1000

    def row(self) -> tuple[str, ...]:
        counts = (f"{self.cases:,}", f"{self.items:,}", f"{self.letters:,}")
        sweeps = (f"{self.processor:.1f}", f"{self.seconds:.1f}", f"{self.again:.2f}")
        return (*counts, *sweeps, f"{self.answers:,}", f"{self.answer * 1000:.0f}", f"{self.stored / 2**20:.0f}")


def measure(options: Options) -> Iterator[Report]:
    kind = Kind.POSTGRESQL if Kind.POSTGRESQL in options.kinds else Kind.SQLITE
    with place(kind) as where:
        offices = [_office(where, cases) for cases in options.offices]
    growth = offices[-1].letter_ms / offices[0].letter_ms
    columns = ("cases", "items", "letters", "morning, processor s", "by the clock", "the next sweep")
    answers = ("answers", "each, ms of processor", "database, MB")
    verdicts = [
        at_most("a letter of the morning among most cases, to the same among fewest", MOST_GROWTH, growth, "times"),
        at_most("a letter of the morning among most cases", MOST_LETTER_MS, offices[-1].letter_ms, "ms of processor"),
    ]
    rows = [office.row() for office in offices]
    yield Report(f"An office and its cases on {kind}", (*columns, *answers), rows, verdicts)


def _office(where: str, cases: int) -> Measured:
    with fresh(where) as url, tempfile.TemporaryDirectory() as folder, post_office() as mail_url:
        office = office_at(url)
        with closing(office.store):
            now = datetime.now(UTC).replace(microsecond=0)
            model, morning = populate(office, cases, now)
            settings = mail_settings(mail_url, Path(folder))
            before, began = process_time(), perf_counter()
            swept = sweep_once(office, settings, clock=lambda: morning, mode=Mode.LIVE)
            processor, seconds = process_time() - before, perf_counter() - began
            before = process_time()
            sweep_once(office, settings, clock=lambda: morning + timedelta(minutes=15), mode=Mode.LIVE)
            again = process_time() - before
            assert swept.trouble == (), swept.trouble
            answers = cases // A_DAY
            answer = _answered(office, url, Path(folder), model, answers)
            items = int(office.store.driver.rows("SELECT COUNT(*) FROM items")[0][0])
            letters = swept.letters["sent"]
        return Measured(cases, items, letters, seconds, processor, again, answers, answer, stored_bytes(url))


def _answered(office: Workspace, url: str, folder: Path, model: str, number: int) -> float:
    """Seconds of the server's processor for an answer: its page, the form, and the page once more."""
    port = free_port()
    now = datetime.now(UTC).replace(microsecond=0)
    returns = Returns(office, Door(f"http://127.0.0.1:{port}", (KEY,)), now, model)
    write_glances(returns, folder / "glances")
    with serving(environment(returns, url, folder / "glances"), port) as server:
        owed, process = returns.take(number), Process(server.pid)
        before = process.cpu_times()
        by_eight(port, owed, Client.visit)
        after = process.cpu_times()
    assert all(map(returns.is_answered, owed)), "an answer was lost, or counted twice"
    return (after.user + after.system - before.user - before.system) / number


def populate(office: Workspace, cases: int, now: datetime) -> tuple[str, datetime]:
    """So many open reviews whose agency owes its return; the first one, and the morning when all are reminded."""
    day = london_day(now - timedelta(days=21))
    opening = Open({"aware": day, "notified": day}, tuple(islice(office.partnership.agencies, 1)))
    at = datetime(day.year, day.month, day.day, 10, 15, tzinfo=UTC)
    reference = open_case(office, "rapid_review", opening, by=BY, now=at).case.reference
    list(islice(RapidReviews(office).play(reference, day), SET_UP))
    office.store.driver.commit([("UPDATE notices SET status = 'sent', next_try = NULL", ())])
    items = [item for _, item in office.store.items(reference, None)]
    [reminded] = [item.next_chase for item in items if item.item.startswith("agency_return/") and item.next_chase]
    copies(office, reference, cases - 1)
    office.store.driver.commit([("ANALYZE", ())])
    return reference, read_stamp(reminded) + timedelta(minutes=1)


def mail_settings(mail_url: str, folder: Path) -> Mapping[str, str]:
    return {
        **os.environ,
        "REVIEWFLOW_MAIL_URL": mail_url,
        "REVIEWFLOW_SENDER": "Reviews <reviews@northmoor-scp.example.org>",
        "REVIEWFLOW_OUTBOX_FOLDER": str(folder / "messages"),
        "REVIEWFLOW_BOARD": str(folder / "board"),
    }


@contextmanager
def post_office() -> Iterator[str]:
    """A mail server in a process of its own that takes every letter and keeps none: its URL."""
    port = free_port()
    sink = ["-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    child = subprocess.Popen([sys.executable, *sink], stderr=subprocess.DEVNULL)
    try:
        yield f"mailto://127.0.0.1:{port}"
    finally:
        child.kill()
        child.wait(30)
