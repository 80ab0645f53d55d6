"""What every use case needs: the store, the definitions, who is who, and the calendars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reviewflow.calendar import Calendars
from reviewflow.case.plan import Plan
from reviewflow.language.checks import check_library, errors
from reviewflow.language.definition import Definition, define
from reviewflow.language.library import Library, load_library
from reviewflow.language.model import Partnership, Process
from reviewflow.language.phrases import parse_day
from reviewflow.language.problem import DefinitionError, Problem, listing, suggestion
from reviewflow.service.almanac import load_calendars
from reviewflow.service.errors import NotUsable
from reviewflow.store.store import Store, open_store

DATABASE = "REVIEWFLOW_DATABASE"
DEFINITIONS = "REVIEWFLOW_DEFINITIONS"
SQLITE = "sqlite:///"
DEFAULT_DATABASE = "sqlite:///var/reviewflow.db"


@dataclass
class Office:
    """One partnership's store and definitions, for as long as one command or flow runs."""

    store: Store
    folder: Path
    plans: dict[str, Plan] = field(default_factory=dict)

    @cached_property
    def library(self) -> Library:
        return load_library(self.folder)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return errors(check_library(self.library))

    @cached_property
    def partnership(self) -> Partnership:
        """Who is who today; raises NotUsable when partnership.yaml cannot be read."""
        if self.library.partnership is None:
            raise NotUsable(f"{self.folder / 'partnership.yaml'} is missing or has errors. Run: reviewflow check")
        return self.library.partnership.model

    @cached_property
    def calendars(self) -> Calendars:
        closures = {parse_day(day): why for day, why in self.partnership.closures.items()}
        return load_calendars(self.folder / "calendars.yaml", closures)

    def plan(self, digest: str) -> Plan:
        """The pinned definition of a case, as it was when the case was opened."""
        if digest not in self.plans:
            body = self.store.definition(digest)
            if body is None:
                raise LookupError(f"The store has no definition {digest[:12]}; run reviewflow audit.")
            self.plans[digest] = Plan(Definition.model_validate_json(body))
        return self.plans[digest]

    def processes(self) -> Mapping[str, Process]:
        """The processes that can be started, by name."""
        return {name: each.model for name, each in self.library.processes.items()}

    def definition(self, process: str) -> Definition:
        """A process as its files are now; raises NotUsable or DefinitionError."""
        known = self.library.processes
        if process not in known and ("process", process) not in self.library.broken:
            raise NotUsable(
                f'"{process}" is not a process.{suggestion(process, known)}\nProcesses: {listing(sorted(known))}.'
            )
        wrong = [each for each in self.problems if self._concerns(each, process)]
        if wrong:
            raise DefinitionError(wrong)
        return define(self.library, process)

    def _concerns(self, problem: Problem, process: str) -> bool:
        """Problems of other processes' files do not keep this one from running."""
        path = Path(problem.file)
        return path.parent.name != "processes" or path.stem == process


def open_office(environ: Mapping[str, str]) -> Office:
    """The office that the environment names: REVIEWFLOW_DATABASE and REVIEWFLOW_DEFINITIONS, or the defaults."""
    store = open_store(environ.get(DATABASE) or DEFAULT_DATABASE)
    store.migrate()
    return Office(store, Path(environ.get(DEFINITIONS, "definitions")))


def must_exist(environ: Mapping[str, str]) -> None:
    """Raises NotUsable for a database file that is not there: to look must not make one, and show nothing as owed."""
    address = environ.get(DATABASE) or DEFAULT_DATABASE
    path = Path(address.removeprefix(SQLITE))
    if address.startswith(SQLITE) and not path.exists():
        raise NotUsable(
            f"There is no database at {path.absolute()}, so there are no cases. Look whether this is the right folder, "
            f"or open the first case: reviewflow open PROCESS"
        )
