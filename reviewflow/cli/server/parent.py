"""A part ends with the program that started it, also where that was killed outright and could tell nobody.

Otherwise it went on unseen, and kept the port that the next start needs.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping

from reviewflow.cli.server.supervisor import PARENT

BEAT = 1.0
"""Seconds between two looks."""


def end_with_parent(environ: Mapping[str, str]) -> None:
    """Watch, beside everything else; not where nobody says which program started this one."""
    parent = environ.get(PARENT, "")
    if parent.isdigit():
        threading.Thread(target=_watch, args=(int(parent),), daemon=True, name="parent").start()


def _watch(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(BEAT)
    os.kill(os.getpid(), signal.SIGTERM)
