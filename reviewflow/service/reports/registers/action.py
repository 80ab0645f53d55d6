"""An action of a plan as the registers know it: who leads, until when, how far it is, and who verified it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import OFFICE
from reviewflow.case.model.ids import item_id
from reviewflow.case.model.state import Row
from reviewflow.case.rules.action_colours import ActionFacts
from reviewflow.language.model import CONTRIBUTORS, FieldType, FormFields
from reviewflow.language.structure.registers import ActionList


@dataclass(frozen=True, slots=True)
class Extension:
    """A later day that was granted for an action."""

    was: date
    to: date
    by_role: str
    reason: str
    body: str = ""
    """What a body outside is called, where one granted it."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What somebody else found who looked whether an action was really done."""

    on: date
    judgement: str
    by: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day on the way of an action."""

    what: str
    due: date | None
    reached: date | None


@dataclass(frozen=True, slots=True)
class Action:
    """One line of a table of actions, with all that became of it."""

    reference: str
    process: str
    number: int
    plan: ActionList
    row: Row
    columns: FormFields
    owner: str
    follows: str
    """The case from which its own was opened; '' when nobody opened it so."""
    standing: ActionFacts
    original: date | None
    """What was due first, whatever was granted later."""
    done: date | None
    first_done: date | None
    extensions: tuple[Extension, ...]
    verifications: tuple[Verification, ...]
    milestones: tuple[Milestone, ...] = ()
    shown_by: str = ""
    """What was named as evidence when it was done last, in words; '' when nothing was."""
    calendar: str = OFFICE
    """The one in which its days are counted."""

    @property
    def name(self) -> str:
        """Its number in its plan: 'AP-2026-001/1'."""
        return f"{self.reference}/{self.number}"

    @property
    def item(self) -> str:
        """The work item by which it is carried out."""
        return item_id(self.plan.done, str(self.number))

    @property
    def contributors(self) -> tuple[str, ...]:
        """Those who take part in it besides its owner: 'agency:police', or what else its line says."""
        named, asked = self.row.get(CONTRIBUTORS, []), self.columns.get(CONTRIBUTORS)
        kind = "agency:" if asked is not None and asked.type is FieldType.AGENCIES else ""
        beside = (f"{kind}{name}" for name in (named if isinstance(named, list) else [named]))
        return tuple(who for who in beside if who != self.owner)

    @property
    def not_yet_said(self) -> tuple[str, ...]:
        """The columns that its line may leave unsaid, and does."""
        later = (name for name, asked in self.columns.items() if asked.may_come_later)
        return tuple(name for name in later if self.row.get(name) in {None, ""})

    def says(self, column: str) -> str:
        """What its line says, in words; '' where it does not say anything."""
        cell, asked = self.row.get(column, ""), self.columns.get(column)
        options: Mapping[str, str] = asked.options if asked else {}
        return ", ".join(options.get(str(value), str(value)) for value in (cell if isinstance(cell, list) else [cell]))
