"""The office's own two files: kept while they are sound, told of while they are not."""

from __future__ import annotations

from datetime import datetime

from reviewflow.errors import ReviewflowError
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.workspace.last_sound import OWN_FILES
from reviewflow.service.workspace.workspace import Workspace


class LastSoundFile(ReviewflowError):
    """A file of the office cannot be used, and what it last said soundly is used instead."""


def look_after_own_files(workspace: Workspace, *, now: datetime) -> int:
    """Returns how many of them cannot be used; each is a trouble until it is mended."""
    boundary = Boundary(workspace, "own files", now)
    workspace.keep_sound_files(now)
    for name in OWN_FILES:
        if name in workspace.broken:
            boundary.note("file", name, LastSoundFile(workspace.broken[name]))
        else:
            boundary.clear("file", name)
    return len(workspace.broken)
