"""Very many attacks by several processes, each in copies of its own: a line of progress, and a table at the end.

Copies lie in memory where the machine has a folder for that: what is tried is what a program makes of a database, not
how long a disk takes.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Protocol, TypeVar

from tests.benchmarks.databases import Kind

MEMORY = Path("/dev/shm")
PIECE = 20
"""So many attacks are handed to a process at once."""
OFTEN = 500
"""After so many a line is written where no terminal looks."""


class Aimed(Protocol):
    """One thing that may be done to a row."""

    @property
    def table(self) -> str: ...

    @property
    def about(self) -> Hashable:
        """The same for all of which one is as good as another at first sight."""


A = TypeVar("A", bound=Aimed)


class Came(NamedTuple):
    """What one attack came to."""

    table: str
    to: str
    fault: str
    """In words; '' where all is well."""


@dataclass
class Figures:
    """How often what came of the attacks on each table."""

    of_table: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def count(self, came: Came) -> None:
        self.of_table.setdefault(came.table, Counter())[came.to] += 1
        if came.fault:
            self.faults.append(came.fault)

    @property
    def all(self) -> Counter[str]:
        return sum(self.of_table.values(), Counter[str]())

    def as_table(self, columns: Sequence[str]) -> str:
        """A row a table, and what all came to at the end."""
        rows = [*sorted(self.of_table.items()), ("all", self.all)]
        cells = [[name, f"{counts.total():,}", *(f"{counts[to]:,}" for to in columns)] for name, counts in rows]
        head = ["table", "tried", *columns]
        widths = [max(len(row[place]) for row in [head, *cells]) for place in range(len(head))]
        return "\n".join("  ".join(_cell(row, widths)) for row in [head, *cells])


def _cell(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    yield row[0].ljust(widths[0])
    yield from (word.rjust(width) for word, width in zip(row[1:], widths[1:], strict=True))


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where there is such a place."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="attack-", dir=place) as folder:
        yield Path(folder)


def asked(words: Sequence[str], about: str) -> argparse.Namespace:
    """What to try, as the command line says."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("sample", nargs="?", type=int, help="the same as --count")
    parser.add_argument("--count", type=int, help="so many of them, by chance but always the same")
    parser.add_argument("--first", type=int, default=0, help="go on after so many, where a run was stopped")
    parser.add_argument("--only", metavar="TABLE", action="append", help="rows of this table; may be said again")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--database", type=Kind, choices=list(Kind), default=Kind.SQLITE, help="the kind of database")
    told = parser.parse_args(words)
    told.count = told.count or told.sample
    return told


def chosen(attacks: Iterable[A], told: argparse.Namespace) -> list[A]:
    """Those that are asked for."""
    order = in_turn((attack for attack in attacks if not told.only or attack.table in told.only), 26)[told.first :]
    return order[: told.count]


def in_turn(attacks: Iterable[A], seed: int) -> list[A]:
    """First one of each kind, then a second of each: what fails shows early, and any number of them is a sample."""
    order = list(attacks)
    Random(seed).shuffle(order)
    before: Counter[Hashable] = Counter()
    rounds = []
    for attack in order:
        rounds.append(before[attack.about])
        before[attack.about] += 1
    return [attack for _, attack in sorted(zip(rounds, order, strict=True), key=lambda each: each[0])]


def try_all(attacks: Sequence[A], attempt: Callable[[A, Path], Came], folder: Path, workers: int) -> Figures:
    """Each tried in a folder that its process has for itself; faults are printed as they are found."""
    figures, begun = Figures(), time.monotonic()
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(attempt, folder)) as pool:
        for done, came in enumerate(pool.map(_attempt, attacks, chunksize=PIECE), start=1):
            figures.count(came)
            if came.fault:
                print(came.fault, flush=True)
            _show(done, len(attacks), figures, begun)
    return figures


def _show(done: int, of: int, figures: Figures, begun: float) -> None:
    looks = sys.stderr.isatty()
    if not looks and done % OFTEN and done < of:
        return
    seconds = time.monotonic() - begun
    left = (of - done) * seconds / done
    words = f"{done:,} of {of:,}, {len(figures.faults)} faults, {seconds:,.0f} s, about {left:,.0f} s to go"
    print(f"\r{words} " if looks else words, end="" if looks and done < of else "\n", file=sys.stderr, flush=True)


_mine: dict[str, Any] = {}


def _begin(attempt: Callable[[Any, Path], Came], folder: Path) -> None:
    _mine.update(attempt=attempt, folder=Path(tempfile.mkdtemp(dir=folder)))
    gc.freeze()  # what is there already is not looked through again and again


def _attempt(attack: Any) -> Came:
    came: Came = _mine["attempt"](attack, _mine["folder"])
    return came
