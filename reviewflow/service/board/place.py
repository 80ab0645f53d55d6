"""Where the board of an office is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reviewflow.service.workspace.database import DATABASE, DEFAULT_DATABASE, SQLITE

BOARD = "REVIEWFLOW_BOARD"
DEFAULT_FOLDER = Path("var") / "board"
GLANCES = "glances.json"


def board_folder(environ: Mapping[str, str]) -> Path:
    """As the environment says (REVIEWFLOW_BOARD), or beside the database."""
    if environ.get(BOARD):
        return Path(environ[BOARD])
    address = environ.get(DATABASE) or DEFAULT_DATABASE
    if not address.startswith(SQLITE) or address == DEFAULT_DATABASE:
        return DEFAULT_FOLDER
    database = Path(address.removeprefix(SQLITE))
    return database.with_name("board" if database.stem == "reviewflow" else f"{database.stem}-board")


def is_written(folder: Path) -> bool:
    """Whether there is a board that sweeps and answers keep up to date."""
    return (folder / GLANCES).exists()
