"""The sweep: a rung of each due item fired, among many that are not due; and a sweep when nothing is due at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median
from time import perf_counter

from reviewflow.service.sweep.chase import chase_due_items
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.engines import FLOOR, OURS
from tests.benchmarks.floor import Floor
from tests.benchmarks.floor import populate as populate_floor
from tests.benchmarks.floor import sweep as sweep_floor
from tests.benchmarks.options import Options
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.population import populate
from tests.benchmarks.report import Report, Verdict, at_most
from tests.benchmarks.rounds import Figures, interleaved, ratio
from tests.benchmarks.workload import AGENCIES, NOW, TODAY

TO_FLOOR, TO_FEWER, IDLE_MS = 3, 1.5, 10
Idle = dict[str, list[float]]
"""Seconds of the sweeps that found nothing due."""


def measure(options: Options) -> Iterator[Report]:
    for kind in options.kinds:
        with place(kind) as where:
            idle: Idle = {}
            contestants: dict[str, Callable[[], float]] = {}
            for items in options.open_items:
                for name, sweep in ((OURS, _ours), (FLOOR, _floor)):
                    called = _named(name, items)
                    seconds = idle.setdefault(called, [])
                    contestants[called] = partial(sweep, where, options.due, items, seconds)
            yield _report(kind, interleaved(contestants, options.sweep_rounds), idle, options)


def _named(engine: str, items: int) -> str:
    return f"{engine}, {items:,} open"


def _ours(where: str, due: int, items: int, idle: list[float]) -> float:
    with fresh(where) as url, closing(Reviewflow(url)) as ours:
        office = ours.office
        populate(office, due=due, waiting=(items - due) // len(AGENCIES))
        seconds = _timed(lambda: chase_due_items(office, now=NOW), due)
        idle.append(_timed(lambda: chase_due_items(office, now=NOW), 0))
    return seconds / due


def _floor(where: str, due: int, items: int, idle: list[float]) -> float:
    with fresh(where) as url, closing(Floor(url)) as floor:
        populate_floor(floor, due=due, waiting=(items - due) // len(AGENCIES))
        seconds = _timed(lambda: sweep_floor(floor, TODAY.isoformat()), due)
        idle.append(_timed(lambda: sweep_floor(floor, TODAY.isoformat()), 0))
    return seconds / due


def _timed(sweep: Callable[[], int], expected: int) -> float:
    began = perf_counter()
    fired = sweep()
    seconds = perf_counter() - began
    assert fired == expected, f"{fired} fired, {expected} were due"
    return seconds


def _report(kind: Kind, figures: Figures, idle: Idle, options: Options) -> Report:
    rows = [
        (
            called,
            f"{median(seconds) * 1000:.2f}",
            f"{ratio(figures, called, called.replace(OURS, FLOOR)):.2f}",
            f"{median(idle[called]) * 1000:.1f}",
        )
        for called, seconds in figures.items()
    ]
    title = f"Sweep on {kind}: {options.due:,} items due, {options.sweep_rounds} rounds"
    columns = ("engine", "ms an item", "to floor", "nothing due, ms")
    return Report(title, columns, rows, list(_verdicts(kind, figures, idle, options)))


def _verdicts(kind: Kind, figures: Figures, idle: Idle, options: Options) -> Iterator[Verdict]:
    fewest, most = options.open_items[0], options.open_items[-1]
    for items in options.open_items:
        times = ratio(figures, _named(OURS, items), _named(FLOOR, items))
        yield at_most(f"sweep on {kind} among {items:,}, an item to the floor's", TO_FLOOR, times, "times")
    growth = ratio(figures, _named(OURS, most), _named(OURS, fewest))
    yield at_most(f"sweep on {kind} among {most:,} to the same among {fewest:,}", TO_FEWER, growth, "times")
    nothing = median(idle[_named(OURS, most)]) * 1000
    yield at_most(f"sweep on {kind} with nothing due among {most:,}", IDLE_MS, nothing, "ms")
