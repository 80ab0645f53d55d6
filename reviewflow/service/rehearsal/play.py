"""Playing a scenario: made-up people do each step at the end of its due day, and chases go out when they fall due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from reviewflow.case.advance import begin, work_out
from reviewflow.case.apply import fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.rules.answers.bounds import Bounds
from reviewflow.case.rules.endings_by_time import time_ends
from reviewflow.case.rules.holds import next_review, stopped_by
from reviewflow.case.rules.rounds.following_rounds import has_rounds
from reviewflow.case.rules.rounds.repeats import rounds_to_come
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import date_day, earliest_day, working_target
from reviewflow.case.rules.timing.rungs import for_timetable, rung_times
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.london import at_clock, london_day
from reviewflow.service.rehearsal.answers import Occasion, Purposes, good_answers, purposes_of
from reviewflow.service.rehearsal.awaited import awaited
from reviewflow.service.rehearsal.played import OPENED, RELEASED, Played, PlayedMoment, Setting, gone_on, who_owes
from reviewflow.service.rehearsal.scenario import Scenario, ended_elsewhere

OPENS, ENDS = time(9), time(17)
"""When a case is opened in the morning, and when work is handed in."""
WITHOUT_A_DAY = 5
"""Working days that a step takes which has no due day."""
PATIENCE = 10
"""Working days after which the office goes on without somebody who never answers, where no ladder says more."""
STANDS_STILL = 20
"""Working days that a hold lasts of which nobody says when it is looked at again."""
MOST = 3_000
ROUNDS = 6
"""How often the same work can be sent back in earnest."""
YEARS = 12


def play(setting: Setting, scenario: Scenario, *, chasing: bool = True, most_setbacks: int = MOST) -> Played:
    """From the opening to the end, or until nobody has anything left to do; raises Refused when it cannot open.

    It breaks off where there are more setbacks than that: work sent back, holds placed.
    """
    player = _Player(setting, scenario, purposes_of(setting.plan.definition), chasing, most_setbacks)
    player.open()
    return player.play_to_the_end()


def play_on(
    played: Played, scenario: Scenario, step: str, *, chasing: bool = True, most_setbacks: int = MOST
) -> Played:
    """As `play`, for a scenario that is what was played but for the answers to one step.

    What came before the first of those answers is the same and is taken from what was played; the others as there.
    """
    first = next((place for place, happening in enumerate(played.happenings) if _answers(happening, step)), None)
    if first is None:
        return replace(played, scenario=scenario)
    setting, before = played.setting, list(played.happenings[:first])
    opened = {happening.command.item for happening in before if isinstance(happening.command, c.OpenStep)}
    purposes = purposes_of(setting.plan.definition)
    player = _Player(setting, scenario, purposes, chasing, most_setbacks, before, opened)
    player.do_next()
    return player.play_to_the_end()


def _answers(happening: PlayedMoment, step: str) -> bool:
    return isinstance(happening.command, c.Complete) and step_of(happening.command.item) == step


Move = tuple[datetime, int, int, c.Command]
"""When, what kind of thing comes first at the same moment, its place among the steps, and the command.

What is handed in has its answers only when its turn has come.
"""


@dataclass
class _Player:
    setting: Setting
    scenario: Scenario
    purposes: Purposes
    chasing: bool
    most_setbacks: int
    happenings: list[PlayedMoment] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    """Optional items that were opened."""
    setbacks: int = field(init=False)
    places: dict[str, int] = field(init=False)
    """In which order what falls due at one moment is done."""

    def __post_init__(self) -> None:
        plan = self.setting.plan
        self.places = {name: place for place, name in enumerate((*plan.order, *plan.limits))}
        self.setbacks = sum(happening.setbacks for happening in self.happenings)

    @property
    def case(self) -> Case:
        return self.happenings[-1].after

    @property
    def now(self) -> datetime:
        return self.happenings[-1].now

    def open(self) -> None:
        plan = self.setting.plan
        day = max(self.scenario.dates.values())
        clocks = (clock for name, clock in self.scenario.times.items() if self.scenario.dates[name] == day)
        now = max(at_clock(day, clock) for clock in (OPENS, *clocks))
        command = self.scenario.opening
        events = begin(plan, command, "", now=now, calendars=self.setting.calendars)
        reference = plan.definition.process.reference.replace("{year}", str(day.year)).replace("{number}", "001")
        self._happened(PlayedMoment(now, command, tuple(events), None, fold(reference, events)))
        for event in events:
            if isinstance(event, e.MessageSent):
                self._do(c.RecordLeft(event.item), now)

    def play_to_the_end(self) -> Played:
        while self._goes_on() and self._move():
            pass
        return Played(self.setting, self.scenario, tuple(self.happenings))

    def _goes_on(self) -> bool:
        is_open, few = self.case.status is CaseStatus.OPEN, self.setbacks <= self.most_setbacks
        return is_open and few and len(self.happenings) < MOST

    def _move(self) -> bool:
        self._open_what_was_asked_for()
        return self.do_next()

    def do_next(self) -> bool:
        """Do what comes next; False when nothing does, or only in a far future."""
        first = min(self._moves(), key=lambda move: move[:3], default=None)
        if self._goes_in_circles() or first is None or first[0].year > self.happenings[0].now.year + YEARS:
            return False
        when, _, _, command = first
        if isinstance(command, c.Complete):
            command = c.Complete(command.item, self._good_answers(command.item, when))
        self._do(command, max(when, self.now))
        return True

    def _open_what_was_asked_for(self) -> None:
        """An optional step is opened, as soon as it can be, when an answer to it was asked for."""
        for item in dict.fromkeys(item for item, _ in self.scenario.answers):
            if self.setting.plan.steps[step_of(item)].optional and item not in self.opened:
                try:
                    self._do(c.OpenStep(item, OPENED), self.now)
                except Refused:
                    continue
                self.opened.add(item)

    def _goes_in_circles(self) -> bool:
        plan, items = self.setting.plan, self.case.items.items()
        return any(state.round > ROUNDS and not has_rounds(plan, step_of(item)) for item, state in items)

    def _happened(self, happening: PlayedMoment) -> None:
        self.happenings.append(happening)
        self.setbacks += happening.setbacks

    def _do(self, command: c.Command, now: datetime) -> None:
        before = self.case
        worked = work_out(self.setting.plan, before, command, now=now, calendars=self.setting.calendars)
        if worked.events or not isinstance(command, c.RecordLeft):
            self._happened(PlayedMoment(now, command, tuple(worked.events), before, worked.case))
        for event in worked.events:
            if isinstance(event, (e.MessageSent, e.Chased, e.OwnerTold)):
                self._do(c.RecordLeft(event.item), now)

    def _moves(self) -> Iterator[Move]:
        plan = self.setting.plan
        for item, state in self.case.items.items():
            if state.status is Status.OPEN and not stopped_by(plan, self.case, item):
                place = self.places[step_of(item)]
                yield from (
                    (max(when, self.now), kind, place, command) for when, kind, command in self._next(item, state)
                )
        for name in self.case.holds:
            yield from self._of_hold(name)
        for name in plan.endings_by_time:
            when = time_ends(plan, self.case, name, self.setting.calendars)
            if when is not None:
                yield max(when, self.now), 1, 0, c.Chase(LookAgain.ENDING.of(name), self.setting.partnership.send_at)
        for day, over in ended_elsewhere(plan, self.case, self.scenario.over):
            yield max(at_clock(day, ENDS), self.now), 1, 0, over

    def _of_hold(self, name: str) -> Iterator[Move]:
        """A hold is looked at again on its day, and released then."""
        setting, placed, at = self.setting, self.case.holds[name], self.setting.partnership.send_at
        when = next_review(setting.plan, self.case, name, setting.calendars, at)
        review = placed.review or setting.office.add_working_days(placed.since, STANDS_STILL)
        ends = max(at_clock(setting.office.on_or_after(review), ENDS), self.now)
        yield ends, 0, 0, c.Release(name, RELEASED, next(iter(setting.plan.holds[name].by), ""))
        if self.chasing and when is not None and when < ends:
            yield max(when, self.now), 1, 0, c.Chase(LookAgain.HOLD.of(name), at)

    def _next(self, item: str, state: Item) -> Iterator[tuple[datetime, int, c.Command]]:
        step = self.setting.plan.steps.get(step_of(item))
        passes_by_itself = step is not None and (step.wait is not None or step.silence is not None)
        if self.chasing or passes_by_itself:
            when = self._looked_at(item, state)
            if when is not None:
                yield when, 1, c.Chase(item, self.setting.partnership.send_at)
        if step is not None and step.start is not None:
            yield self.now, 0, c.RecordStarted(item, self.scenario.started(item, step.start.process))
        elif step is not None and (contact := self.setting.plan.contact(item, self.case)):
            yield self._release(item, state, contact)
        elif step is None or step.owner is None or rounds_to_come(self.setting.plan, self.case, item):
            return
        elif not step.silence or self._late(item, state) is not None:
            yield self._work(item, state)

    def _looked_at(self, item: str, state: Item) -> datetime | None:
        """When the sweep looks at an item next; without chases, as soon as it is known, only when silence counts."""
        setting, case = self.setting, self.case
        counts = None if self.chasing else silence_counts(setting.plan, case, item, state, setting.calendars)
        return counts or next_chase(setting.plan, case, item, setting.calendars, setting.partnership.send_at)

    def _release(self, item: str, state: Item, contact: str) -> tuple[datetime, int, c.Command]:
        """A letter to a contact is released as work is handed in: at the end of its due day, where it has one."""
        if contact not in self.case.contacts:
            return self.now, 0, c.GiveContact(contact)
        release = c.ReleaseLetter(item, next(iter(self.setting.plan.steps[step_of(item)].released_by or ()), ""))
        if state.due is None:
            return self.now, 0, release
        day = self._in_time(item, state, state.opened or self.case.opened)
        return max(at_clock(day, ENDS), self.now), 0, release

    def _work(self, item: str, state: Item) -> tuple[datetime, int, c.Command]:
        day = self._day(item, state)
        if day is None:
            return self._patience_ends(item, state), 0, c.Skip(item, gone_on(self.setting.plan))
        form, bounds = self.setting.plan.form(step_of(item)), self._bounds(item, self.now)
        for first, last in (bounds.days(asked, {}) for asked in form.values() if asked.completes):
            day = max(day, first or day)
            if state.due is None and last and last >= (state.opened or self.case.opened):
                day = min(day, last)  # a day that is only guessed is none that would be refused
        ends = min(ENDS, state.by) if state.by is not None and day == state.due else ENDS
        return max(at_clock(day, ends), self.now), 0, c.Complete(item, {})

    def _good_answers(self, item: str, when: datetime) -> dict[str, object]:
        office, planned = self.setting.office, dict(self._planned())
        bounds = self._bounds(item, when)
        occasion = Occasion(london_day(when), office, self.purposes, planned, bounds.days, bounds.is_late)
        form = bounds.known(self.setting.plan.form(step_of(item)))
        return good_answers(form, item, self.scenario, self.case, occasion=occasion)

    def _bounds(self, item: str, when: datetime) -> Bounds:
        """What the questions of an item's form take then."""
        return Bounds(self.setting.plan, self.case, item, self.setting.calendars, london_day(when))

    def _planned(self) -> Iterator[tuple[str, date]]:
        for name in self.setting.plan.dates:
            day = date_day(self.setting.plan, self.case, name, self.setting.calendars)
            if day is not None:
                yield name, day

    def _day(self, item: str, state: Item) -> date | None:
        """The working day on which an item is done; None when its owner never answers."""
        plan, office = self.setting.plan, self.setting.office
        opened = state.opened or self.case.opened
        late = self._late(item, state)
        if late is None:
            return None
        day = self._in_time(item, state, opened)
        earliest = earliest_day(plan, self.case, item, self.setting.calendars)
        days = office if not late else days_of(plan, self.case, item, self.setting.calendars)
        return days.add_working_days(max(day, earliest or day), late)

    def _late(self, item: str, state: Item) -> int | None:
        """Somebody who was late once answers in time when the work is sent back."""
        return self.scenario.late.get(who_owes(self.setting.plan, self.case, item), 0) if state.round == 1 else 0

    def _in_time(self, item: str, state: Item, opened: date) -> date:
        office = self.setting.office
        if state.due is None:
            guessed = office.add_working_days(opened, WITHOUT_A_DAY)
            return max([guessed, *awaited(self.setting.plan, self.case, item, office)])
        target = working_target(self.setting.plan, self.case, item, state.due, self.setting.calendars)
        return target if target >= opened else office.add_working_days(opened, 1)

    def _patience_ends(self, item: str, state: Item) -> datetime:
        """The working day after the last message, or some days after the due day where there is no ladder."""
        office, at = self.setting.office, self.setting.partnership.send_at
        ladder = self.setting.plan.ladder(step_of(item))
        coming = rung_times(self.setting.plan, self.case, item, replace(state, rungs=0), self.setting.calendars, at)
        shown = [message.when for message in for_timetable(ladder, coming)] if ladder else []
        if shown:
            return at_clock(office.add_working_days(london_day(max(shown)), 1), ENDS)
        if ladder:
            return max(at_clock(office.add_working_days(london_day(self.now), 1), ENDS), self.now)
        last = max(state.due or self.case.opened, state.opened or self.case.opened)
        return at_clock(office.add_working_days(last, PATIENCE), ENDS)
