"""The board beside the database, kept up to date by sweeps and answers; what fails there stops neither."""

from __future__ import annotations

import os
from datetime import datetime

from reviewflow.service.board.pages.writing import write_after, write_board
from reviewflow.service.board.place import board_folder
from reviewflow.service.trouble.boundary import Boundary
from reviewflow.service.workspace.workspace import Workspace


def keep_board(workspace: Workspace, now: datetime) -> None:
    """Write all that a sweep or the day changed; a case that cannot be read is noted and left as it was."""
    boundary = Boundary(workspace, "board", now)
    before, workspace.aside = workspace.aside, boundary.case
    try:
        with boundary.around("part", "board"):
            write_board(workspace, board_folder(os.environ), os.environ, now=now)
    finally:
        workspace.aside = before


def keep_board_after(workspace: Workspace, reference: str, now: datetime) -> None:
    """Write what an answer in this case changed."""
    with Boundary(workspace, "board", now).around("part", "board"):
        write_after(workspace, board_folder(os.environ), reference, now=now)
