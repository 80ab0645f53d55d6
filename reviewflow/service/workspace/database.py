"""Which database the environment names, and whether it is there: asked without loading what talks to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reviewflow.service.workspace.errors import NotUsable

DATABASE = "REVIEWFLOW_DATABASE"
SQLITE = "sqlite:///"
DEFAULT_DATABASE = "sqlite:///var/reviewflow.db"


def database_exists(environ: Mapping[str, str]) -> bool:
    """Whether there is a database file; of a server nobody knows until it is asked."""
    address = environ.get(DATABASE) or DEFAULT_DATABASE
    return not address.startswith(SQLITE) or Path(address.removeprefix(SQLITE)).exists()


def must_exist(environ: Mapping[str, str]) -> None:
    """Raises NotUsable for a database file that is not there: to look must not make one, and show nothing as owed."""
    path = Path((environ.get(DATABASE) or DEFAULT_DATABASE).removeprefix(SQLITE))
    if not database_exists(environ):
        raise NotUsable(
            f"There is no database at {path.absolute()}, so there are no cases. Look whether this is the right folder, "
            f"or open the first case: reviewflow open PROCESS"
        )
