"""What the chain over the whole office costs those who complete work: the same work with seals made meanwhile, and not.

A seal is made beside the writers after each hundred answers, as a sweep does each quarter of an hour. Compared are
processor times of this process, sealing included, in pairs of rounds. A completion itself runs no statement for it.

And what a seal costs of which one row is new, where few rows are sealed or many: it should cost what is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from statistics import median
from time import perf_counter, process_time

from reviewflow.london import stamp
from reviewflow.service.records.audit_heads import seal
from reviewflow.store.records import LogEntry
from reviewflow.store.store import open_store
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.report import Report, Verdict, at_most
from tests.benchmarks.rounds import interleaved, ratio
from tests.benchmarks.workload import BY, COMPLETIONS, NOW

WRITERS = {Kind.SQLITE: (1,), Kind.POSTGRESQL: (1, 8)}
FEW, MANY = 2_000, 20_000
MOST_GROWN = 2
"""How many times longer a seal may take where ten times as much is sealed."""
PLAIN, SEALED = "without seals", "with a seal after each hundred"
EACH = 100
MOST = 1.1


def measure(options: Options) -> Iterator[Report]:
    for kind in options.kinds:
        with place(kind) as where:
            for writers in WRITERS[kind]:
                yield _completions(kind, where, writers, options)
            yield _growth(kind, where, options)


def _completions(kind: Kind, where: str, writers: int, options: Options) -> Report:
    cases, both = max(options.cases, writers), {PLAIN: False, SEALED: True}
    contestants = {name: partial(_seconds, where, cases, writers, with_seals=seals) for name, seals in both.items()}
    figures = interleaved(contestants, options.rounds)
    rows = [(name, f"{median(seconds) * 1000:.2f}") for name, seconds in figures.items()]
    times = ratio(figures, SEALED, PLAIN)
    target = f"completions on {kind} with {writers} writing, sealed to not sealed"
    verdicts: list[Verdict] = [at_most(target, MOST, times, "times")]
    return Report(f"Sealing on {kind}: {writers} writing", ("", "processor ms a completion"), rows, verdicts)


def _growth(kind: Kind, where: str, options: Options) -> Report:
    """A seal with one new row; a process of the database does its share on PostgreSQL, so the clock is asked there."""
    contestants = {f"{number:,} sealed": partial(_seal_of_one, where, number) for number in (FEW, MANY)}
    figures = interleaved(contestants, options.rounds)
    rows = [(name, f"{median(seconds) * 1000:.2f}") for name, seconds in figures.items()]
    times = ratio(figures, *reversed(contestants))
    target = f"a seal of one new row on {kind}, {MANY:,} rows sealed to {FEW:,}"
    return Report(f"A seal on {kind}", ("", "ms"), rows, [at_most(target, MOST_GROWN, times, "times")])


def _seal_of_one(where: str, number: int) -> float:
    """By the clock, the median of several; the first two of the day have looked at everything before."""
    times = []
    with fresh(where) as url, closing(open_store(url)) as store:
        store.migrate()
        store.driver.commit([(_ENTRIES.format(number=number), ())])
        for _ in range(9):
            store.note(LogEntry(stamp(NOW), BY, "note", "{}"))
            began = perf_counter()
            store.seal(stamp(NOW), "")
            times.append(perf_counter() - began)
        assert store.unsealed().rows == 0
    return median(times[2:])


_ENTRIES = """
INSERT INTO office (at, "by", kind, body)
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {number})
SELECT '2026-01-05T09:00:00+00:00', 'x', 'note', '{{}}' FROM counted
"""


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
