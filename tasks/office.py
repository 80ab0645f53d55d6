"""What every task begins with: the workspace that the environment names, and the time, read here only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from reviewflow.cli import crashed
from reviewflow.cli.console import stop_words
from reviewflow.service.workspace.workspace import Workspace, open_workspace


def the_workspace() -> AbstractContextManager[Workspace]:
    """The workspace, whose store is closed afterwards; raises StoreUnavailable."""
    return open_workspace(os.environ)


def as_command(work: Callable[[], int]) -> int:
    """Do what a command asks of a process of its own; returns its exit status, and says in words why it stopped.

    Exit status: as of all commands. The one broad except of these processes.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001
        words, status = stop_words(error) or (None, crashed())
        if words is not None:
            print(words, file=sys.stderr)  # noqa: T201
        return status


def this_moment() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the shell is where the clock is read
