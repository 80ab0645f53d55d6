"""What is slow to make and only looked at or copied: made once for all workers, whichever of them asks first."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(name: str, make: Callable[[Path], None], request: pytest.FixtureRequest) -> Path:
    """The folder of this name that `make` filled; who asks meanwhile waits for it."""
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    here = factory.getbasetemp()
    shared = here.parent if hasattr(request.config, "workerinput") else here
    with (shared / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            shutil.rmtree(shared / name, ignore_errors=True)  # where another worker failed half-way
            (shared / name).mkdir()
            make(shared / name)
            lock.write("made\n")
    return shared / name
