"""What a finished case takes on disk, with its whole history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

from tests.benchmarks.databases import Kind, fresh, place, stored_bytes
from tests.benchmarks.engines import OURS, present
from tests.benchmarks.options import Options
from tests.benchmarks.report import Report, at_most
from tests.benchmarks.workload import Engine, play

MOST = 15_000


def measure(options: Options) -> Iterator[Report]:
    sizes = {kind: _sizes(kind, options.cases) for kind in options.kinds}
    rows = [(name, *(f"{sizes[kind][name]:,}" for kind in sizes)) for name in present()]
    wanted = [at_most("a case on sqlite", MOST, sizes[Kind.SQLITE][OURS], "bytes")] if Kind.SQLITE in sizes else []
    yield Report(f"Bytes a case: {options.cases} cases from start to end", ("engine", *sizes), rows, wanted)


def _sizes(kind: Kind, cases: int) -> dict[str, int]:
    with place(kind) as where:
        return {name: _size(make, where, cases) for name, make in present().items()}


def _size(make: Callable[[str], Engine], where: str, cases: int) -> int:
    with fresh(where) as url, closing(make(url)) as engine:
        empty = stored_bytes(url)
        for case in range(cases):
            engine.open(case)
        play(engine, cases)
        full = stored_bytes(url)
    return (full - empty) // cases
