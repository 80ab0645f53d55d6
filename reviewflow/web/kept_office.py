"""The office that the pages are made from: opened once, and its files read anew as soon as one of them has changed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewflow.case.plan.plan import Plan
from reviewflow.service.workspace.workspace import Workspace

LOOK = 1.0
"""Seconds for which files that were just looked at are taken to be as they were."""
Stamp = tuple[tuple[str, int, int], ...]


class KeptOffice:
    """One store for all requests, and one workspace for as long as no file of the definitions has changed."""

    def __init__(self, first: Workspace, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`first` is the office as it was opened; whoever opened it closes its store."""
        self._workspace, self._monotonic = first, monotonic
        self._stamp, self._looked = _stamp(first.folder), monotonic()
        self._plans: dict[str, Plan] = first.plans
        self._lock = threading.Lock()

    @contextmanager
    def open(self) -> Iterator[Workspace]:
        """The office as its files are now, so that a leaver's mailbox answers nothing any more."""
        with self._lock:
            if self._monotonic() - self._looked >= LOOK:
                stamp, self._looked = _stamp(self._workspace.folder), self._monotonic()
                if stamp != self._stamp:
                    self._stamp, was = stamp, self._workspace
                    self._workspace = Workspace(was.store, was.folder, plans=self._plans, papers=was.papers)
            workspace = self._workspace
        yield workspace


def _stamp(folder: Path) -> Stamp:
    """Each file of definitions, when it was changed and how long it is: looked up once a second, so without Path."""
    found: list[tuple[str, int, int]] = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith(".yaml"):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(found))
