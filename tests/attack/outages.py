"""The database away in the middle of a real sweep and of its delivery, at each of their statements, in every way.

`python -m tests.attack.outages` does all of it, with `--database postgresql` on such a server, and says where a sweep
that came after did not make of the office what it would have been without the outage. `test_outages.py` has a sample.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from reviewflow.errors import OURS, ReviewflowError
from reviewflow.service.delivery.mode import MAIL_URL, delivery_mode, switch
from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.drivers.driver import Driver
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.errors import StoreUnavailable
from tasks.sweep_once import sweep_once
from tests.attack.blows import OF_KIND, Blow, again_there, before_each, interrupted
from tests.attack.damage import BOARD_FOLDER, OUTBOX, Office, begun, make_office
from tests.attack.places import placed
from tests.attack.runs import Came, asked, chosen, in_memory, try_all
from tests.benchmarks.databases import Kind
from tests.notifications.servers import LoopbackServer, PostOffice
from tests.service.builders import at

MOMENTS = (at(19, 9), at(19, 10), at(20, 9), at(21, 9))
"""The sweep that is disturbed, and those that come after it."""


class To(StrEnum):
    """What an outage comes to."""

    AS_WELL = "all as without it"
    AGAIN = "one letter twice"
    FAULT = "HARMED"


class Seen(NamedTuple):
    """What is left in the end."""

    histories: dict[str, Counter[tuple[str, ...]]]
    """Of each case, what happened in it."""
    letters: Counter[tuple[Any, ...]]
    """Of each message to whom, about what, and what became of it."""
    items: list[Any]


@dataclass(frozen=True)
class Tried:
    """An office whose letters really go, to a mail server that takes them."""

    office: Office

    def __reduce__(self) -> tuple[type[Tried], tuple[Office]]:
        return Tried, (self.office,)

    @property
    def dialect(self) -> Dialect:
        return Dialect.SQLITE if self.office.place.takes_any_type else Dialect.POSTGRESQL

    @cached_property
    def expected(self) -> Seen:
        return self._course(self.office.folder / "expected", None)[0]

    @cached_property
    def statements(self) -> int:
        """How many the first sweep has."""
        counted: list[int] = []
        self._course(self.office.folder / "counted", lambda driver: _counting(driver, counted))
        return len(counted)

    def blows(self) -> Iterator[Blow]:
        for outage in OF_KIND[self.dialect]:
            for statement in range(1, self.statements + 1):
                yield Blow(outage, statement)

    def strike(self, blow: Blow, folder: Path) -> Came:
        """What one outage came to in a copy in this folder."""
        try:
            seen, mails, told = self._course(folder, lambda driver: interrupted(driver, blow))
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            return Came(blow.table, To.FAULT, f"{blow}: {type(error).__name__}: {error}")
        wrong = [*self.differences(seen), *told, *wrong_mails(mails)]
        if wrong:
            return Came(blow.table, To.FAULT, f"{blow}: " + "\n  ".join(wrong))
        return Came(blow.table, To.AGAIN if _twice(mails) else To.AS_WELL, "")

    def differences(self, seen: Seen) -> Iterator[str]:
        """What is left otherwise than without an outage."""
        for name, was in self.expected.histories.items():
            if seen.histories[name] != was:
                yield f"{name}: gone {was - seen.histories[name]}, new {seen.histories[name] - was}"
        if seen.letters != self.expected.letters:
            yield f"letters: gone {self.expected.letters - seen.letters}, new {seen.letters - self.expected.letters}"
        if seen.items != self.expected.items:
            yield f"items: {sorted(set(seen.items) ^ set(self.expected.items))}"

    def _course(
        self, folder: Path, disturbed: Callable[[Driver], Any] | None
    ) -> tuple[Seen, list[tuple[str, str]], list[str]]:
        """Every sweep, the first of them disturbed: what is left, the mails that went, and what was wrong meanwhile."""
        url, told = self.office.copied(folder), []
        post = PostOffice()
        server = LoopbackServer(post)
        server.start()
        environ = {
            MAIL_URL: f"mailto://127.0.0.1:{server.port}",
            "REVIEWFLOW_SENDER": "Reviews <reviews@partnership.example.org>",
            "REVIEWFLOW_OUTBOX_FOLDER": str(folder / OUTBOX),
            "REVIEWFLOW_BOARD": str(folder / BOARD_FOLDER),
        }
        try:
            with patch.dict(os.environ, environ):
                for number, moment in enumerate(MOMENTS):
                    blow = disturbed if number == 0 else None
                    told += self._swept(url, environ, moment, blow)
        finally:
            server.stop()
        with self.office.workspace(url, folder) as workspace:
            told += [f"audit: {finding}" for finding in audit(workspace)[1]]
        return self._seen(url), [(str(mail["X-Reviewflow-Reference"]), mail.as_string()) for mail in post.mails], told

    def _swept(self, url: str, environ: dict[str, str], moment: Any, disturbed: Any) -> list[str]:
        with self.office.workspace(url, Path(environ["REVIEWFLOW_BOARD"]).parent) as workspace:
            _ready(workspace)
            with disturbed(workspace.store.driver) if disturbed else ExitStack():
                try:
                    sweep_once(workspace, environ, clock=lambda: moment, mode=Mode.LIVE)
                except ReviewflowError as error:
                    if disturbed is None or error.exit_status != OURS or not isinstance(error, StoreUnavailable):
                        return [f"the sweep of {moment} ended with {type(error).__name__}: {error}"]
            if disturbed is not None:
                again_there(url)
        return []

    def _seen(self, url: str) -> Seen:
        with self.office.place.read(url) as copy:
            names = dict(copy.execute("SELECT id, reference FROM cases").fetchall())
            histories = {name: Counter[tuple[str, ...]]() for name in names.values()}
            for case, kind, body in copy.execute("SELECT case_id, kind, body FROM events").fetchall():
                histories[names[case]][kind, _MOMENT.sub("", body)] += 1
            letters = copy.execute("SELECT case_id, item, recipient, message, status FROM notices").fetchall()
            items = copy.execute("SELECT case_id, item, status, due FROM items ORDER BY case_id, item").fetchall()
            return Seen(histories, Counter(map(tuple, letters)), list(map(tuple, items)))


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:+]+|[A-Z]{2}-\d{4}-\d{3}/[\d.]+")
"""What may be another: when it was done, and how a letter is numbered."""


def wrong_mails(mails: list[tuple[str, str]]) -> Iterator[str]:
    """A number that names more than one text, and more than the one letter that an outage cut short gone twice."""
    texts: dict[str, set[str]] = {}
    for reference, text in mails:
        texts.setdefault(reference, set()).add(_without_moments(text))
    yield from (f"{reference} names {len(each)} texts" for reference, each in texts.items() if len(each) > 1)
    if len(_twice(mails)) > 1:
        yield f"went twice: {_twice(mails)}"


def _without_moments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(("Date:", "Received:")))


def _twice(mails: list[tuple[str, str]]) -> list[str]:
    return [reference for reference, times in Counter(reference for reference, _ in mails).items() if times > 1]


def _ready(workspace: Workspace) -> None:
    begun(workspace)
    if delivery_mode(workspace, os.environ).mode is not Mode.LIVE:
        switch(workspace, Mode.LIVE, by="A. Manager", now=MOMENTS[0])


@contextmanager
def _counting(driver: Driver, counted: list[int]) -> Iterator[None]:
    with before_each(driver, lambda _: counted.append(1)):
        yield


def main(words: list[str]) -> int:
    """Try what is asked for; print what was harmed, and the figures."""
    told = asked(words, __doc__ or "")
    workers = told.workers if told.database is Kind.SQLITE else 1  # a server that breaks down does so for all
    with in_memory() as folder, placed(told.database, folder) as place:
        tried = Tried(make_office(folder, place))
        assert tried.expected.letters
        figures = try_all(chosen(tried.blows(), told), partial(_strike, tried), folder, workers)
    print(figures.as_table(list(To)))
    return bool(figures.faults)


def _strike(tried: Tried, blow: Blow, folder: Path) -> Came:
    return tried.strike(blow, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
