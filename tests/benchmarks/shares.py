"""A sweep of very many cases cut into shares: one program does them all, and three do one each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from reviewflow.service.sweep.run import SweepContext, run_parts, run_share
from reviewflow.service.sweep.seldom.look_ahead import count_anew
from reviewflow.service.sweep.share import Share
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.benchmarks.databases import Kind, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.population import populate
from tests.benchmarks.report import Report, Verdict, at_least, at_most
from tests.benchmarks.rounds import interleaved
from tests.benchmarks.workload import NOW

SHARES, FASTER, REST = 3, 1.4, 0.1
"""On two cores; more gain more, until the database is what all wait for."""
ALONE, SIDE_BY_SIDE = "one program", f"{SHARES} programs, a share each"


def measure(options: Options) -> Iterator[Report]:
    if Kind.POSTGRESQL not in options.kinds:
        return
    rest = list[float]()
    with place(Kind.POSTGRESQL) as where:
        ways: dict[str, Callable[[], float]] = {
            ALONE: partial(_swept, where, options, 1, rest),
            SIDE_BY_SIDE: partial(_swept, where, options, SHARES, rest),
        }
        figures = interleaved(ways, options.sweep_rounds)
    seconds = {name: median(taken) for name, taken in figures.items()}
    times, left = seconds[ALONE] / seconds[SIDE_BY_SIDE], median(rest) / seconds[ALONE]
    rows = [(name, f"{taken:.1f}", f"{seconds[ALONE] / taken:.2f}") for name, taken in seconds.items()]
    title = (
        f"A sweep in shares on postgresql: {options.due:,} of {options.many:,} cases due, {options.sweep_rounds} rounds"
    )
    yield Report(title, ("who sweeps", "seconds", "times as quick"), rows, list(_verdicts(times, left)))


def _verdicts(times: float, left: float) -> Iterator[Verdict]:
    yield at_least(f"{SHARES} programs to one, two cores", FASTER, times, "times as quick")
    yield at_most("going over it once more, to one program's sweep", REST, left, "times")


def _swept(where: str, options: Options, shares: int, rest: list[float]) -> float:
    with fresh(where) as url, closing(Reviewflow(url)) as ours:
        populate(ours.office, due=options.due, waiting=options.many - options.due)
        count_anew(ours.office, now=NOW)  # an office's very first sweep counts all its days anew
        begun = [_program(url, ours.office.folder, number, shares) for number in range(shares)]
        for program in begun:
            assert program.stdout is not None
            program.stdout.readline()
        began = perf_counter()
        for program in begun:
            assert program.stdin is not None
            program.stdin.write(b"\n")
            program.stdin.close()
        assert [program.wait() for program in begun] == [0] * shares
        seconds = perf_counter() - began
        assert len(ours.office.store.notices()) >= options.due
        began = perf_counter()
        assert run_parts(SweepContext(ours.office, NOW, shares=()))["chase"] == 0
        rest.append(perf_counter() - began)
    return seconds


def _program(url: str, folder: Path, number: int, of: int) -> subprocess.Popen[bytes]:
    """A worker that is ready, and begins when it is told so."""
    words = [sys.executable, "-m", "tests.benchmarks.shares", url, str(folder), str(number), str(of), NOW.isoformat()]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def main(url: str, folder: str, number: str, of: str, at: str) -> None:
    office = Workspace(open_store(url), Path(folder))
    _ = office.partnership, office.calendars
    print("ready", flush=True)
    sys.stdin.readline()
    run_share(office, Share(int(number), int(of)), now=datetime.fromisoformat(at))
    office.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
