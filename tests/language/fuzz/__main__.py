"""`make fuzz`: very many damaged files in parallel, with figures; what fails is kept as a file.

python -m tests.language.fuzz [--first NUMBER] [--count MUTANTS] [--workers N]
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.language.fuzz.damage import Kind
from tests.language.fuzz.runs import Figures, run

KEPT = Path("var") / "fuzz"
PIECE = 500
COUNT = 200_000


def main(words: Sequence[str]) -> int:
    asked = _asked(words)
    began = time.monotonic()
    whole = Figures()
    pieces = [range(first, min(first + PIECE, asked.first + asked.count)) for first in _firsts(asked)]
    with ProcessPoolExecutor(asked.workers) as workers:
        for done, figures in enumerate(workers.map(run, pieces), start=1):
            whole.add(figures)
            _keep(figures)
            if sys.stderr.isatty():
                print(f"\r{done * PIECE:,} mutants, {len(whole.faults)} faults", end="", file=sys.stderr)
    _print(whole, asked, time.monotonic() - began)
    return 1 if whole.faults else 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="The number (seed) of the first mutant")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(words)


def _firsts(asked: argparse.Namespace) -> range:
    return range(asked.first, asked.first + asked.count, PIECE)


def _keep(figures: Figures) -> None:
    """The damaged file, and beside it what went wrong and the number that makes it again."""
    for mutant, fault in figures.faults:
        KEPT.mkdir(parents=True, exist_ok=True)
        name = f"{mutant.number}-{mutant.kind}-{Path(mutant.start.place).name}"
        (KEPT / name).write_bytes(mutant.data)
        said = f"{mutant.start.name}: {mutant.kind} {mutant.wrote!r} (number {mutant.number})\n\n{fault}\n"
        (KEPT / f"{name}.txt").write_text(said, encoding="utf-8", errors="backslashreplace")


def _print(figures: Figures, asked: argparse.Namespace, seconds: float) -> None:
    files = sorted({file for _, file in figures.mutants})
    count = sum(figures.mutants.values())
    print(f"{count:,} mutants, numbers {asked.first} to {asked.first + asked.count - 1}, in {seconds:,.0f} s")
    print("".join(f"{word:>18}" for word in ("file", *Kind)))
    for file in files:
        print("".join(f"{word!s:>18}" for word in (file, *(figures.mutants[kind, file] for kind in Kind))))
    print(f"passed check: {figures.clean:,}; of these used and played to the end: {figures.played:,}")
    print(f"slowest: {figures.slowest[0]:.2f} s of the processor (mutant {figures.slowest[1]})")
    print(f"faults: {len(figures.faults):,}" + (f", kept in {KEPT}" if figures.faults else ""))
    for words, times in Counter(fault.strip().splitlines()[-1] for _, fault in figures.faults).most_common(20):
        print(f"  {times:,} times: {words}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
