"""What every task begins with: the office that the environment names, and the time. Flows read the clock here only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from reviewflow.service.workspace.workspace import Workspace, open_workspace


@contextmanager
def the_workspace() -> Iterator[Workspace]:
    """The office, closed afterwards."""
    opened = open_workspace(os.environ)
    try:
        yield opened
    finally:
        opened.store.close()


def this_moment() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the shell is where the clock is read
