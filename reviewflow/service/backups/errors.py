"""Why a backup was not made or not restored, in words."""

from __future__ import annotations

from typing import ClassVar

from reviewflow.errors import OURS, ReviewflowError
from reviewflow.service.workspace.errors import UserError


class DamagedBackup(UserError):
    """A file is not a backup, or not a whole one, or not that of the key."""


class PlaceFailed(ReviewflowError):
    """The disk or the folder failed while a backup was made or restored. Nothing is left behind."""

    exit_status: ClassVar[int] = OURS
