"""Where there is room, the folders of tests lie in memory: each commit of a database was a write forced to a disk.

What tests say of a kill holds there too: what was written outlives the program. No test pulls the plug of the machine.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""Bytes, of that file system and of memory: several times what all workers together have in it at their most."""


def has_room(folder: Path) -> bool:
    """Whether it is a file system in memory on which files can be made, run, and be of the size that tests need."""
    if sys.platform != "linux" or not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return False
    import psutil  # not where only the commands of an officer's laptop are tried

    stands = os.statvfs(folder)
    runs = not stands.f_flag & os.ST_NOEXEC
    return runs and min(stands.f_bavail * stands.f_frsize, psutil.virtual_memory().available) >= ROOM


def temporary_in(folder: Path) -> Callable[[], None]:
    """Have this process, and those that it starts, make there what they need for a while; returns what ends that.

    Where somebody has said by TMPDIR which place is meant, that stays.
    """
    patch = pytest.MonkeyPatch()
    if "TMPDIR" not in os.environ:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", None)
    return patch.undo
