"""A sweep of very many cases cut into shares: one program does them all, and three do one each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import psutil

from reviewflow.service.sweep.run import SweepContext, run_parts, run_share
from reviewflow.service.sweep.seldom.look_ahead import count_anew
from reviewflow.service.sweep.share import Share
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.benchmarks.databases import Kind, Plain, fresh, place
from tests.benchmarks.options import Options
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.population import populate
from tests.benchmarks.report import Report, Verdict, at_least, at_most
from tests.benchmarks.rounds import interleaved
from tests.benchmarks.workload import NOW

SHARES, FASTER, REST = 3, 1.4, 0.1
"""On two cores; more gain more, until the database is what all wait for."""
ALONE, SIDE_BY_SIDE = "one program", f"{SHARES} programs, a share each"


STORED = ("cases", "events", "items", "notices")
"""Tables that must be the same, whoever swept: all that a sweep writes."""
BY_CHANCE = "{id,by,hash,head}"
"""Columns that are not: numbers of the database, keys of people that are made at random, and the chain over those."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What it took, in seconds, and what was made of it."""

    clock: float
    programs: float
    """Of processor, of all programs."""
    database: float
    """Of processor, of all that PostgreSQL started."""
    again: float
    """To go over it once more, by the clock."""
    made: Mapping[str, str]
    """A digest of each table."""


def measure(options: Options) -> Iterator[Report]:
    if Kind.POSTGRESQL not in options.kinds:
        return
    swept: dict[str, list[Swept]] = {ALONE: [], SIDE_BY_SIDE: []}
    with place(Kind.POSTGRESQL) as where:
        ways: dict[str, Callable[[], float]] = {
            ALONE: partial(_kept, swept[ALONE], where, options, 1),
            SIDE_BY_SIDE: partial(_kept, swept[SIDE_BY_SIDE], where, options, SHARES),
        }
        figures = interleaved(ways, options.sweep_rounds)
    alone = median(figures[ALONE])
    rows = [
        (
            name,
            f"{median(figures[name]):.1f}",
            f"{alone / median(figures[name]):.2f}",
            f"{median(each.programs for each in rounds):.1f}",
            f"{median(each.database for each in rounds):.1f}",
        )
        for name, rounds in swept.items()
    ]
    columns = ("who sweeps", "seconds", "times as quick", "s of processor", "s of the database's")
    title = (
        f"A sweep in shares on postgresql: {options.due:,} of {options.many:,} cases due, {options.sweep_rounds} rounds"
    )
    yield Report(title, columns, rows, list(_verdicts(swept, alone / median(figures[SIDE_BY_SIDE]))))


def _verdicts(swept: Mapping[str, list[Swept]], times: float) -> Iterator[Verdict]:
    alone = median(each.clock for each in swept[ALONE])
    rest = median(each.again for rounds in swept.values() for each in rounds) / alone
    yield at_least(f"{SHARES} programs to one, two cores", FASTER, times, "times as quick")
    yield at_most("going over it once more, to one program's sweep", REST, rest, "times")
    made = [each.made for rounds in swept.values() for each in rounds]
    differs = [table for table in STORED if len({each[table] for each in made}) > 1]
    yield Verdict("one and three leave the same behind", f"differs: {', '.join(differs) or 'nothing'}", not differs)


def _kept(swept: list[Swept], where: str, options: Options, shares: int) -> float:
    swept.append(_swept(where, options, shares))
    return swept[-1].clock


def _swept(where: str, options: Options, shares: int) -> Swept:
    with fresh(where) as url, closing(Reviewflow(url)) as ours, closing(Plain(url)) as plain:
        populate(ours.office, due=options.due, waiting=options.many - options.due)
        count_anew(ours.office, now=NOW)  # an office's very first sweep counts all its days anew
        begun = [_program(url, ours.office.folder, number, shares) for number in range(shares)]
        for program in begun:
            assert program.stdout is not None
            program.stdout.readline()
        server = psutil.Process(plain.number("SELECT pg_backend_pid()")).parent()
        assert server is not None
        before, began = _processor(server), perf_counter()
        for program in begun:
            assert program.stdin is not None
            program.stdin.write(b"\n")
            program.stdin.close()
        taken = [_ended(program) for program in begun]
        clock, database = perf_counter() - began, _processor(server) - before
        assert len(ours.office.store.notices()) >= options.due
        made = {table: _digest(plain, table) for table in STORED}
        began = perf_counter()
        assert run_parts(SweepContext(ours.office, NOW, shares=()))["chase"] == 0
        return Swept(clock, sum(taken), database, perf_counter() - began, made)


def _ended(program: subprocess.Popen[bytes]) -> float:
    """Wait for it; its seconds of processor since it was told to begin."""
    assert program.stdout is not None
    seconds = float(program.stdout.readline())
    assert program.wait() == 0
    return seconds


def _processor(server: psutil.Process) -> float:
    """Seconds of PostgreSQL's first process, of those that it began, and of those of them that have ended."""
    seconds = 0.0
    for process in (server, *server.children()):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            seconds += times.user + times.system
    ended = server.cpu_times()
    return seconds + ended.children_user + ended.children_system


def _digest(plain: Plain, table: str) -> str:
    rows = f"SELECT (to_jsonb({table}) - '{BY_CHANCE}'::text[])::text AS row FROM {table}"
    return str(plain.run(f"SELECT md5(string_agg(row, '' ORDER BY row)) FROM ({rows}) AS rows").fetchone()[0])


def _program(url: str, folder: Path, number: int, of: int) -> subprocess.Popen[bytes]:
    """A worker that is ready, and begins when it is told so."""
    words = [sys.executable, "-m", "tests.benchmarks.shares", url, str(folder), str(number), str(of), NOW.isoformat()]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def main(url: str, folder: str, number: str, of: str, at: str) -> None:
    office = Workspace(open_store(url), Path(folder))
    _ = office.partnership, office.calendars
    print("ready", flush=True)
    sys.stdin.readline()
    before = process_time()
    run_share(office, Share(int(number), int(of)), now=datetime.fromisoformat(at))
    office.store.close()
    print(process_time() - before, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
