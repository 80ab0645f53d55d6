"""Durable completions a second: each with its events, their hash, the state, work items, next chase and outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from statistics import median
from time import perf_counter

from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.engines import FLOOR, HOT, OURS, SPLIT, present
from tests.benchmarks.options import Options
from tests.benchmarks.report import Report, Verdict, at_least
from tests.benchmarks.rounds import Figures, interleaved, ratio
from tests.benchmarks.workload import COMPLETIONS, Engine, play


def measure(options: Options) -> Iterator[Report]:
    for kind in options.kinds:
        with place(kind) as where:
            contestants = {name: partial(_rate, make, where, options.cases) for name, make in present().items()}
            yield _report(kind, interleaved(contestants, options.rounds), options)


def _rate(make: Callable[[str], Engine], where: str, cases: int) -> float:
    with fresh(where) as url, closing(make(url)) as engine:
        for case in range(cases):
            engine.open(case)
        began = perf_counter()
        play(engine, cases)
        seconds = perf_counter() - began
        assert (engine.finished(), engine.completions()) == (cases, cases * COMPLETIONS)
    return cases * COMPLETIONS / seconds


def _report(kind: Kind, figures: Figures, options: Options) -> Report:
    rows = [
        (
            name,
            f"{median(rates):,.0f}",
            f"{1000 / median(rates):.2f}",
            _times(figures, name, SPLIT),
            _times(figures, name, FLOOR),
        )
        for name, rates in figures.items()
    ]
    title = f"Completions on {kind}: {options.rounds} rounds of {options.cases} cases"
    columns = ("engine", "a second", "ms each", "to split", "to floor")
    return Report(title, columns, rows, list(_verdicts(kind, figures)))


def _times(figures: Figures, one: str, other: str) -> str:
    return f"{ratio(figures, one, other):.2f}" if other in figures else "-"


def _verdicts(kind: Kind, figures: Figures) -> Iterator[Verdict]:
    if SPLIT not in figures:
        return
    wanted = 2.5 if kind is Kind.SQLITE else 1.5
    yield at_least(f"completions on {kind} to SpiffWorkflow split", wanted, ratio(figures, OURS, SPLIT), "times")
    if kind is Kind.SQLITE:
        yield at_least(f"completions on {kind} to SpiffWorkflow hot", 1, ratio(figures, OURS, HOT), "times")
