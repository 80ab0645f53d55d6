"""A case while a command is being decided."""

from __future__ import annotations

from datetime import date, datetime

from reviewflow.calendar import Calendars
from reviewflow.case.apply import apply
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.rounds.written_to import keeping_who_was_written_to
from reviewflow.case.rules.routing import Routing, decide_step
from reviewflow.case.rules.timing.before import lies_before, untold
from reviewflow.london import london_day


class Draft:
    """The case, what it is decided by, and the events so far. Every event emitted is applied to the case at once."""

    def __init__(self, plan: Plan, case: Case, *, now: datetime, calendars: Calendars, vouched: str = "") -> None:
        self.plan = plan
        self.case = case
        self.before: Case | None = case
        """The case as it was before the command; None for one that is being opened."""
        self.now = now
        self.today: date = london_day(now)
        self.answered: date = self.today
        """The day from which what an answer leads to counts: that on which it was given, whenever it is recorded."""
        self.calendars = calendars
        self.vouched = vouched
        """Why a text that was refused could identify nobody; '' where nobody said so."""
        self.events: list[e.Event] = []
        self.settled = False
        """Whether the command answered something, or settled it without an answer."""

    def routing(self, item: str) -> Routing:
        """What becomes of an item that is not finished, as the case stands now."""
        return decide_step(self.plan, self.case, step_of(item), key_of(item), calendars=self.calendars).routing

    def emit(self, event: e.Event) -> None:
        """Add an event; one that tells somebody of what lay before the case was brought in tells nobody."""
        if lies_before(self.case, self.today):
            quiet = untold(event, self.today)
            if quiet is None:
                return
            event = quiet
        event = keeping_who_was_written_to(self.plan, self.case, event)
        self.events.append(event)
        self.case = apply(self.case, event)
