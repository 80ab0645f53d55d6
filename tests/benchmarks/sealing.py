"""What the chain over the whole office costs those who complete work: the same work with seals made meanwhile, and not.

A seal is made beside the writers after each hundred answers, as a sweep does each quarter of an hour. Compared are
processor times of this process, sealing included, in pairs of rounds. A completion itself runs no statement for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from statistics import median
from time import process_time

from reviewflow.service.records.sealing import seal
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.report import Report, Verdict, at_most
from tests.benchmarks.rounds import interleaved, ratio
from tests.benchmarks.workload import COMPLETIONS, NOW

WRITERS = {Kind.SQLITE: 1, Kind.POSTGRESQL: 8}
PLAIN, SEALED = "without seals", "with a seal after each hundred"
EACH = 100
MOST = 1.1


def measure(options: Options) -> Iterator[Report]:
    for kind in options.kinds:
        writers, cases = WRITERS[kind], max(options.cases, WRITERS[kind])
        with place(kind) as where:
            both = {PLAIN: False, SEALED: True}
            contestants = {
                name: partial(_seconds, where, cases, writers, with_seals=seals) for name, seals in both.items()
            }
            figures = interleaved(contestants, options.rounds)
        rows = [(name, f"{median(seconds) * 1000:.2f}") for name, seconds in figures.items()]
        times = ratio(figures, SEALED, PLAIN)
        target = f"completions on {kind} with {writers} writing, sealed to not sealed"
        verdicts: list[Verdict] = [at_most(target, MOST, times, "times")]
        yield Report(f"Sealing on {kind}: {writers} writing", ("", "processor ms a completion"), rows, verdicts)


def _seconds(where: str, cases: int, writers: int, *, with_seals: bool) -> float:
    with fresh(where) as url, closing(Reviewflow(url)) as ours, ThreadPoolExecutor(writers) as pool:
        for case in range(cases):
            ours.open(case)
        seal(ours.office, now=NOW)
        began = process_time()
        for done in range(1, COMPLETIONS + 1):
            is_time = done * cases // EACH > (done - 1) * cases // EACH
            sealing = pool.submit(seal, ours.office, now=NOW) if with_seals and is_time else None
            list(pool.map(ours.complete, range(cases)))
            if sealing is not None:
                sealing.result()
        seconds = process_time() - began
        assert ours.finished() == cases
    return seconds / (cases * COMPLETIONS)
