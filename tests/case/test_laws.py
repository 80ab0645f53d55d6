"""What holds for every process that passes `check`, whatever people do, in whatever order."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reviewflow.calendar import CalendarHorizonError
from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import apply, fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.handlers.correspondence.responses import ASKED_MORE, KINDS
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, link_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import as_stored, dump, load
from reviewflow.case.model.state import Case, CaseStatus, Item, Status
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation import touched
from reviewflow.case.propagation.told import after_all
from reviewflow.case.rules.forecast import Because, Forecast, Verdict, forecasts
from reviewflow.case.rules.forecast.courses import Courses
from reviewflow.case.rules.forecast.forecast import courses_of
from reviewflow.case.rules.forecast.projection import Projection
from reviewflow.case.rules.forecast.shapes import FIXED
from reviewflow.case.rules.linked_cases import opening_of, round_of, start_of
from reviewflow.case.rules.owed import possible_items
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.language.model import FieldType, FormField
from reviewflow.london import london_day
from tests.case.choosing import among
from tests.case.random_processes import Data, planned, processes, the_office
from tests.case.stage import calendars
from tests.case.timeline import NOON

AGENCIES = ("police", "hospital", "probation")
OURS = calendars(the_office().model_dump_json())
CALENDARS = {**OURS, "school_days": OURS["england"]}
MOST_COMMANDS = 25
ENOUGH = 400
"""Completions after which a case that nobody sends back must have closed: more than its steps times its owners."""


def in_words(refusal: Refused) -> Refused:
    assert refusal.reasons
    assert all(reason.strip() for reason in refusal.reasons)
    return refusal


def judged_as_a_whole(office: "Office", command: c.Command) -> list[e.Event]:
    """What a command leads to where every step is judged after every command, and asked whether it is owed again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(after_all, "may_be_owed_again", lambda *_: True)
        patch.setattr(touched, "steps_to_judge", lambda draft: draft.plan.order)
        return advance(office.plan, office.case, command, now=office.now, calendars=CALENDARS)


def forecasts_are_sensible(office: "Office") -> None:
    """The three days of a forecast stand in order, and no work of a person is foreseen on a day that is not worked."""
    plan, case = office.plan, office.case
    try:
        foreseen = [*forecasts(plan, case, office.today, CALENDARS)]
    except CalendarHorizonError:
        return
    courses_are_what_they_are_by_themselves(courses_of(plan, case, office.today, CALENDARS))
    for clock in foreseen:
        assert clock.earliest <= clock.expected <= clock.latest
        assert clock.verdict is word_of_all_days(
            clock, office.today, runs=case.items[clock.limit].status is Status.OPEN
        )
        for link in clock.chain:
            own = days_of(plan, case, link.item, CALENDARS)
            free = link.because in {Because.HELD, *FIXED} or plan.is_automatic(step_of(link.item))
            assert free or own.is_working_day(link.day) or link.day == office.today


def word_of_all_days(clock: Forecast, today: date, *, runs: bool) -> Verdict:
    """The word as it is when all three days are worked out, whether it hangs on them or not."""
    if not runs or today > clock.due:
        return clock.verdict
    if clock.earliest > clock.due:
        return Verdict.UNLIKELY
    kept = clock.latest < clock.due + timedelta(days=clock.by is None)
    return Verdict.HELD if clock.holds else Verdict.ON_COURSE if kept else Verdict.TIGHT


def courses_are_what_they_are_by_themselves(courses: Courses | None) -> None:
    """Two courses that share what no course says otherwise, and of which one is played only when asked for."""
    if courses is None or courses.parted is None:
        return
    course = apart = Projection(
        courses.plan, courses.case, courses.today, courses.calendars, courses.pace, undecided=False
    )
    for step in courses.steps:
        if apart is course and course.asks(step):
            apart = course.with_all_undecided()
            apart.decided, apart.not_needed = {}, {}
        course.project(step)
        if apart is not course:
            apart.project(step)
    whole = apart if course.open_questions else course
    assert (courses.usual.days, courses.whole.days) == (course.days, whole.days)
    assert (courses.usual.after, courses.whole.after) == (course.after, whole.after)
    assert (courses.usual.own_days, courses.whole.own_days) == (course.own_days, whole.own_days)
    assert courses.whole.passed_over == whole.passed_over


class Office:
    """People at work on one case; what they are told is checked at every turn."""

    def __init__(self, plan: Plan, agencies: tuple[str, ...]) -> None:
        self.plan, self.now = plan, datetime(2026, 5, 5, 12, tzinfo=UTC)
        self.plans: list[Plan] = []
        self.days: list[date] = []
        command = c.Open({"notified": self.today}, agencies, times={"notified": time(8, 30)})
        self.history = begin(plan, command, "R", now=self.now, calendars=CALENDARS)
        self.case = load("R", dump(fold("R", self.history)))
        self.plans += [plan] * len(self.history)
        self.days += [self.today] * len(self.history)

    @property
    def today(self) -> date:
        return london_day(self.now)

    def do(self, command: c.Command) -> Refused | None:
        before, definition = dump(self.case), self.plan.definition.body
        try:
            as_a_whole = judged_as_a_whole(self, command)
            made = advance(self.plan, self.case, command, now=self.now, calendars=CALENDARS)
        except Refused as refusal:
            return in_words(refusal)
        finally:
            assert (dump(self.case), self.plan.definition.body) == (before, definition)
        assert made == as_a_whole
        self.told(made)
        return None

    def told(self, made: list[e.Event]) -> None:
        before = self.case
        for event in made:
            self.case = apply(self.case, event)
            assert e.decode(event.KIND, e.encode(event)) == event
        self.history += made
        self.plans += [self.plan] * len(made)
        self.days += [self.today] * len(made)
        loaded, kept = load("R", dump(self.case)), as_stored(self.case, before)
        assert loaded == self.case
        assert repr(kept) == repr(loaded)  # in the same order too
        self.case = kept
        forecasts_are_sensible(self)

    def pending(self) -> list[str]:
        """What the office itself must do: the linked cases to open."""
        return [
            item
            for item, state in self.case.items.items()
            if state.status is Status.OPEN
            and step_of(item) in self.plan.steps
            and self.plan.is_automatic(step_of(item))
        ]

    def by_itself(self, item: str) -> c.Command:
        """What the office does about something automatic."""
        step = self.plan.steps[step_of(item)]
        if contact := self.plan.contact(item, self.case):
            released = c.ReleaseLetter(item, next(iter(step.released_by or ()), ""))
            return released if contact in self.case.contacts else c.GiveContact(contact)
        if is_wait(self.plan, item):
            return c.Chase(item, NOON)
        return c.RecordStarted(item, f"C-{link_id(item, round_of(self.case, item)[0])}")

    def moves(self) -> list[str]:
        return [*possible_items(self.plan, self.case), *self.pending()]

    def good_answers(self, item: str) -> Mapping[str, object]:
        """Answers that are taken and send nothing back."""
        form, reopens = self.plan.form(step_of(item)), self.plan.steps[step_of(item)].reopens
        for values in itertools.product(*(self._good(field) for field in form.values())):
            answers: Any = {name: value for name, value in zip(form, values, strict=True) if value is not None}
            if not any(evaluate_answers(reopen.when, answers) for reopen in reopens.values()):
                return dict(answers)
        raise AssertionError(f"every answer sends {item} back")

    def _good(self, field: FormField) -> list[object]:
        match field.type:
            case FieldType.CHOICE:
                return list(field.options)
            case FieldType.CHOICES:
                return [*([option] for option in field.options), None]
            case FieldType.YES_NO:
                return ["yes", "no"]
            case FieldType.DATE:
                return [self.today.isoformat()] if field.required else [None]
            case FieldType.CONFIRM:
                return ["yes"]
            case FieldType.LIST:
                return [["Session 1", "Session 2"], ["session-2"], None]
            case FieldType.ROWS:
                cells = [self._good(column) for column in field.columns.values()]
                lines = [dict(zip(field.columns, line, strict=True)) for line in itertools.product(*cells)]
                return [lines[:2], lines[-1:], None]
            case FieldType.AGENCY:
                return list(self.case.agencies)
            case FieldType.AGENCIES:
                return [[agency] for agency in self.case.agencies]
            case _:
                return ["1"]

    def finish(self) -> None:
        """Nobody sends anything back any more: every case closes, however late some steps may be done."""
        for _ in range(ENOUGH):
            for hold in tuple(self.case.holds):
                if self.case.status is CaseStatus.OPEN:  # the release before may have let the last of it be done
                    assert self.do(c.Release(hold, "nothing stands against it")) is None
            if self.case.status is not CaseStatus.OPEN:
                return
            again = {name for name, step in self.plan.steps.items() if step.repeats}
            moves = [item for item in self.moves() if step_of(item) not in again]
            assert moves, f"deadlock: {dump(self.case)}"
            if self._one(moves):
                self.now += timedelta(days=7)
        raise AssertionError(f"never closed: {dump(self.case)}")

    def convert(self) -> None:
        """What an ended case becomes is opened, though it is over; and it stays over."""
        if self.case.status is CaseStatus.ENDED and start_of(self.plan, self.case.ending):
            opening_of(self.plan, self.case, self.case.ending, CALENDARS)
            assert self.do(c.RecordStarted(self.case.ending, "C-1")) is None
            assert self.case.links[self.case.ending] == "C-1"
            assert self.case.status is CaseStatus.ENDED

    def _one(self, moves: list[str]) -> bool:
        """Whether everything was refused, because it is too early."""
        for item in moves:
            told = len(self.history)
            automatic = item in self.pending()
            refusal = self.do(self.by_itself(item) if automatic else c.Complete(item, self.good_answers(item)))
            if refusal is None and len(self.history) > told:
                return False
            assert is_wait(self.plan, item) or "may not be done before" in str(refusal), str(refusal)
        return True


texts = st.text(max_size=12) | st.sampled_from(["s0", "s1/police", "l0", "notified", "s9", "police", "", "/", "s0/"])
any_days = st.dates() | st.dates(date(2026, 5, 1), date(2026, 9, 1))
json = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 10**9) | st.floats() | texts | any_days.map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
forms = st.dictionaries(texts | st.sampled_from(["go", "what", "themes", "planned", "done_on", "checked"]), json)
garbage: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(c.Complete, texts, forms, st.none() | any_days),
    st.builds(c.Skip, texts, texts),
    st.builds(c.End, texts, texts),
    st.builds(c.OpenStep, texts, texts, st.none() | any_days),
    st.builds(c.Reopen, texts, texts),
    st.builds(c.CorrectDate, texts, any_days, texts, st.none() | st.times()),
    st.builds(c.SetDate, texts | st.sampled_from(["publication", "launch"]), any_days, texts),
    st.builds(c.Extend, texts, any_days, texts, texts),
    st.builds(c.Link, texts, texts, texts, texts, st.none() | any_days),
    st.builds(c.Delegate, texts, texts, any_days, texts, st.none() | any_days),
    st.builds(c.TakeBack, texts, texts),
    st.just(c.EndDelegations()),
    st.builds(c.Unlink, texts, texts),
    st.builds(c.CorrectCalendar, texts, texts),
    st.builds(c.RecordOver, texts | st.just("C-1"), st.sampled_from(CaseStatus)),
    st.builds(c.RecordSettled, texts, st.dictionaries(texts, st.just(("visit",)), max_size=2)),
    st.builds(c.RecordLinkedFrom, st.just("RR-2026-004"), st.sampled_from(["parallel", "joined"])),
    st.builds(c.RecordVerified, st.just(1), st.just("AVA-2026-001"), st.just({"judgement": "embedded"}), any_days),
    st.builds(c.RecordUnlinkedFrom, texts | st.just("RR-2026-004")),
    st.builds(c.Join, texts | st.just("RR-2026-004"), st.dictionaries(texts, any_days, max_size=2)),
    st.builds(c.Hold, texts | st.sampled_from(["h0", "h1"]), texts, texts, st.none() | any_days),
    st.builds(c.Release, texts | st.sampled_from(["h0", "h1"]), texts),
    st.builds(c.PlaceLegalHold, texts | st.just("inquest"), texts, texts),
    st.builds(c.LiftLegalHold, texts | st.just("inquest"), texts),
    st.builds(c.KeepUntil, st.integers(), texts),
    st.builds(c.AddAgency, texts),
    st.builds(c.RemoveAgency, texts, texts),
    st.builds(c.Chase, texts, st.just(NOON)),
    st.builds(c.ChaseByHand, texts),
    st.builds(c.Respond, texts, texts, texts, st.none() | any_days),
    st.builds(c.Snooze, texts, any_days, texts),
    st.builds(c.Resume, texts, texts),
    st.builds(c.RecordStarted, texts, texts),
    st.builds(c.ReleaseLetter, texts),
    st.builds(c.RefuseLetter, texts, texts),
    st.builds(c.Recount, texts),
    st.builds(c.AdoptRules, texts),
    st.builds(c.Open, st.dictionaries(texts, any_days, max_size=2), st.tuples(texts)),
)


@st.composite
def answers(draw: st.DrawFn, office: Office, item: str) -> dict[str, object]:
    """Mostly what a form takes, now and then something that it does not."""
    form = office.plan.form(step_of(item)) if step_of(item) in office.plan.steps else {}
    good = {name: draw(among(office._good(field))) for name, field in form.items()}
    days = {
        name: (office.today - timedelta(days=draw(st.integers(-9, 9)))).isoformat()
        for name, field in form.items()
        if field.type is FieldType.DATE and draw(st.booleans())
    }
    return {name: value for name, value in (good | days).items() if value is not None}


DOINGS = st.sampled_from(
    ["do"] * 8
    + ["skip", "start", "end", "reopen", "correct", "set", "hold", "answer", "answer", "snooze", "resume", "by hand"]
    + ["extend", "link", "join", "leave", "count", "garbage"]
)
"""Made once, as whatever can be: to make a strategy takes longer than what is done with what it draws."""
YES_OR_NO = st.booleans()


@st.composite
def commands(draw: st.DrawFn, office: Office) -> c.Command:
    """Something that somebody might do now; things that undo others' work are rarer."""
    case = office.case
    open_now = office.moves()
    known = [item for item, state in case.items.items() if state.status is not Status.PENDING]
    day = office.today - timedelta(days=draw(st.integers(0, 30)))
    item = draw(among(tuple(open_now or known or ("",))))
    match draw(DOINGS):
        case "do" if item in office.pending():
            return office.by_itself(item)
        case "do":
            on = day if draw(YES_OR_NO) else None
            return c.Complete(item, draw(answers(office, item)), on)
        case "skip":
            return c.Skip(item, "a reason")
        case "end":
            return c.End(draw(among((*office.plan.definition.process.endings, ""))), "a reason")
        case "start":
            optional = [name for name, step in office.plan.steps.items() if step.optional]
            due = office.today + timedelta(days=draw(st.integers(0, 9))) if draw(YES_OR_NO) else None
            return c.OpenStep(draw(among((*optional, *known, ""))), "a reason", due)
        case "reopen":
            return c.Reopen(draw(among(tuple(known or ("",)))), "a reason")
        case "correct":
            name = draw(among((*case.dates, *known)))
            clock = draw(among((None, time(7)))) if name == "notified" else None
            return c.CorrectDate(name, day, "a reason", clock)
        case "set":
            later = office.today + timedelta(days=draw(st.integers(-9, 90)))
            return c.SetDate(draw(among(tuple(office.plan.dates))), later, "a reason")
        case "extend":
            return c.Extend(item, office.today + timedelta(days=draw(st.integers(0, 40))), "chair", "a reason")
        case "answer":
            until = office.today + timedelta(days=draw(st.integers(0, 40))) if draw(YES_OR_NO) else None
            kind = draw(among(tuple(KINDS)))
            return c.Respond(item, kind, "", until if kind == ASKED_MORE else None)
        case "snooze":
            return c.Snooze(item, office.today + timedelta(days=draw(st.integers(0, 20))), "a reason")
        case "resume":
            return c.Resume(draw(among((*deciding(case), item))), "a reason")
        case "by hand":
            return c.ChaseByHand(item)
        case "link":
            known_others = [*case.related, *case.joined, "T-1"]
            return draw(
                st.sampled_from(
                    [
                        c.Link("parallel", "T-1", "a reason", "blocks_publication"),
                        c.Unlink(draw(among(tuple(known_others))), "a reason"),
                        c.Join("RR-2026-004", {"notified": day}),
                    ]
                )
            )
        case "hold" if office.plan.holds:
            name, review = draw(among(tuple(office.plan.holds))), day if draw(YES_OR_NO) else None
            return draw(st.sampled_from([c.Hold(name, "a reason", review=review), c.Release(name, "a reason")]))
        case "join":
            return c.AddAgency(draw(among(tuple(AGENCIES))))
        case "leave":
            return c.RemoveAgency(draw(among(tuple(AGENCIES))), "a reason")
        case "count":
            return c.Recount("the calendar changed")
        case _:
            return draw(garbage)


def deciding(case: Case) -> list[str]:
    return [item for item, state in case.items.items() if state.to_decide or state.snoozed_until]


def chases(office: Office) -> Iterator[c.Chase]:
    looked_at = (*map(LookAgain.HOLD.of, office.case.holds), *map(LookAgain.ENDING.of, office.plan.endings_by_time))
    for item in [*office.case.items, *looked_at]:
        when = next_chase(office.plan, office.case, item, CALENDARS, NOON)
        if when is not None and when <= office.now:
            yield c.Chase(item, NOON)


def sweep(office: Office) -> None:
    """What silence settles may open what is late already: the sweep goes on until nothing is due."""
    for _ in range(MOST_COMMANDS):
        for chase in (due := list(chases(office))):
            assert office.do(chase) is None
        if not due:
            return
    raise AssertionError("a sweep leaves something to be swept")


def law_of_chases(history: list[e.Event]) -> None:
    """Nobody is chased about what is not owed, after an answer on that day, or twice by one rung."""
    case = fold("R", history[:1])
    for event in history[1:]:
        if isinstance(event, (e.Chased, e.ChasedByHand)):
            _law_of_one(event, case.items[event.item])
        case = apply(case, event)


def _law_of_one(event: e.Chased | e.ChasedByHand, state: Item) -> None:
    assert state.status is Status.OPEN
    assert not state.to_decide
    assert event.on is not None
    assert state.snoozed_until is None or state.snoozed_until <= event.on
    if isinstance(event, e.Chased):
        assert event.rung >= state.rungs
        answered = [day for kind, day in state.responses.items() if kind != "need_more_time"]
        by_the_hour = state.by is not None
        assert by_the_hour or event.on not in answered or state.rungs == 0


usual = settings(
    max_examples=80,
    deadline=None,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@usual
@given(processes(), st.integers(1, 3), st.data())
def test_every_case_can_be_finished_whatever_was_done(process: Data, agencies: int, data: st.DataObject) -> None:
    office = Office(planned(process), AGENCIES[:agencies])
    for _ in range(data.draw(st.integers(0, MOST_COMMANDS))):
        office.do(data.draw(commands(office)))
        assert office.case.status is not CaseStatus.OPEN or office.moves() or office.case.holds
        office.now += timedelta(days=data.draw(st.integers(0, 9)))
        sweep(office)
    assert fold("R", office.history) == office.case
    law_of_chases(office.history)
    office.finish()
    office.convert()
    assert fold("R", office.history) == office.case


@usual
@given(processes(), st.lists(garbage, max_size=20), st.sampled_from([None, "withdraw"]))
def test_whatever_is_asked_is_done_or_refused_with_words(
    process: Data, asked: list[c.Command], over: str | None
) -> None:
    office = Office(planned(process), AGENCIES)
    if over:
        office.do(c.Withdraw("the notification was withdrawn"))
    for command in asked:
        office.do(command)
    assert over is None or office.case.status is not CaseStatus.OPEN or any(type(made) is c.Reopen for made in asked)


@usual
@given(processes(), st.dictionaries(texts, any_days, max_size=2), st.lists(texts, max_size=3))
def test_whatever_is_opened_is_opened_or_refused_with_words(
    process: Data, dates: dict[str, date], agencies: list[str]
) -> None:
    plan, now = planned(process), datetime(2026, 5, 5, tzinfo=UTC)
    try:
        begin(plan, c.Open(dates, tuple(agencies)), "R", now=now, calendars=CALENDARS)
    except Refused as refusal:
        in_words(refusal)


@usual
@given(processes())
def test_nobody_is_chased_about_a_case_that_is_over(process: Data) -> None:
    """The sweep may have been told of a chase just before somebody withdrew the case."""
    office = Office(planned(process), AGENCIES)
    office.now += timedelta(days=400)
    due = list(chases(office))
    office.do(c.Withdraw("the notification was withdrawn"))
    told = len(office.history)
    assert [office.do(chase) for chase in due] == [None] * len(due)
    assert len(office.history) == told
