"""A file of many mistakes is told in time that grows as the file does, and not faster."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewflow.language.checks import check_library
from reviewflow.language.folder.library import load_library

BASE = Path(__file__).parent / "base"
HEAD = """language: 1
process: large
version: 1
title: A large one
reference: L-{year}-{number}
calendar: england
opening:
  dates:
    notified: On which day?
steps:
"""


def turned(number: int) -> str:
    """Lines with marks that change the direction of text."""
    return f"{HEAD}  a:\n    title: A\n    help: |\n" + "      \u202eabc \u202d\n" * number


def strangers(number: int) -> str:
    """Owners that nobody knows, each near to one who is known."""
    steps = (f"  s{place}:\n    title: Step {place}\n    owner: chiar_{place}\n" for place in range(number))
    return HEAD + "".join(steps)


def misspelt(number: int) -> str:
    """Steps that wait for names that are nearly those of other steps."""
    steps = (f"  step_{place}:\n    title: Step {place}\n    after: stp_{place}\n" for place in range(number))
    return HEAD + "".join(steps)


def odd_keys(number: int) -> str:
    return HEAD + "".join(f"  step_{place}:\n    titel: Step {place}\n    ownr: chair\n" for place in range(number))


def taken(folder: Path, text: str) -> tuple[float, int]:
    """Seconds of the processor, at the quicker of two tries, and how many problems were told."""
    (folder / "processes" / "large.yaml").write_text(text, encoding="utf-8")
    tries, told = [], 0
    for _ in range(2):
        began = time.process_time()
        told = len(list(check_library(load_library(folder))))
        tries.append(time.process_time() - began)
    return min(tries), told


@pytest.mark.parametrize(("write", "number"), [(turned, 5_000), (strangers, 100), (misspelt, 60), (odd_keys, 60)])
def test_four_times_as_long_takes_at_most_six_times_as_long(
    tmp_path: Path, write: Callable[[int], str], number: int
) -> None:
    (tmp_path / "processes").mkdir()
    shutil.copy(BASE / "partnership.yaml", tmp_path)
    short, told = taken(tmp_path, write(number))
    long, _ = taken(tmp_path, write(4 * number))
    assert told > 0
    assert long < 6 * short
