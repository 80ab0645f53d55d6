"""Cold starts: a new process each time, with what Python itself takes beside it; and a definition of 1,000 steps.

Of commands that people type all day: processor seconds, as another program may have the machine too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.options import Options
from tests.benchmarks.report import Report, at_most
from tests.benchmarks.rounds import interleaved

SHIPPED = Path(__file__).parents[2] / "definitions"
BARE, IMPORT, CHECK, LONG = "python -c pass", "import reviewflow", "reviewflow check", "check of 1,000 steps"
MOST, MOST_FOR_LONG = 2_000, 1_000
MOST_FOR_HELP, MOST_TO_LOOK = 0.3, 0.9
"""Processor seconds."""
NOW = ("--now", "2026-05-12")
OPEN = ("open", "rapid_review", "--date", "aware=2026-05-01", "--agency", "police", "--agency", "education")
LOOKS = {
    "show": ("show", "RR-2026-001", *NOW),
    "why": ("why", "RR-2026-001", "submission", *NOW),
    "due": ("due", *NOW),
}
_MAIN = "from reviewflow.cli import main; main()"
_CHECK = "import sys; from reviewflow.cli import main; sys.argv[1:] = ['check', '--definitions', {!r}]; main()"

_LONG = """
from reviewflow.language.checks import check_library
from reviewflow.language.folder.library import read_files
head = "language: 1\\nprocess: long\\nversion: 1\\ntitle: Long\\nreference: L-{year}-{number}\\n"
rest = "due: 3 weeks after notified"
steps = "".join(f"  s{n}: {{title: T, owner: chair, after: s{n - 1}, {rest}}}\\n" for n in range(1, 1000))
text = f"{head}opening: {{dates: {{notified: When}}}}\\nsteps:\\n  s0: {{title: T, owner: chair, {rest}}}\\n{steps}"
library = read_files({"processes/long.yaml": text.encode()})
assert len(library.processes["long"].model.steps) == 1000
check_library(library)
"""


def measure(options: Options) -> Iterator[Report]:
    yield _starts(options)
    yield _commands(options)


def _starts(options: Options) -> Report:
    programs = {
        BARE: "pass",
        IMPORT: "import reviewflow.language.checks",
        CHECK: _CHECK.format(str(SHIPPED)),
        LONG: _LONG,
    }
    contestants: dict[str, Callable[[], float]] = {name: partial(_run, code) for name, code in programs.items()}
    figures = interleaved(contestants, options.rounds)
    bare = median(figures[BARE])
    rows = [(name, f"{median(each):.0f}", f"{median(each) - bare:.0f}") for name, each in figures.items()]
    long = median(figures[LONG]) - median(figures[IMPORT])
    wanted = [
        at_most("a cold check", MOST, median(figures[CHECK]), "ms"),
        at_most("a definition with 1,000 steps", MOST_FOR_LONG, long, "ms"),
    ]
    return Report("Cold starts, ms", ("program", "in all", "above Python"), rows, wanted)


def _commands(options: Options) -> Report:
    """Of a database of three cases, with a cache that an earlier command has filled."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            **os.environ,
            "REVIEWFLOW_DATABASE": f"sqlite:///{folder}/cases.db",
            "REVIEWFLOW_DEFINITIONS": str(SHIPPED),
            "XDG_CACHE_HOME": folder,
        }
        for day in (5, 6, 7):
            processor_seconds((*OPEN, "--date", f"notified=2026-05-0{day}", "--now", f"2026-05-0{day}"), environ)
        commands = {"--help": ("--help",), **LOOKS}
        contestants = {name: partial(processor_seconds, words, environ) for name, words in commands.items()}
        figures = interleaved(contestants, options.rounds)
    rows = [(name, f"{median(seconds):.2f}", f"{min(seconds):.2f}") for name, seconds in figures.items()]
    verdicts = [
        at_most(f"reviewflow {name}", MOST_FOR_HELP if name == "--help" else MOST_TO_LOOK, median(seconds), "s")
        for name, seconds in figures.items()
    ]
    return Report("Commands, processor seconds", ("command", "median", "least"), rows, verdicts)


def processor_seconds(words: tuple[str, ...], environ: Mapping[str, str]) -> float:
    """What a command takes, started as somebody would start it."""
    with subprocess.Popen([sys.executable, "-c", _MAIN, *words], stdout=subprocess.DEVNULL, env=environ) as started:
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode != 0:
        raise RuntimeError(f"reviewflow {' '.join(words)} ended with {started.returncode}")
    return used.ru_utime + used.ru_stime


def _run(code: str) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - began) * 1000
