"""The past of a case lived through again, day by day, by the ordinary commands: what followed, follows on its day.

What time alone does (a wait that is over, a hold that ends, silence that counts) happens on its day too. Pure: nothing
is read or written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import groupby

from reviewflow.calendar import OFFICE
from reviewflow.case.advance import begin, work_out
from reviewflow.case.apply import fold
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.endings_by_time import time_ends
from reviewflow.case.rules.holds import end_of_hold, stopped_by
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.case.rules.timing.waiting import is_wait, wait_ends_at
from reviewflow.language.structure import graph
from reviewflow.london import at_clock, london_day
from reviewflow.service.bringing_in.shapes import BroughtInCommand, Moment, Past
from reviewflow.service.commands.items_by_title import by_name
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace

NOON = time(12)
NEW = "new"
"""In the place of the reference of a case that a step started: it is still to be opened."""
_MOST = 500
"""Things that time alone does between two days, at the most: more would be a mistake of ours."""


@dataclass
class Lived:
    """A case as it has been lived so far."""

    case: Case
    events: list[tuple[e.Event, date]] = field(default_factory=list)
    """Each with the day on which it took effect."""
    today: list[BroughtInCommand] = field(default_factory=list)
    """What happened on the day of bringing in: recorded afterwards, as on any day."""
    opens_anew: set[str] = field(default_factory=set)
    """The steps and endings whose case is opened by the next sweep, as somebody said."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """What cannot have been so, each after its place."""


def live(office: Workspace, past: Past, reference: str, moment: Moment, brought_in: date | None = None) -> Lived:
    """Live through the past of a case, up to the day `brought_in` (today unless given), which is left out."""
    day = brought_in or london_day(moment.now)
    opening = e.BroughtIn(day, past.was)
    at = _opened_at(past, moment)
    try:
        events = begin(past.plan, past.opening, reference, now=at, calendars=office.calendars, brought_in=opening)
    except Refused as refused:
        return Lived(_none(past, reference), wrong=[(past.place, reason) for reason in refused.reasons])
    lived = Lived(fold(reference, events), [(event, past.opened) for event in events])
    life = _Life(office, past.plan, moment, day, lived, set(past.unread))
    ordered = sorted(past.happened, key=lambda one: (one.on, isinstance(one.command, c.End), one.at or NOON))
    for on, those in groupby(ordered, key=lambda one: one.on):
        if on == day:
            lived.today += those
        else:
            life.on_one_day(max(on, past.opened), list(those))
    life.let_pass(at_clock(day, None))
    return lived


def also_today(office: Workspace, past: Past, lived: Lived, moment: Moment) -> Lived:
    """The case as it is when what happened today has been recorded too; what was refused stands in `wrong`."""
    after = replace(lived, events=[*lived.events], wrong=[*lived.wrong])
    _Life(office, past.plan, moment, london_day(moment.now), after).try_all(lived.today, moment.now)
    return after


def _opened_at(past: Past, moment: Moment) -> datetime:
    """Noon of the day, or the latest time of day that its dates have; never later than now."""
    clocks = [clock for name, clock in past.opening.times.items() if past.opening.dates.get(name) == past.opened]
    return min(at_clock(past.opened, max([NOON, *clocks])), moment.now)


def _none(past: Past, reference: str) -> Case:
    process = past.plan.definition
    return Case(reference, past.process, 0, process.hash, CaseStatus.OPEN, past.opened, {}, ())


@dataclass(frozen=True)
class _Life:
    office: Workspace
    plan: Plan
    moment: Moment
    brought_in: date
    lived: Lived
    failed: set[str] = field(default_factory=set)
    """The steps of which something was refused: what waits for them is refused because of that."""

    def on_one_day(self, day: date, those: Sequence[BroughtInCommand]) -> None:
        """What happened on one day, in whichever order it can have happened."""
        self.let_pass(at_clock(day, None))
        self.try_all(those, at_clock(day, NOON))

    def try_all(self, those: Sequence[BroughtInCommand], noon: datetime) -> None:
        """Carry out all in their order; what is refused is tried again after the others, until that helps no more."""
        left, refused = list(those), dict[str, Refused]()
        while left:
            again = []
            for one in left:
                try:
                    self._do(self._named(one.command), min(at_clock(one.on, one.at), noon) if one.at else noon, one.on)
                except Refused as error:
                    refused[one.place] = error
                    again.append(one)
            if len(again) == len(left):
                break
            left = again
        for one in left:
            self._tell(one, refused[one.place])

    def _tell(self, one: BroughtInCommand, refused: Refused) -> None:
        step = step_of(getattr(one.command, "item", ""))
        before = graph.ancestors(self.plan.steps).get(step, frozenset())
        if not self.failed.intersection(before):
            self.lived.wrong += [(one.place, reason) for reason in refused.reasons]
        if step:
            self.failed.add(step)

    def _named(self, command: c.Command) -> c.Command:
        office, case = self.office, self.lived.case
        context = CaseContext(self.plan, case, office.partnership, office.calendars, self.moment.now)
        return by_name(context, command)

    def _do(self, command: c.Command, now: datetime, on: date) -> bool:
        if isinstance(command, c.RecordStarted) and command.reference == NEW:
            self.lived.opens_anew.add(command.item)
            return False
        calendars, vouched = self.office.calendars, self.moment.vouched
        draft = work_out(self.plan, self.lived.case, command, now=now, calendars=calendars, vouched=vouched)
        self.lived.case = draft.case
        self.lived.events += [(event, on) for event in draft.events]
        return bool(draft.events)

    def let_pass(self, until: datetime) -> None:
        """What time alone does up to a moment, each at its moment."""
        idle = set[str]()
        for _ in range(_MOST):
            coming = [(when, item) for when, item in self._looks() if when <= until and item not in idle]
            if not coming:
                return
            when, item = min(coming)
            if not self._do(c.Chase(item, self.office.partnership.send_at), when, london_day(when)):
                idle.add(item)

    def _looks(self) -> Iterator[tuple[datetime, str]]:
        """When time alone does something of which nobody has to be told, as things stand."""
        plan, case, calendars = self.plan, self.lived.case, self.office.calendars
        if case.status is not CaseStatus.OPEN:
            return
        for name in case.holds:
            if name in plan.holds and (ends := end_of_hold(plan, case, name, case.holds[name].since, calendars)):
                yield (
                    at_clock(calendars[OFFICE].on_or_after(ends), self.office.partnership.send_at),
                    LookAgain.HOLD.of(name),
                )
        for name in plan.endings_by_time:
            if when := time_ends(plan, case, name, calendars):
                yield when, LookAgain.ENDING.of(name)
        for item, state in case.items.items():
            if is_finished(case, item) or stopped_by(plan, case, item):
                continue
            ends_at = wait_ends_at(state) if is_wait(plan, item) else silence_counts(plan, case, item, state, calendars)
            if ends_at is not None:
                yield ends_at, item
