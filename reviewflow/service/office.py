"""What every use case needs: the store, beside the definitions, who is who, and the calendars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewflow.case.plan import Plan
from reviewflow.language.definition import Definition
from reviewflow.service.errors import NotUsable
from reviewflow.service.files import Files
from reviewflow.store.store import Store, open_store

DATABASE = "REVIEWFLOW_DATABASE"
DEFINITIONS = "REVIEWFLOW_DEFINITIONS"
SQLITE = "sqlite:///"
DEFAULT_DATABASE = "sqlite:///var/reviewflow.db"
DOCUMENTS = "REVIEWFLOW_DOCUMENTS"
DEFAULT_PAPERS = Path("var") / "documents"


@dataclass
class Office(Files):
    """One partnership's store and definitions, for as long as one command or flow runs."""

    store: Store
    folder: Path
    plans: dict[str, Plan] = field(default_factory=dict)
    papers: Path = DEFAULT_PAPERS
    """Where the documents of cases are written, in a folder a case."""

    def plan(self, digest: str) -> Plan:
        """The pinned definition of a case, as it was when the case was opened."""
        if digest not in self.plans:
            body = self.store.definition(digest)
            if body is None:
                raise LookupError(f"The store has no definition {digest[:12]}; run reviewflow audit.")
            self.plans[digest] = Plan(Definition.model_validate_json(body))
        return self.plans[digest]


def open_office(environ: Mapping[str, str]) -> Office:
    """The office that the environment names (REVIEWFLOW_DATABASE, _DEFINITIONS, _DOCUMENTS), or the defaults."""
    store = open_store(environ.get(DATABASE) or DEFAULT_DATABASE)
    store.migrate()
    papers = Path(environ.get(DOCUMENTS) or DEFAULT_PAPERS)
    return Office(store, Path(environ.get(DEFINITIONS, "definitions")), papers=papers)


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
