"""The law of a preview: what its lines say is what the engine does when those answers are given on those days.

A preview is taken of processes made at random. Then the same case is opened anew, and people do what the page says, on
the day on which it says so; what falls due in between is swept. Every line must have come so, and nothing besides.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import apply, fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, item_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.endings_by_time import time_ends
from reviewflow.case.rules.holds import next_review
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.service.rehearsal.choose import choose
from reviewflow.service.rehearsal.play import play
from reviewflow.service.rehearsal.played import Played, PlayedMoment, Setting
from reviewflow.service.rehearsal.scenario import Scenario
from reviewflow.service.rehearsal.timetables.rows import FELL_AWAY, Row, RowKind, fell_with_the_end
from reviewflow.service.rehearsal.timetables.timetable import timetable
from tests.case.dense_processes import dense_processes
from tests.case.random_processes import Data, planned, processes, shared_library
from tests.case.test_laws import AGENCIES, CALENDARS

DAY = date(2026, 5, 5)
OWED = {RowKind.STEP, RowKind.BY_ITSELF, RowKind.NATIONAL_LIMIT, RowKind.LOCAL_LIMIT}
Line = tuple[str, int, date | None, date | None]
"""An item, its round, and the days on which it was due and done."""
thorough = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def _setting(process: Data) -> Setting:
    partnership = shared_library().partnership
    assert partnership is not None
    return Setting(planned(process), partnership.model, CALENDARS)


class _Engine:
    """The case as the engine has it: people do what the page says, and all else falls due by itself."""

    def __init__(self, played: Played) -> None:
        opening = played.happenings[0]
        assert isinstance(opening.command, c.Open)
        self.setting, self.now = played.setting, opening.now
        facts = begin(self.setting.plan, opening.command, "", now=self.now, calendars=CALENDARS)
        self.told = [fold("R", facts[:1])]
        """The case after each single fact."""
        self.swept: list[tuple[datetime, str]] = []
        self._tell(facts[1:])
        self._letters_leave(facts)

    def go_on(self, happening: PlayedMoment) -> None:
        """What people did at that moment, after what had fallen due before it."""
        self.sweep(lambda when: when < happening.now)
        self.now = happening.now
        try:
            self._do(happening.command)
        except Refused:  # what falls due at this very moment came first
            self.sweep(lambda when: when <= happening.now)
            self._do(happening.command)

    def sweep(self, is_due: Callable[[datetime], bool]) -> None:
        """Chase all that falls due, each at its own moment, or at once where that had passed when it opened."""
        while self.told[-1].status is CaseStatus.OPEN:
            due = [(max(when, self.now), item) for when, item in self._coming()]
            due = [(when, item) for when, item in due if is_due(when)]
            if not due:
                return
            self.now, item = min(due)
            self.swept.append((self.now, item))
            assert self._do(c.Chase(item, self.setting.partnership.send_at)), f"nothing follows for {item}"

    def _do(self, command: c.Command) -> list[e.Event]:
        facts = advance(self.setting.plan, self.told[-1], command, now=self.now, calendars=CALENDARS)
        self._tell(facts)
        self._letters_leave(facts)
        return facts

    def _tell(self, facts: list[e.Event]) -> None:
        for fact in facts:
            self.told.append(apply(self.told[-1], fact))

    def _letters_leave(self, facts: list[e.Event]) -> None:
        for fact in facts:
            if isinstance(fact, (e.MessageSent, e.Chased, e.OwnerTold)):
                self._do(c.RecordLeft(fact.item))

    def _coming(self) -> Iterator[tuple[datetime, str]]:
        plan, at, case = self.setting.plan, self.setting.partnership.send_at, self.told[-1]
        moments = [(next_chase(plan, case, item, CALENDARS, at), item) for item in case.items]
        moments += [(next_review(plan, case, name, CALENDARS, at), LookAgain.HOLD.of(name)) for name in case.holds]
        moments += [
            (time_ends(plan, case, name, CALENDARS), LookAgain.ENDING.of(name)) for name in plan.endings_by_time
        ]
        yield from ((when, item) for when, item in moments if when is not None)


def _again(played: Played) -> _Engine:
    """The same case once more, up to the moment at which the preview ends."""
    engine = _Engine(played)
    for happening in played.happenings[1:]:
        if not isinstance(happening.command, (c.Chase, c.RecordLeft)):
            engine.go_on(happening)
    engine.sweep(lambda when: when <= played.happenings[-1].now)
    return engine


def _happened(played: Played, told: list[Case]) -> set[Line]:
    """Each round of each item as it was last seen; what fell away is told in no line."""
    seen: dict[tuple[str, int], Line | None] = {}
    for case in told:
        for item, state in case.items.items():
            if state.status is not Status.PENDING:
                fell = state.status in FELL_AWAY or fell_with_the_end(played, state)
                seen[item, state.round] = None if fell else (item, state.round, state.due, state.done)
    return {line for line in seen.values() if line is not None}


def _said(plan: Plan, row: Row) -> Iterator[Line]:
    for item in [item_id(row.name, key) for key in row.keys] or [row.name]:
        assert step_of(item) in {*plan.steps, *plan.limits}
        yield item, row.round, row.due, row.done


def _which(plan: Plan, chased: list[tuple[datetime, str]]) -> Iterator[tuple[datetime, str]]:
    """What was chased when; of waits that end at one moment the first that is looked at ends all, whichever it is."""
    yield from ((when, "" if is_wait(plan, item) else item) for when, item in chased)


def _holds_of(process: Data, scenario: Scenario, *, chosen: bool) -> None:
    setting = _setting(process)
    played = play(setting, choose(setting, scenario) if chosen else scenario)
    engine, page = _again(played), timetable(played)
    said = {line for row in page.rows if row.kind in OWED for line in _said(setting.plan, row)}
    quorums = {name for name, step in setting.plan.steps.items() if step.quorum is not None}
    assert {line for line in said if step_of(line[0]) not in quorums} == {
        line for line in _happened(played, engine.told) if step_of(line[0]) not in quorums
    }
    chased = [(event.now, event.command.item) for event in played.happenings if isinstance(event.command, c.Chase)]
    assert sorted(_which(setting.plan, engine.swept)) == sorted(_which(setting.plan, chased))
    assert engine.told[-1].status is played.case.status
    assert page.ends.startswith("With this") is (engine.told[-1].status is CaseStatus.CLOSED)


SCENARIO = Scenario({"notified": DAY}, AGENCIES[:2], times={"notified": time(8, 30)})
lateness = st.dictionaries(st.sampled_from([*AGENCIES[:2], "chair"]), st.sampled_from([1, 7, None]), max_size=2)


@thorough
@given(dense_processes(), lateness)
def test_a_preview_with_answers_that_lead_to_the_end_is_what_happens(
    process: Data, late: dict[str, int | None]
) -> None:
    _holds_of(process, replace(SCENARIO, late=late), chosen=True)


@thorough
@given(processes(), lateness)
def test_a_preview_of_any_process_is_what_happens(process: Data, late: dict[str, int | None]) -> None:
    _holds_of(process, replace(SCENARIO, late=late), chosen=False)
