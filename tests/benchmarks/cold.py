"""Cold starts: a new process each time, with what Python itself takes beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter

from tests.benchmarks.options import Options
from tests.benchmarks.ours import DEFINITIONS
from tests.benchmarks.report import Report, at_most
from tests.benchmarks.rounds import interleaved

BARE, IMPORT, CHECK = "python -c pass", "import reviewflow", "reviewflow check"
MOST = 2_000
_CHECK = "import sys; from reviewflow.cli import main; sys.argv[1:] = ['check', '--definitions', {!r}]; main()"


def measure(options: Options) -> Iterator[Report]:
    programs = {BARE: "pass", IMPORT: "import reviewflow", CHECK: _CHECK.format(str(DEFINITIONS))}
    contestants: dict[str, Callable[[], float]] = {name: partial(_run, code) for name, code in programs.items()}
    figures = interleaved(contestants, options.rounds)
    bare = median(figures[BARE])
    rows = [(name, f"{median(each):.0f}", f"{median(each) - bare:.0f}") for name, each in figures.items()]
    wanted = [at_most("a cold check", MOST, median(figures[CHECK]), "ms")]
    yield Report("Cold starts, ms", ("program", "in all", "above Python"), rows, wanted)


def _run(code: str) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - began) * 1000
