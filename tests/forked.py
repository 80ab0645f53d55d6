"""Processes to be killed, forked from one that has imported what they need: no kill waits for Python to start.

`python -m tests.forked MODULE ARGUMENT...` calls MODULE.ready(ARGUMENT...), which gives what a process does for ever
with its seed, and then takes orders by the line: `start SEED`, answered with the process's number when it is at work,
and `kill NUMBER`, answered with the status that it ended with.
"""

import importlib
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
Work = Callable[[int], None]
LATE = ("reviewflow.privacy.screening", "reviewflow.store.statements")
"""What is imported by whoever first needs it: here once, and not by each that is soon killed."""
LONGEST = 10.0
"""Seconds in which even the busiest machine gets something done."""


@dataclass(frozen=True)
class ForkedWorkers:
    orders: IO[str]
    answers: IO[str]

    def kill_after(self, seconds: float, *seeds: int) -> None:
        """Start a process for each seed, and kill them all; none may have ended by itself (it said why)."""
        children = [self._order(f"start {seed}") for seed in seeds]
        time.sleep(seconds)  # when they are killed is what the test is about
        assert [self._order(f"kill {child}") for child in children] == [-signal.SIGKILL] * len(seeds)

    def _order(self, words: str) -> int:
        print(words, file=self.orders, flush=True)
        return int(self.answers.readline())


@dataclass
class Moments:
    """When to kill: at random, within a time that grows while nothing gets done, as it does on a busy machine."""

    chance: random.Random
    within: float
    """Seconds."""
    done: int = 0

    def next(self, done: int) -> float:
        """After how many seconds, when so much is `done` by now: any number that is another once something was done."""
        if done == self.done:
            self.within = min(self.within * 1.5, LONGEST)
        self.done = done
        return self.chance.random() * self.within


@contextmanager
def forked_workers(module: str, *arguments: str) -> Iterator[ForkedWorkers]:
    command = [sys.executable, "-m", "tests.forked", module, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        yield ForkedWorkers(parent.stdin, parent.stdout)


def serve(work: Work) -> None:
    children = set[int]()
    for line in sys.stdin:
        order, number = line.split()
        if order == "kill":
            children.remove(int(number))
            print(killed(int(number)), flush=True)
        elif child := os.fork():
            children.add(child)
        else:
            be(work, int(number))
    for child in children:  # the test has failed
        killed(child)


def killed(child: int) -> int:
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def be(work: Work, seed: int) -> None:
    print(os.getpid(), flush=True)
    try:
        work(seed)
    except BaseException:  # noqa: BLE001 - nothing may go on as if it were the parent
        traceback.print_exc()
    os._exit(1)


if __name__ == "__main__":
    for late in LATE:
        importlib.import_module(late)
    serve(importlib.import_module(sys.argv[1]).ready(*sys.argv[2:]))
