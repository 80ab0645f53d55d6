"""The answer pages under load: their real server over HTTP, beside the same commands straight to the store.

In one run, in turns; on PostgreSQL unless only SQLite is asked for, where one writes at a time.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from psutil import Process

from reviewflow.cli.server.ports import free_port
from tests.benchmarks import shipped
from tests.benchmarks.answering import ANSWERED, KEY, Owed, Returns, returns_at, write_glances
from tests.benchmarks.clients import EIGHT, Client, by_eight, evenly
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.report import Report, Verdict, at_least, at_most
from tests.benchmarks.rounds import Figures, interleaved, ratio
from tests.web.real_server import serving

STORE, PAGES, VISITS = "straight to the store", "over HTTP", "over HTTP, the page before and after"
LEAST_RATE, MOST_PAGE_MS, MOST_TAIL = 0.6, 15, 10
LOOKS = 200


def measure(options: Options) -> Iterator[Report]:
    kind = Kind.POSTGRESQL if Kind.POSTGRESQL in options.kinds else Kind.SQLITE
    with place(kind) as where, fresh(where) as url, tempfile.TemporaryDirectory() as folder:
        office = shipped.office_at(url)
        with closing(office.store):
            port = free_port()
            returns = returns_at(office, f"http://127.0.0.1:{port}", _reviews(options))
            write_glances(returns, Path(folder) / "board")
            with serving(environment(returns, url, Path(folder)), port) as server:
                yield _report(kind, returns, port, Process(server.pid), options)


def _reviews(options: Options) -> int:
    """As many as are asked for, and enough that nobody answers in one where somebody has."""
    return max(options.many, (3 * options.rounds + 2) * options.answered + LOOKS + ANSWERED)


def environment(returns: Returns, url: str, folder: Path) -> Mapping[str, str]:
    """What the server is told."""
    return os.environ | {
        "REVIEWFLOW_DATABASE": url,
        "REVIEWFLOW_DEFINITIONS": str(returns.office.folder),
        "REVIEWFLOW_DOCUMENTS": str(folder / "documents"),
        "REVIEWFLOW_BOARD": str(folder / "board"),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_LOCAL_URL": returns.door.url,
        "REVIEWFLOW_DOOR_KEY": KEY,
    }


def _report(kind: Kind, returns: Returns, port: int, server: Process, options: Options) -> Report:
    number = options.answered
    page = _page_ms(returns, port, server)
    contestants: Mapping[str, Callable[[], float]] = {
        STORE: partial(_straight, returns, number),
        PAGES: partial(_over_http, returns, port, number, Client.answer),
        VISITS: partial(_over_http, returns, port, number, Client.visit),
    }
    figures = interleaved(contestants, options.rounds)
    took = evenly(port, returns.take(number * 2), 2 * median(figures[PAGES]))
    rows = [
        (name, f"{1 / median(seconds):.0f}", f"{ratio(figures, STORE, name):.2f}") for name, seconds in figures.items()
    ]
    rows.append(("a page, ms of the server's processor", f"{page:.1f}", ""))
    rows.append(
        ("an answer at half load, ms: median, 99 of 100", f"{median(took) * 1000:.0f}", f"{_p99(took) * 1000:.0f}")
    )
    extent = f"{EIGHT} clients, {options.rounds} rounds of {number}"
    title = f"Answer pages on {kind}: {_reviews(options):,} open reviews, {extent}"
    return Report(title, ("", "answers a second", "to the store"), rows, list(_verdicts(figures, page, took)))


def _verdicts(figures: Figures, page: float, took: list[float]) -> Iterator[Verdict]:
    rate = ratio(figures, STORE, PAGES)
    yield at_least("answers over HTTP, to the same straight to the store", LEAST_RATE, rate, "times")
    yield at_most("an answer page", MOST_PAGE_MS, page, "ms of processor")
    yield at_most("99 of 100 answers at half load, to the median", MOST_TAIL, _p99(took) / median(took), "times")


def _p99(took: list[float]) -> float:
    return quantiles(took, n=100)[-1]


def _straight(returns: Returns, number: int) -> float:
    """Seconds an answer, by as many threads as there are clients otherwise."""
    owed = returns.take(number)
    began = perf_counter()
    with ThreadPoolExecutor(EIGHT) as pool:
        list(pool.map(returns.answer, owed))
    return _checked(returns, owed, perf_counter() - began)


def _over_http(returns: Returns, port: int, number: int, act: Callable[[Client, Owed], None]) -> float:
    owed = returns.take(number)
    return _checked(returns, owed, by_eight(port, owed, act))


def _checked(returns: Returns, owed: list[Owed], seconds: float) -> float:
    assert all(map(returns.is_answered, owed)), "an answer was lost, or counted twice"
    return seconds / len(owed)


def _page_ms(returns: Returns, port: int, server: Process) -> float:
    """Milliseconds of processor that the server takes for a page, the median of some stretches."""
    owed, client, figures = returns.take(LOOKS // 10), Client(port), []
    for _ in range(10):
        before = server.cpu_times()
        for each in owed:
            client.look(each)
        after = server.cpu_times()
        figures.append((after.user + after.system - before.user - before.system) / len(owed) * 1000)
    client.close()
    return median(figures)
