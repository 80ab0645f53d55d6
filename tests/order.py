"""The order of the tests: each worker begins with long ones and has short ones left, so that none waits for another.

xdist's worksteal cuts the list into as many blocks as there are workers, with as many tests in each; who has done his
takes half of what lies at the end of the longest. So each block begins with its share of the modules in SECONDS, the
longest first. Those that mostly wait for servers stand together, in as few blocks as hold them: while one worker waits,
the others have work for every processor, and a server that such modules share is started once.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS = Path(__file__).with_name("seconds.txt")
"""How long each module takes that takes long, a line each, the longest first: `pytest --update-seconds` writes it.

`make quick` leaves them out.
"""
LEAST = 2.0
"""Seconds, from which on a module stands there."""
WAITING = ("tests/prefect/", "tests/deploy/", "tests/browser/", "tests/chaos/")
"""Where tests wait for servers for most of their time; those that share one server first."""


@dataclass
class Block:
    """What one worker begins with: `size` tests, of which the `items` are decided."""

    size: int
    items: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def room(self) -> int:
        return self.size - len(self.items)

    def take(self, items: Sequence[int], seconds: float) -> None:
        self.items += items
        self.seconds += seconds


def kept_seconds() -> dict[str, float]:
    """By module."""
    lines = SECONDS.read_text(encoding="utf-8").splitlines()
    return {module: float(seconds) for seconds, module in (line.split() for line in lines)}


def in_blocks(modules: Sequence[str], workers: int, seconds: Mapping[str, float]) -> list[int]:
    """The places of the tests with these modules, in the order in which they are to be done."""
    blocks = _blocks(len(modules), workers)
    places = defaultdict[str, list[int]](list)
    for place, module in enumerate(modules):
        places[module].append(place)
    long = sorted((module for module in places if module in seconds), key=lambda module: (-seconds[module], module))
    share = sum(seconds[module] for module in long) / workers
    waiting = [module for place in WAITING for module in long if module.startswith(place)]
    for module in waiting:
        _take(blocks, places.pop(module), seconds[module], lambda block: (block.seconds >= share, 0.0))
    for module in (module for module in long if module in places):
        _take(blocks, places.pop(module), seconds[module], lambda block: (False, block.seconds))
    rest = sorted(place for each in places.values() for place in each)
    for block in blocks:
        room = block.room()
        block.items += rest[:room]
        rest = rest[room:]
    return [place for block in blocks for place in block.items]


def _blocks(count: int, workers: int) -> list[Block]:
    """As worksteal cuts them."""
    sizes = list[int]()
    for left in range(workers, 0, -1):
        sizes.append((count - sum(sizes)) // left)
    return [Block(size) for size in sizes]


def _take(
    blocks: Sequence[Block], items: list[int], seconds: float, rank: Callable[[Block], tuple[bool, float]]
) -> None:
    """Into the first block by `rank` that has room; what it has no room for, into the next."""
    each = seconds / len(items)
    while items:
        block = min((block for block in blocks if block.room()), key=rank)
        taken = items[: block.room()]
        block.take(taken, each * len(taken))
        items = items[len(taken) :]


def order(items: list[pytest.Item], workers: int) -> None:
    """Put what was collected in that order, the same in each worker."""
    modules = [item.nodeid.partition("::")[0] for item in items]
    items[:] = [items[place] for place in in_blocks(modules, workers, kept_seconds())]


class Measured:
    """Writes down how long each module took; what was not run keeps what stood there."""

    def __init__(self) -> None:
        self.seconds = defaultdict[str, float](float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid.partition("::")[0]] += report.duration

    def pytest_sessionfinish(self) -> None:
        found = {**kept_seconds(), **self.seconds}
        found = {module: seconds for module, seconds in found.items() if (ROOT / module).exists()}
        long = sorted((-seconds, module) for module, seconds in found.items() if seconds >= LEAST)
        SECONDS.write_text("".join(f"{-seconds:.1f} {module}\n" for seconds, module in long), encoding="utf-8")
