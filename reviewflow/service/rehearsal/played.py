"""A process that was played through: what was set, what happened on which day, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewflow.calendar import OFFICE, Calendar, Calendars
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import Recipient
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Partnership
from reviewflow.service.rehearsal.scenario import Scenario

RELEASED = "nothing stands in the way any more"


OPENED = "it is needed in this rehearsal"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a rehearsal is played."""

    plan: Plan
    partnership: Partnership
    calendars: Calendars

    @property
    def office(self) -> Calendar:
        return self.calendars[OFFICE]


@dataclass(frozen=True, slots=True)
class PlayedMoment:
    """What a command led to at a moment, with the case before and after it."""

    now: datetime
    command: c.Command
    events: tuple[e.Event, ...]
    before: Case | None
    after: Case

    @property
    def setbacks(self) -> int:
        """How often work was sent back or held."""
        return sum(isinstance(event, e.SentBack | e.HoldPlaced) for event in self.events)


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario played from its opening to its end, or until nothing is left to do."""

    setting: Setting
    scenario: Scenario
    happenings: tuple[PlayedMoment, ...]

    @property
    def case(self) -> Case:
        return self.happenings[-1].after


def who_owes(plan: Plan, case: Case, item: str) -> str:
    """The agency or role that owes an item."""
    return Recipient.parse(plan.owner(item, case)).name


def gone_on(plan: Plan) -> str:
    """Why a rehearsal goes on without an answer, in the process's own word for a case."""
    return f"no answer has come, and the {plan.definition.process.own_word} goes on without it"
