"""The office's clock as a file says it, in every Python that has this folder in PYTHONPATH. No other clock moves.

The file says how many seconds the office is behind the real time; `tasks.office.this_moment` alone reads the time for
processes.
"""

import importlib.util
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

BEHIND = "CHAOS_BEHIND"
READS_THE_CLOCK = "tasks.office"


class Moved(Loader):
    def __init__(self, real: Loader, behind: Path) -> None:
        self._real, self._behind = real, behind

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._real.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._real.exec_module(module)
        real: Callable[[], datetime] = module.this_moment

        def this_moment() -> datetime:
            return real() - timedelta(seconds=int(self._behind.read_text()))

        module.this_moment = this_moment  # type: ignore[attr-defined]


class Finder(MetaPathFinder):
    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != READS_THE_CLOCK:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = Moved(spec.loader, Path(os.environ[BEHIND]))
        return spec


if os.environ.get(BEHIND):
    sys.meta_path.insert(0, Finder())
