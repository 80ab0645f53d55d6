"""Cold starts: a new process each time, with what Python itself takes beside it; and a definition of 1,000 steps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
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
_CHECK = "import sys; from reviewflow.cli import main; sys.argv[1:] = ['check', '--definitions', {!r}]; main()"

_LONG = """
from reviewflow.language.checks import check_library
from reviewflow.language.library import read_files
head = "language: 1\\nprocess: long\\nversion: 1\\ntitle: Long\\nreference: L-{year}-{number}\\n"
rest = "due: 3 weeks after notified"
steps = "".join(f"  s{n}: {{title: T, owner: chair, after: s{n - 1}, {rest}}}\\n" for n in range(1, 1000))
text = f"{head}opening: {{dates: {{notified: When}}}}\\nsteps:\\n  s0: {{title: T, owner: chair, {rest}}}\\n{steps}"
library = read_files({"processes/long.yaml": text.encode()})
assert len(library.processes["long"].model.steps) == 1000
check_library(library)
"""


def measure(options: Options) -> Iterator[Report]:
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
    yield Report("Cold starts, ms", ("program", "in all", "above Python"), rows, wanted)


def _run(code: str) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - began) * 1000
