"""What every task begins with: the workspace that the environment names, and the time, read here only."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from reviewflow.service.workspace.workspace import Workspace, open_workspace


def the_workspace() -> AbstractContextManager[Workspace]:
    """The workspace, whose store is closed afterwards; raises StoreUnavailable."""
    return open_workspace(os.environ)


def this_moment() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the shell is where the clock is read
