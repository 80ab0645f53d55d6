"""Which database the environment names, and whether it is there. Imports no database driver."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reviewflow.service.workspace.errors import NotUsable

DATABASE = "REVIEWFLOW_DATABASE"
SQLITE = "sqlite:///"
DEFAULT_DATABASE = "sqlite:///var/reviewflow.db"


def database_exists(environ: Mapping[str, str]) -> bool:
    """Whether the database file exists; true for a server, which is not asked."""
    address = environ.get(DATABASE) or DEFAULT_DATABASE
    return not address.startswith(SQLITE) or Path(address.removeprefix(SQLITE)).exists()


def must_exist(environ: Mapping[str, str]) -> None:
    """Raises NotUsable when the database file does not exist: a command that only reads must not create one."""
    path = Path((environ.get(DATABASE) or DEFAULT_DATABASE).removeprefix(SQLITE))
    if not database_exists(environ):
        raise NotUsable(
            f"There is no database at {path.absolute()}, so there are no cases. Look whether this is the right folder, "
            f"or open the first case: reviewflow open PROCESS"
        )
