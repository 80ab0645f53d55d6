"""The benchmark: `python -m tests.benchmarks`, or `make bench`."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from statistics import median
from time import perf_counter

from rich.console import Console

from tests.benchmarks import (
    capacity,
    cold,
    completions,
    door,
    in_prefect,
    many,
    screening,
    sealing,
    shares,
    size,
    sweeping,
)
from tests.benchmarks.databases import Kind
from tests.benchmarks.engines import SPLIT, WITHOUT_SPIFF, present
from tests.benchmarks.options import QUICK, Options
from tests.benchmarks.report import Report, Verdict, show

PARTS: Mapping[str, Callable[[Options], Iterator[Report]]] = {
    "completions": completions.measure,
    "sealing": sealing.measure,
    "sweep": sweeping.measure,
    "shares": shares.measure,
    "size": size.measure,
    "cold": cold.measure,
    "many": many.measure,
    "screening": screening.measure,
    "door": door.measure,
    "capacity": capacity.measure,
    "prefect": in_prefect.measure,
}


def main(arguments: list[str]) -> None:
    parts, options = _read(arguments)
    console = Console(width=110, highlight=False)
    console.print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    console.print(f"One write forced to the disk of {tempfile.gettempdir()}: {_disk_ms():.2f} ms\n")
    if SPLIT not in present():
        console.print(f"{WITHOUT_SPIFF}\n")
    verdicts: list[Verdict] = []
    for part in parts:
        for report in PARTS[part](options):
            show(console, report)
            verdicts += report.verdicts
    console.print("\n".join(str(each) for each in verdicts), markup=False)


def _read(arguments: list[str]) -> tuple[list[str], Options]:
    parser = ArgumentParser(prog="python -m tests.benchmarks", description="Measures us beside a floor and a peer.")
    parser.add_argument("--only", choices=list(PARTS), help="one part; all of them unless given")
    parser.add_argument("--database", choices=[each.value for each in Kind], help="one kind; both unless given")
    parser.add_argument("--quick", action="store_true", help="less of everything: a look, not a measurement")
    parser.add_argument("--rounds", type=int, help="how often each engine has its turn")
    parser.add_argument("--cases", type=int, help="how many cases are completed a round")
    parser.add_argument("--many", type=int, help="how many cases are open where there are many")
    given = parser.parse_args(arguments)
    options = QUICK if given.quick else Options()
    if given.database:
        options = replace(options, kinds=(Kind(given.database),))
    if given.rounds:
        options = replace(options, rounds=given.rounds, sweep_rounds=given.rounds)
    if given.cases:
        options = replace(options, cases=given.cases)
    if given.many:
        options = replace(options, many=given.many)
    return [given.only] if given.only else list(PARTS), options


def _disk_ms() -> float:
    """What a commit cannot be faster than."""
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(51):
            began = perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            times.append(perf_counter() - began)
    return median(times) * 1000


if __name__ == "__main__":
    main(sys.argv[1:])
