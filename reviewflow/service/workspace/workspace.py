"""What every use case needs: the store with the definitions, the partnership and the calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from reviewflow.calendar import Calendars
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.punctuality import TrackRecord
from reviewflow.language.definition import Definition
from reviewflow.language.model import Partnership
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.database import DATABASE, DEFAULT_DATABASE, SQLITE
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.last_sound import keep_sound, sound_calendars, sound_partnership
from reviewflow.service.workspace.past_cases import Lengths, kept_lengths, kept_punctuality
from reviewflow.service.workspace.read_cases import ReadCases
from reviewflow.store.errors import DAMAGED, DamagedRow
from reviewflow.store.records import CaseRow
from reviewflow.store.store import Store, open_store

DEFINITIONS = "REVIEWFLOW_DEFINITIONS"
DOCUMENTS = "REVIEWFLOW_DOCUMENTS"
DEFAULT_PAPERS = Path("var") / "documents"


def _raising(_reference: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass
class Workspace(DefinitionFiles):
    """One partnership's store and definitions, for as long as one command or flow runs."""

    store: Store
    folder: Path
    plans: dict[str, Plan] = field(default_factory=dict)
    pinned: dict[str, Definition] = field(default_factory=dict)
    """The definitions of those plans, by hash: they never change, and are read once, also where plans are forgotten."""
    papers: Path = DEFAULT_PAPERS
    """Where the documents of cases are written, in a folder a case."""
    own_partnership: Partnership | None = None
    read_before: dict[str, Any] = field(default_factory=dict)
    """How far the figures have read each case, by reference: what was read once is not read again."""
    signed_in: str = ""
    """Who gave the answer that is being recorded, as a proxy knows them; '' where none does."""
    aside: Callable[[str], AbstractContextManager[None]] = _raising
    """Around what is read of each of many cases, by its reference: a sweep goes on without one that fails."""
    subjects_only: bool = False
    """Whether messages get their subjects and no texts: in a rehearsal that is asked which letters go, to whom."""
    broken: dict[str, str] = field(default_factory=dict)
    """Of the office's own files those that cannot be used, and since when what is used instead of each was sound."""

    @cached_property
    def partnership(self) -> Partnership:
        """Who is who today, or as it was last sound; raises NotUsable when it never was."""
        return sound_partnership(self.store, self.broken, lambda: self.partnership_now)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars by name, or as they were last sound; raises NotUsable or DefinitionError."""
        return sound_calendars(self.store, self.broken, self.partnership, self.folder)

    def keep_sound_files(self, now: datetime) -> None:
        """Keep the office's own files for the day on which they cannot be used."""
        if self.own_partnership is None:
            _ = self.partnership, self.calendars
            keep_sound(self.store, self.folder, self.broken, now)

    def plan(self, digest: str) -> Plan:
        """The pinned definition with this hash, as it was when the case was opened; raises DamagedRow."""
        if digest not in self.plans:
            if digest not in self.pinned:
                self.pinned[digest] = self._pinned(digest)
            self.plans[digest] = self._planned(self.pinned[digest])
        return self.plans[digest]

    def _pinned(self, digest: str) -> Definition:
        body = self.store.definition(digest)
        if body is None:
            raise DamagedRow(f"The database has no definition {str(digest)[:12]} any more. {DAMAGED}")
        try:
            return Definition.model_validate_json(body)
        except (ValueError, TypeError) as error:
            raise DamagedRow(f"The definition {str(digest)[:12]} in the database cannot be read. {DAMAGED}") from error

    def plan_of(self, definition: Definition) -> Plan:
        """A definition made ready to run in this office."""
        self.pinned.setdefault(definition.hash, definition)
        return self.plan(definition.hash)

    def forget_plans(self) -> None:
        """What is asked from now on is made ready anew: what past cases tell has changed."""
        self.plans.clear()
        vars(self).pop("_lengths", None)
        vars(self).pop("_punctuality", None)

    def _planned(self, definition: Definition) -> Plan:
        process = definition.process.process
        return Plan(
            definition.on_the_day(lambda: self.partnership),
            lambda: self._lengths.get(process, {}),
            lambda: self._punctuality,
        )

    @cached_property
    def _lengths(self) -> Lengths:
        return kept_lengths(self.store)

    @cached_property
    def _punctuality(self) -> Mapping[str, TrackRecord]:
        return kept_punctuality(self.store)

    def plan_and_case(self, row: CaseRow) -> tuple[Plan, Case]:
        """A stored case with the definition that it is pinned to; raises DamagedRow when one cannot be read."""
        plan = self.plan(row.definition)
        try:
            return plan, self._cases.read(row.reference, row.state)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise DamagedRow(f"What is stored of {row.reference} cannot be read. {DAMAGED}") from error

    def wrote(self, row: CaseRow, case: Case) -> None:
        """A case is stored so from now on."""
        self._cases.wrote(row.reference, row.state, case)

    @cached_property
    def _cases(self) -> ReadCases:
        return ReadCases()

    def context(self, row: CaseRow, now: datetime) -> CaseContext:
        """A stored case as it is at a moment; raises DamagedRow or NotUsable."""
        return self.context_of(*self.plan_and_case(row), now)

    def context_of(self, plan: Plan, case: Case, now: datetime) -> CaseContext:
        """A case that need not be stored yet; raises NotUsable."""
        return CaseContext(plan, case, self.partnership, self.calendars, now, subjects_only=self.subjects_only)


def papers_folder(environ: Mapping[str, str]) -> Path:
    """Where the documents of this office's cases are."""
    return Path(environ[DOCUMENTS]) if environ.get(DOCUMENTS) else _papers_beside(environ.get(DATABASE) or "")


def _papers_beside(address: str) -> Path:
    """The folder beside a database: a rehearsal's cases have the references of real ones, so their papers lie apart."""
    database = Path(address.removeprefix(SQLITE))
    if not address.startswith(SQLITE) or address == DEFAULT_DATABASE:
        return DEFAULT_PAPERS
    return database.with_name("documents" if database.stem == "reviewflow" else f"{database.stem}-documents")


@contextmanager
def open_workspace(environ: Mapping[str, str]) -> Iterator[Workspace]:
    """The workspace that the environment names (REVIEWFLOW_DATABASE, _DEFINITIONS, _DOCUMENTS), or the defaults.

    The database is set up or brought up to date, and closed afterwards. Raises StoreUnavailable.
    """
    store = open_store(environ.get(DATABASE) or DEFAULT_DATABASE)
    try:
        store.migrate()
        yield Workspace(store, Path(environ.get(DEFINITIONS, "definitions")), papers=papers_folder(environ))
    finally:
        store.close()
