"""A shipped rapid review beside the twelve steps of the workload; and what looks at many cases at once.

All in processor seconds, as another program may have the machine too; pages are counted as the log of SQLite has them.
What foresees every case is run over fewer of them and reckoned: it grows with their number, and all is over in three
minutes of a quiet machine.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from reviewflow.service.workspace.workspace import Workspace
from tests.benchmarks import shipped
from tests.benchmarks.cold import processor_seconds
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.report import Report, at_most
from tests.benchmarks.rounds import interleaved, ratio
from tests.benchmarks.workload import COMPLETIONS, play

SHIPPED, TOY = "rapid review, 8 agencies", "workload, 12 steps"
MOST_TO_TOY, MOST_PAGES, MOST_TO_LIST, MOST_TO_FORETELL = 2, 12, 5, 60
MOST_TO_FORESEE = 15
"""Seconds for the morning of so many cases, which foresees each clock, where no board has been written."""
TENTH = 10
"""Of so many cases one is run, where the rest is reckoned."""
NOW, MORNING = ("--now", "2026-11-04"), datetime(2026, 11, 4, 8, tzinfo=UTC)
LISTS = {
    "cases": ("cases", *NOW),
    "cases before that day's sweep": ("cases", "--now", "2026-11-05"),
    "due": ("due", *NOW),
    "due where half of the limits end in a week": ("due", "--now", "2026-11-12"),
}
TODAY = ("today", *NOW)
FORETOLD = ("chase", "--until", "2026-11-18", *NOW)
Pages = dict[str, float]
"""By workload, the pages that a completion writes into the log."""


def measure(options: Options) -> Iterator[Report]:
    if Kind.SQLITE in options.kinds:
        yield _completions(options)
        yield _lists(options)


def _completions(options: Options) -> Report:
    pages: Pages = {}
    number = max(options.cases // 20, 2)
    with place(Kind.SQLITE) as where:
        contestants: dict[str, Callable[[], float]] = {
            SHIPPED: partial(_shipped, where, number, pages),
            TOY: partial(_toy, where, options.cases, pages),
        }
        figures = interleaved(contestants, options.rounds)
    rows = [(name, f"{median(each) * 1000:.2f}", f"{pages[name]:.1f}") for name, each in figures.items()]
    verdicts = [
        at_most(
            "a completion of a rapid review, to the workload's", MOST_TO_TOY, ratio(figures, SHIPPED, TOY), "times"
        ),
        at_most("a completion of a rapid review writes", MOST_PAGES, pages[SHIPPED], "pages"),
    ]
    return Report("A completion on sqlite", ("workload", "ms of processor", "pages"), rows, verdicts)


def _shipped(where: str, number: int, pages: Pages) -> float:
    day, _ = shipped.BEGUN
    with fresh(where) as url:
        office = shipped.office_at(url)
        reviews = shipped.RapidReviews(office)
        answers = list(reviews.play(reviews.open(day), day))
        cases = [reviews.open(day) for _ in range(number)]

        def work() -> None:
            for answer in answers:
                for case in cases:
                    reviews.complete(case, answer, day)

        with closing(office.store):
            return _timed(office, work, len(answers) * number, SHIPPED, pages)


def _toy(where: str, number: int, pages: Pages) -> float:
    with fresh(where) as url, closing(Reviewflow(url)) as ours:
        for case in range(number):
            ours.open(case)
        return _timed(ours.office, lambda: play(ours, number), number * COMPLETIONS, TOY, pages)


def _timed(office: Workspace, work: Callable[[], None], completions: int, name: str, pages: Pages) -> float:
    """Processor seconds a completion, with what is written meanwhile left in the log and counted."""
    rows = office.store.driver.rows
    rows("PRAGMA wal_checkpoint(TRUNCATE)")
    rows("PRAGMA wal_autocheckpoint = 0")
    began = process_time()
    work()
    seconds = process_time() - began
    [(_, written, _)] = rows("PRAGMA wal_checkpoint(PASSIVE)")
    pages[name] = int(written or 0) / completions
    return seconds / completions


def _lists(options: Options) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        listed = {name: _command(folder, options.many, words) for name, words in LISTS.items()}
        foreseen = _command(folder, options.foretold, TODAY)
        foretold = _command(folder, options.foretold // TENTH, FORETOLD) * TENTH
    rows = [(name, f"{options.many:,}", f"{seconds:.1f}") for name, seconds in listed.items()]
    rows.append(("today, where no board was written", f"{options.foretold:,}", f"{foreseen:.1f}"))
    rows.append(("chase --until a fortnight, reckoned", f"{options.foretold:,}", f"{foretold:.1f}"))
    verdicts = [
        at_most(f"{name} over {options.many:,}", MOST_TO_LIST, seconds, "s") for name, seconds in listed.items()
    ]
    verdicts.append(at_most(f"today over {options.foretold:,}", MOST_TO_FORESEE, foreseen, "s"))
    verdicts.append(at_most(f"chase --until over {options.foretold:,}", MOST_TO_FORETELL, foretold, "s"))
    return Report("Many open cases, processor seconds", ("command", "cases", "seconds"), rows, verdicts)


def _command(folder: str, number: int, words: tuple[str, ...]) -> float:
    """What a command takes over so many open cases; they are made once, with the words of the sweep of that morning."""
    database = Path(folder) / f"{number}.db"
    if not database.exists():
        office = shipped.office_at(f"sqlite:///{database}")
        with closing(office.store):
            shipped.populate(office, number)
            shipped.keep_words_of_copies(office, MORNING)
    environ = {
        **os.environ,
        "REVIEWFLOW_DATABASE": f"sqlite:///{database}",
        "REVIEWFLOW_DEFINITIONS": str(shipped.DEFINITIONS),
        "XDG_CACHE_HOME": folder,
    }
    return processor_seconds(words, environ)
