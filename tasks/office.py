"""What every task begins with: the workspace that the environment names, and the time, read here only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from reviewflow.service.workspace.workspace import Workspace, open_workspace


@contextmanager
def the_workspace() -> Iterator[Workspace]:
    """The workspace, whose store is closed afterwards; raises StoreUnavailable."""
    opened = open_workspace(os.environ)
    try:
        yield opened
    finally:
        opened.store.close()


def this_moment() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the shell is where the clock is read
