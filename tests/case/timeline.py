"""A timeline: what people do on which day, and what must be seen then. Read from YAML, played through the engine."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import reduce
from pathlib import Path
from typing import Any

from reviewflow.case.advance import advance, begin
from reviewflow.case.apply import apply, fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.handlers.correspondence.released_letters import who_may_release
from reviewflow.case.handlers.verifying.passing_on import who_owes
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, contact_recipient, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import dump, load
from reviewflow.case.model.state import Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules import edition
from reviewflow.case.rules.answers.bounds import Bounds
from reviewflow.case.rules.forecast import forecast
from reviewflow.case.rules.linked_cases import opening_of
from reviewflow.case.rules.links.looked_at_again import item_of_link
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.standing import item_standing
from reviewflow.case.rules.timing.due_dates import date_day
from reviewflow.language.phrases import parse_clock, parse_day
from reviewflow.language.problem import DefinitionError
from reviewflow.london import LONDON, london_day
from reviewflow.service.messages.fields.chasing import is_outside
from reviewflow.service.messages.naming import item_title, owner_title
from reviewflow.service.messages.text import write
from reviewflow.service.views.in_prefect.form_schema import form_schema
from reviewflow.service.wording.history.names import Names
from reviewflow.service.wording.history.sentences import event_sentence
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words
from tests.case import stage
from tests.case.stage import Definitions, Stage

REFERENCE = "RR-2026-001"
NOON = time(12)
WRITTEN = (
    e.MessageSent,
    e.NoticeSent,
    e.Chased,
    e.OwnerTold,
    e.ChasedByHand,
    e.DecisionDue,
    e.LateForeseen,
    e.BackOnCourse,
)


class WentOtherwise(AssertionError):
    """What was seen is not what the timeline says."""


@dataclass(frozen=True)
class Timeline:
    name: str
    process: str
    definitions: Definitions
    proves: Mapping[str, Any]
    lines: tuple[dict[str, Any], ...]


def load_timeline(path: Path) -> Timeline:
    data = stage.read(path)
    definitions = stage.office()
    own = data["process"]
    definitions["process.review"] = stage.process("review", own.pop("steps"), **own)
    for file, added in data.get("also", {}).items():
        definitions[file] = _merged(definitions.get(file, {"language": "1"}), added)
    for name in [
        other_name for other_name in definitions if other_name.startswith("process.") and other_name != "process.review"
    ]:
        other = definitions[name]
        definitions[name] = stage.process(name.partition(".")[2], other.pop("steps"), **other)
    return Timeline(path.stem, "review", definitions, data.get("proves", {}), tuple(data["timeline"]))


def _merged(shared: Any, added: Any) -> Any:
    if isinstance(shared, dict) and isinstance(added, dict):
        return shared | {key: _merged(shared.get(key), value) for key, value in added.items()}
    return added


def play(timeline: Timeline, definitions: Definitions) -> "Player":
    """Play every line; raises WentOtherwise at the first that is not as it says, NotPassing when `check` complains."""
    player = Player(stage.built(definitions, timeline.process), definitions)
    for number, line in enumerate(timeline.lines, start=1):
        try:
            player.line(dict(line))
        except WentOtherwise as error:
            raise WentOtherwise(f"{timeline.name}, line {number} ({next(iter(line.items()))}): {error}") from None
    return player


@dataclass
class Player:
    stage: Stage
    definitions: Definitions
    case: Case | None = None
    history: list[e.Event] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    """The plan under which each event of the history happened."""
    proclaimed: tuple[date, ...] = ()
    mail_is_down: bool = False
    brought_in: e.BroughtIn | None = None

    def line(self, line: dict[str, Any]) -> None:
        moment = next(iter(line))
        doing, now = line.pop(moment), _moment(moment)
        refused, events, letters = "", [], dict[str, list[str]]()
        self.mail_is_down = line.pop("mail", "up") == "down"
        try:
            for command in self._commands(doing, line, now):
                made = self._done(command, now)
                events += made
                self._write(made, letters, now)
        except (Refused, DefinitionError) as refusal:
            refused = str(refusal)
        seen = Seen(self, now, events, refused, letters)
        _same("refused", bool(refused), "refused" in line, refused)
        line.setdefault("sent", "nothing")
        for key, expected in line.items():
            SEEN[key](seen, expected)

    def _commands(self, doing: str, line: dict[str, Any], now: datetime) -> list[c.Command]:
        for pattern, make in DOINGS:
            match = re.fullmatch(pattern, doing)
            if match:
                return make(self, line, now, *match.groups())
        raise ValueError(f"nobody knows how to: {doing}")

    def _done(self, command: c.Command, now: datetime) -> list[e.Event]:
        """The events of a command, with the laws that hold for each: told once, kept for ever."""
        plan, calendars = self.stage.plan, self.stage.calendars
        if self.case is None:
            assert isinstance(command, c.Open)
            made = begin(plan, command, REFERENCE, now=now, calendars=calendars, brought_in=self.brought_in)
        else:
            before = dump(self.case)
            made = advance(plan, self.case, command, now=now, calendars=calendars)
            assert dump(self.case) == before
            for event in made:
                self.case = apply(self.case, event)
        self._nothing_opens_only_to_fall(made)
        left = [] if self.mail_is_down else self._letters_leave(made, now)
        made = [*made, *left]
        for event in made:
            assert e.decode(event.KIND, e.encode(event)) == event
        self.history += made
        self.plans += [plan] * len(made)
        replayed = fold(REFERENCE, self.history)
        assert self.case in (None, replayed)
        self.case = replayed
        assert load(REFERENCE, dump(replayed)) == replayed
        return made

    def _nothing_opens_only_to_fall(self, made: list[e.Event]) -> None:
        """What a command says is now owed, it does not say in the same breath to be not needed."""
        opened = {item for event in made if isinstance(event, e.ItemsOpened) for item in event.items}
        fell = {item for event in made if isinstance(event, e.NotNeeded) for item in event.items}
        if self.case is not None and edition.an_ending_comes_before_openings(self.case):
            assert not opened & fell

    def _letters_leave(self, made: list[e.Event], now: datetime) -> list[e.Event]:
        """What follows in the case when the messages of these events leave the building."""
        case, left = fold(REFERENCE, [*self.history, *made]), list[e.Event]()
        for event in made:
            if isinstance(event, (e.MessageSent, e.Chased, e.OwnerTold)):
                command = c.RecordLeft(event.item)
                events = advance(self.stage.plan, case, command, now=now, calendars=self.stage.calendars)
                case = reduce(apply, events, case)
                left += events
        self.case = case if left else self.case
        return left

    def desk(self, now: datetime) -> CaseContext:
        assert self.case is not None
        return CaseContext(self.stage.plan, self.case, self.stage.partnership, self.stage.calendars, now)

    def _write(self, events: list[e.Event], letters: dict[str, list[str]], now: datetime) -> None:
        for event in events:
            if isinstance(event, WRITTEN) and event.message:
                readers = event.to if is_outside(event.to) else ()
                was = event.was if isinstance(event, e.NoticeSent) else None
                words = "\n".join(write(self.desk(now), event.item, event.message, readers, was=was))
                letters.setdefault(event.item, []).append(words)
            if isinstance(event, e.LetterPrepared):
                words = "\n".join(write(self.desk(now), event.item, event.message))
                letters.setdefault(event.item, []).append(words)
            if isinstance(event, e.HoldReviewDue):
                item = LookAgain.HOLD.of(event.hold)
                letters.setdefault(item, []).append("\n".join(write(self.desk(now), item, event.message)))
            if isinstance(event, e.LinkReviewDue):
                words = "\n".join(write(self.desk(now), item_of_link(event.reference), event.message))
                letters.setdefault(LookAgain.LINK.of(event.reference), []).append(words)
            if isinstance(event, e.NothingCame) and event.message:
                item = LookAgain.ENDING.of(event.ending)
                letters.setdefault(item, []).append("\n".join(write(self.desk(now), item, event.message)))

    def chases(self, now: datetime) -> list[c.Command]:
        """What the sweep does: a chase for every open item whose next chase has come."""
        assert self.case is not None
        plan, calendars, at = self.stage.plan, self.stage.calendars, self.stage.partnership.send_at
        owed = [*self.case.items, *(LookAgain.HOLD.of(name) for name in self.case.holds)]
        owed += [*map(LookAgain.ENDING.of, plan.endings_by_time), *map(item_of_link, self.case.related)]
        due = {item: next_chase(plan, self.case, item, calendars, at) for item in owed}
        return [c.Chase(item, at) for item, when in due.items() if when is not None and when <= now]


def _moment(text: str) -> datetime:
    day, _, clock = text.partition(" ")
    return datetime.combine(parse_day(day), parse_clock(clock) if clock else NOON, LONDON)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [] if value in ("nothing", "nobody") else [str(value)]


# --- what people do ----------------------------------------------------------------------------------------------


def _open(player: Player, line: dict[str, Any], now: datetime) -> list[c.Command]:
    asked = player.stage.plan.definition.process.opening.dates
    dates = line.pop("dates", None) or dict.fromkeys(asked, london_day(now).isoformat())
    days = {name: parse_day(day) for name, day in dates.items()}
    times = {name: parse_clock(clock) for name, clock in line.pop("times", {}).items()}
    agencies = tuple(line.pop("agencies", ()))
    if day := line.pop("brought in", ""):
        player.brought_in = e.BroughtIn(parse_day(day), "SCR 12")
    player.stage = player.stage.opening_with(days)
    return [c.Open(days, agencies, line.pop("came from", ""), times, line.pop("calendar", ""))]


def _complete(_: Player, line: dict[str, Any], now: datetime, item: str) -> list[c.Command]:
    day, _, clock = line.pop("done on", "").partition(" ")
    on, at = parse_day(day) if day else None, parse_clock(clock) if clock else None
    return [c.Complete(item, line.pop("answers", {}), on, at)]


def _start(_: Player, line: dict[str, Any], now: datetime, item: str) -> list[c.Command]:
    due = line.pop("due on", None)
    return [c.OpenStep(item, _because(line), parse_day(due) if due else None)]


def _reopen(_: Player, line: dict[str, Any], __: datetime, item: str) -> list[c.Command]:
    due = line.pop("due on", None)
    never_done = line.pop("never done", "no") == "yes"
    return [c.Reopen(item, _because(line), parse_day(due) if due else None, never_done)]


def _extend(_: Player, line: dict[str, Any], __: datetime, item: str, to: str) -> list[c.Command]:
    return [c.Extend(item, parse_day(to), line.pop("granted by", "business_manager"), _because(line))]


def _link(_: Player, line: dict[str, Any], __: datetime, other: str, kind: str) -> list[c.Command]:
    review = line.pop("review on", None)
    effect = line.pop("effect", "none")
    return [c.Link(kind, other, _because(line), effect, parse_day(review) if review else None)]


def _join(_: Player, line: dict[str, Any], __: datetime, other: str) -> list[c.Command]:
    days = {name: parse_day(day) for name, day in line.pop("from", {}).items()}
    times = {name: parse_clock(clock) for name, clock in line.pop("times", {}).items()}
    return [c.Join(other, days, times=times)]


def _take_over(_: Player, line: dict[str, Any], __: datetime, to: str, of: str) -> list[c.Command]:
    until, since = (parse_day(day) if (day := line.pop(key, "")) else None for key in ("until", "from day"))
    return [c.Delegate(of, to, until, _because(line), since)]


def _take(_: Player, line: dict[str, Any], now: datetime, item: str, other: str) -> list[c.Command]:
    """What was answered in the case that leads, in its event of this number; without answers nothing had come."""
    answers, day = line.pop("answers", None), line.pop("on", None)
    on, number = parse_day(day) if day else london_day(now), int(line.pop("number"))
    silent, untold = line.pop("silent", "no") == "yes", line.pop("untold", "no") == "yes"
    return [c.TakeOver(item, other, number, on, answers or {}, by_silence=silent, untold=untold)]


def _settled_elsewhere(_: Player, line: dict[str, Any], __: datetime, kind: str) -> list[c.Command]:
    """What is settled in each of the linked cases, as the sweep tells it."""
    return [c.RecordSettled(kind, {other: tuple(_listed(steps)) for other, steps in line.pop("of").items()})]


def _hold(_: Player, line: dict[str, Any], __: datetime, name: str) -> list[c.Command]:
    review = line.pop("review on", None)
    asked, decided = line.pop("asked for by", ""), line.pop("decided by", "")
    return [c.Hold(name, _because(line), asked, parse_day(review) if review else None, decided)]


def _respond(_: Player, line: dict[str, Any], __: datetime, item: str, kind: str) -> list[c.Command]:
    until = line.pop("until", None)
    return [c.Respond(item, kind, line.pop("note", ""), parse_day(until) if until else None)]


def _becomes(player: Player, _: dict[str, Any], now: datetime, day: str) -> list[c.Command]:
    """A bank holiday that the calendars know, and for which nobody has counted the open cases anew yet."""
    _proclaim(player, _, now, day)
    return []


def _proclaim(player: Player, _: dict[str, Any], now: datetime, day: str) -> list[c.Command]:
    calendars = stage.calendars(player.stage.partnership.model_dump_json(), (parse_day(day),))
    player.stage = replace(player.stage, calendars=calendars)
    return [c.Recount("the calendar changed")]


def _migrate(player: Player, line: dict[str, Any], _: datetime) -> list[c.Command]:
    """To the version that differs by what stands under `to`; what is `removed` there is taken out."""
    assert player.case is not None
    now, could = player.definitions["process.review"], who_may_release(player.stage.plan, player.case)
    owed_by = who_owes(player.stage.plan, player.case)
    changed = _merged(now, line.pop("to") | {"version": str(int(now["version"]) + 1)})
    player.definitions = player.definitions | {"process.review": _without_removed(changed)}
    player.stage = stage.built(player.definitions, "review").opening_with(player.case.dates)
    return [c.Migrate(_because(line), released_by=could, owed_by=owed_by)]


def _without_removed(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {key: _without_removed(value) for key, value in data.items() if value != stage.REMOVED}


def _because(line: dict[str, Any]) -> str:
    return str(line.pop("because", "a reason"))


def _came_back(player: Player, _: dict[str, Any], __: datetime, item: str) -> list[c.Command]:
    assert player.case is not None
    plan = player.stage.plan
    step, contact = plan.steps[step_of(item)], plan.contact(item, player.case)
    (owner,) = [contact_recipient(contact)] if contact else recipients(("owner",), plan, player.case, item)
    return [c.RecordUndelivered(item, step.send or "reminder", owner, "the mailbox is full", "", "")]


DOINGS: tuple[tuple[str, Callable[..., list[c.Command]]], ...] = (
    ("open", _open),
    ("look", lambda _, __, ___: []),
    ("sweep", lambda player, _, now: player.chases(now)),
    (r"the letter of (\S+) leaves", lambda _, __, ___, item: [c.RecordLeft(item)]),
    (r"the letter of (\S+) waits on", lambda _, __, ___, item: [c.AskAnew(item)]),
    (r"the letter of (\S+) comes back", _came_back),
    (
        r"the letter of (\S+) is released(?: by (.+))?",
        lambda _, __, ___, item, post: [c.ReleaseLetter(item, post or "")],
    ),
    (
        r"the letter of (\S+) is refused(?: by (.+))?",
        lambda _, line, __, item, post: [c.RefuseLetter(item, _because(line), post or "")],
    ),
    (r"the contact (\S+) is given", lambda _, __, ___, contact: [c.GiveContact(contact)]),
    (r"the contact (\S+) is erased", lambda _, line, __, contact: [c.EraseContact(contact, _because(line))]),
    ("look ahead", lambda _, __, ___: [c.LookAhead()]),
    (r"breach (\S+)", lambda _, line, __, limit: [c.RecordBreach(limit, _because(line))]),
    (r"complete (\S+)", _complete),
    (
        r"change line (\d+) of (\S+)",
        lambda _, line, __, number, table: [c.ChangeLine(table, int(number), line.pop("answers"), _because(line))],
    ),
    (
        r"withdraw line (\d+) of (\S+)",
        lambda _, line, __, number, table: [c.WithdrawLine(table, int(number), _because(line))],
    ),
    (r"skip (\S+)", lambda _, line, __, item: [c.Skip(item, _because(line))]),
    (r"start (\S+)", _start),
    (r"reopen (\S+)", _reopen),
    (r"correct calendar to ([a-z]\S+)", lambda _, line, __, name: [c.CorrectCalendar(name, _because(line))]),
    (
        r"correct (\S+) to (\S+)(?: (\S+))?",
        lambda _, line, __, name, day, clock: [
            c.CorrectDate(name, parse_day(day), _because(line), parse_clock(clock) if clock else None)
        ],
    ),
    (
        r"set (\S+) to (\S+)",
        lambda _, line, __, name, day: [c.SetDate(name, parse_day(day), _because(line))],
    ),
    (r"extend (\S+) to (\S+)", _extend),
    (r"(\S+) is linked as (\S+)", _link),
    (r"unlink (\S+)", lambda _, line, __, other: [c.Unlink(other, _because(line))]),
    (r"join (\S+)", _join),
    (
        r"(\S+) leads in (\S+(?:, \S+)*)",
        lambda _, __, ___, other, steps: [c.RecordLed(other, tuple(steps.split(", ")))],
    ),
    (r"(\S+) leads no more", lambda _, __, ___, other: [c.RecordLed(other, (), over=True)]),
    (r"(\S+) was withdrawn", lambda _, __, ___, other: [c.RecordLed(other, (), over=True, withdrawn=True)]),
    (r"take (\S+) from (\S+)", _take),
    (r"(\S+) was reopened in (\S+)", lambda _, line, __, item, other: [c.ReopenWith(item, other, _because(line))]),
    (
        r"(\S+) is treated together",
        lambda _, line, __, other: [c.RecordTreated(other, "joint_with", tuple(line.pop("agencies")))],
    ),
    (r"settled in the cases linked as (\S+)", _settled_elsewhere),
    (r"(\S+) has this case beside it as (\S+)", lambda _, __, ___, other, kind: [c.RecordLinkedFrom(other, kind)]),
    (r"(\S+) has this case beside it no more", lambda _, __, ___, other: [c.RecordUnlinkedFrom(other)]),
    (r"(\S+) is treated alone", lambda _, __, ___, other: [c.RecordTreated(other, "joint_with", None)]),
    (r"hold (\S+)", _hold),
    (r"release (\S+)", lambda _, line, __, name: [c.Release(name, _because(line), line.pop("decided by", ""))]),
    (r"(\S+) answers (\S+)", _respond),
    (
        r"snooze (\S+) until (\S+)",
        lambda _, line, __, item, day: [c.Snooze(item, parse_day(day), _because(line))],
    ),
    (r"resume (\S+)", lambda _, line, __, item: [c.Resume(item, _because(line))]),
    (r"chase (\S+)", lambda _, __, ___, item: [c.ChaseByHand(item)]),
    (r"(\S+) takes over from (\S+)", _take_over),
    (r"(\S+) has it back", lambda _, line, __, post: [c.TakeBack(post, _because(line))]),
    ("what was taken over is looked at", lambda _, __, ___: [c.EndDelegations()]),
    (r"(\S+) joins (\S+)", lambda _, line, __, new, to: [c.ChangeMembers(to, new, "", _because(line))]),
    (r"(\S+) leaves (\S+)", lambda _, line, __, old, to: [c.ChangeMembers(to, "", old, _because(line))]),
    (
        r"(\S+) goes on for (\S+) in (\S+)",
        lambda _, line, __, new, old, to: [c.ChangeMembers(to, new, old, _because(line))],
    ),
    (r"(\S+) joins", lambda _, __, ___, agency: [c.AddAgency(agency)]),
    (r"(\S+) leaves", lambda _, line, __, agency: [c.RemoveAgency(agency, _because(line))]),
    (
        r"(\S+) merges into (\S+)",
        lambda _, line, __, old, new: [c.MergeAgencies(old, new, _because(line))],
    ),
    (r"(\S+) was opened for (\S+)", lambda _, __, ___, reference, item: [c.RecordStarted(item, reference)]),
    (
        r"(\S+) was opened for (\S+) after time (\d+), of (\S+)",
        lambda _, __, ___, reference, item, nth, of: [c.RecordStarted(item, reference, int(nth), parse_day(of))],
    ),
    (
        r"(\S+) is over as (closed|ended|withdrawn)",
        lambda _, __, ___, reference, status: [c.RecordOver(reference, CaseStatus(status))],
    ),
    (r"(\S+) is proclaimed a bank holiday", _proclaim),
    (r"(\S+) becomes a bank holiday", _becomes),
    ("migrate", _migrate),
    (r"end (\S+)", lambda _, line, __, ending: [c.End(ending, _because(line))]),
    ("withdraw", lambda _, line, __: [c.Withdraw(_because(line))]),
)


# --- what is seen ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    player: Player
    now: datetime
    events: list[e.Event]
    refusal: str
    letters: Mapping[str, list[str]]

    @property
    def case(self) -> Case:
        assert self.player.case is not None
        return self.player.case

    def refused(self, expected: Any) -> None:
        for words in _listed(expected):
            if words not in self.refusal:
                raise WentOtherwise(f'refused with:\n{self.refusal}\nwhich does not say "{words}"')

    def open(self, expected: Any) -> None:
        opened_items = {item: state.due for item, state in self.case.items.items() if state.status is Status.OPEN}
        days = {item: day.isoformat() if day else "no day" for item, day in opened_items.items()}
        _same("open", days, {} if expected == "nothing" else expected)

    def done(self, expected: Mapping[str, str]) -> None:
        states = {item: self.case.items.get(item) for item in expected}
        days = {item: str(state.done) for item, state in states.items() if state and state.status is Status.DONE}
        _same("done", days, expected)

    def due(self, expected: Mapping[str, str]) -> None:
        _same("due", {item: str(self.case.items[item].due or "no day") for item in expected}, expected)

    def by(self, expected: Mapping[str, str]) -> None:
        clocks = {item: self.case.items[item].by for item in expected}
        _same("by", {item: clock_words(clock) if clock else "none" for item, clock in clocks.items()}, expected)

    def standing(self, expected: Mapping[str, str]) -> None:
        plan, calendars = self.player.stage.plan, self.player.stage.calendars
        _same("standing", {i: item_standing(plan, self.case, i, self.now, calendars) for i in expected}, expected)

    def round(self, expected: Mapping[str, str]) -> None:
        _same("round", {item: str(self.case.items[item].round) for item in expected}, expected)

    def sent(self, expected: Any) -> None:
        sent = {
            event.item: f"{event.message} to {', '.join(map(_person, event.to))}"
            for event in self.events
            if isinstance(event, WRITTEN) and event.message
        }
        sent |= {
            LookAgain.HOLD.of(event.hold): f"{event.message} to {', '.join(map(_person, event.to))}"
            for event in self.events
            if isinstance(event, e.HoldReviewDue)
        }
        sent |= {
            LookAgain.LINK.of(event.reference): f"{event.message} to {', '.join(map(_person, event.to))}"
            for event in self.events
            if isinstance(event, e.LinkReviewDue)
        }
        sent |= {
            LookAgain.ENDING.of(event.ending): f"{event.message} to {', '.join(map(_person, event.to))}"
            for event in self.events
            if isinstance(event, e.NothingCame) and event.message
        }
        _same("sent", sent, {} if expected == "nothing" else expected)

    def passed_over(self, expected: Mapping[str, str]) -> None:
        passed = {event.item: str(event.passed) for event in self.events if isinstance(event, e.Chased)}
        _same("passed over", passed, expected)
        counts = Counter(event.item for event in self.events if isinstance(event, e.PassedOver))
        _same("passed over, each told", {item: str(counts[item]) for item in expected}, expected)

    def letter(self, expected: Mapping[str, Any]) -> None:
        for item, words in expected.items():
            text = "\n".join(self.letters.get(item, []))
            for word in _listed(words):
                if word not in text:
                    raise WentOtherwise(f'the letter about {item} does not say "{word}" but:\n{text}')

    def happens(self, expected: Any) -> None:
        _same("happens", [event.KIND for event in self.events], _listed(expected))

    def status(self, expected: str) -> None:
        _same("case", str(self.case.status), expected)

    def moved(self, expected: Any) -> None:
        items = [item for event in self.events if isinstance(event, e.DueMoved) for item in event.items]
        _same("moved", sorted(items), sorted(_listed(expected)))

    def first_due(self, expected: Mapping[str, str]) -> None:
        """What was due before it was extended."""
        days = {item: self.case.items[item].original for item in expected}
        _same("first due", {item: day.isoformat() if day else "as it is" for item, day in days.items()}, expected)

    def holds(self, expected: Any) -> None:
        """The holds in place, each with the day on which it is to be looked at again."""
        placed = {name: hold.review.isoformat() if hold.review else "no day" for name, hold in self.case.holds.items()}
        _same("holds", placed, {} if expected == "nothing" else expected)

    def warned(self, expected: Mapping[str, str]) -> None:
        """What the day just set leaves no time for."""
        warnings = [event.items for event in self.events if isinstance(event, e.TooLateWarned)]
        _same("warned", {item: day.isoformat() for event in warnings for item, day in event.items()}, expected)

    def overrun(self, expected: Mapping[str, str]) -> None:
        """The limits that the day just set comes after."""
        overruns = [event.beyond for event in self.events if isinstance(event, e.TooLateWarned)]
        _same("overrun", {item: day.isoformat() for event in overruns for item, day in event.items()}, expected)

    def dates(self, expected: Mapping[str, str]) -> None:
        plan, calendars = self.player.stage.plan, self.player.stage.calendars
        days = {name: date_day(plan, self.case, name, calendars) for name in expected}
        _same("dates", {name: day.isoformat() if day else "no day" for name, day in days.items()}, expected)

    def next_chase(self, expected: Mapping[str, str]) -> None:
        chases = {item: self._chase(item) for item in expected}
        _same("next chase", chases, expected)

    def _chase(self, item: str) -> str:
        at = self.player.stage.partnership.send_at
        when = next_chase(self.player.stage.plan, self.case, item, self.player.stage.calendars, at)
        return when.strftime("%Y-%m-%d %H:%M UTC") if when else "never"

    def starts(self, expected: Mapping[str, Any]) -> None:
        """What an automatic step asks the office to open."""
        plan, calendars = self.player.stage.plan, self.player.stage.calendars
        for item, case in expected.items():
            name, opening = opening_of(plan, self.case, item, calendars)
            started = {"process": name, "dates": {name: day.isoformat() for name, day in opening.dates.items()}}
            if opening.agencies:
                started["agencies"] = ", ".join(opening.agencies)
            if opening.calendar:
                started["calendar"] = opening.calendar
            if opening.times:
                started["times"] = {name: clock_words(clock) for name, clock in opening.times.items()}
            _same("starts", started, case)

    def foreseen(self, expected: Mapping[str, str]) -> None:
        """When these clocks will stop, as things stand."""
        plan, calendars, today = self.player.stage.plan, self.player.stage.calendars, london_day(self.now)
        forecasts = {limit: forecast(plan, self.case, limit, today, calendars) for limit in expected}
        days = {
            name: foreseen.expected.isoformat() if foreseen else "not foreseen" for name, foreseen in forecasts.items()
        }
        _same("foreseen", days, expected)

    def makes(self, expected: Mapping[str, str]) -> None:
        """Which document, or which of Prefect's deployments, an automatic step asked for."""
        made = {event.item: event.document for event in self.events if isinstance(event, e.DocumentAsked)}
        late = [
            event for event in self.events if isinstance(event, e.LateForeseen | e.LimitBreached) and event.document
        ]
        made |= {event.item: event.document for event in late}
        ran = {event.item: event.deployment for event in self.events if isinstance(event, e.RunAsked)}
        _same("makes", made | ran, expected)

    def titles(self, expected: Mapping[str, str]) -> None:
        """How an item is shown: its title, and who has it."""
        desk = self.player.desk(self.now)
        _same("titles", {i: f"{item_title(desk, i)} ({owner_title(desk, i)})" for i in expected}, expected)

    def asks(self, expected: Mapping[str, Any]) -> None:
        """What the form of a step shows."""
        for item, wanted in expected.items():
            plan = self.player.stage.plan
            step = plan.steps[step_of(item)]
            bounds = Bounds(plan, self.case, item, self.player.stage.calendars, london_day(self.now))
            form = bounds.known(plan.form(step_of(item)))
            shown = f"{step.help or ''} {form_schema(step.title, form)}"
            for word in _listed(wanted):
                if word not in shown:
                    raise WentOtherwise(f'the form of {item} does not show "{word}" but:\n{shown}')

    def pinned(self, expected: str) -> None:
        _same("pinned", f"{self.case.process}, version {self.case.version}", expected)

    def edition(self, expected: str) -> None:
        _same("edition", self.player.stage.plan.definition.guidance_title, expected)

    def kept(self, expected: Mapping[str, Any]) -> None:
        """The answers that the case goes on with."""
        for item, answers in expected.items():
            _same("kept", {name: self.case.items[item].answers.get(name) for name in answers}, answers)

    def told(self, expected: Any) -> None:
        """What the history says of what was done on this line."""
        desk = self.player.desk(self.now)
        definition = self.player.stage.plan.definition
        names = Names(definition, lambda item: item_title(desk, item), lambda name: _title(desk, name))
        text = "\n".join(event_sentence(event, names) for event in self.events)
        for words in _listed(expected):
            if words not in text:
                raise WentOtherwise(f'the history says:\n{text}\nwhich is not "{words}"')

    def links(self, expected: Mapping[str, str]) -> None:
        _same("links", dict(self.case.links), expected)


def _title(desk: CaseContext, recipient: str) -> str:
    return recipient_title(desk.partnership, recipient)


def _person(recipient: str) -> str:
    """'role:chair' -> 'chair', 'outside:panel' -> 'panel', 'agency:police:senior' -> "police's senior"."""
    kind, name, *post = recipient.split(":")
    return name if kind in {"role", "outside"} and post != ["senior"] else f"{name}'s {post[0]}"


def _in_status(status: Status) -> Callable[[Seen, Any], None]:
    def check(seen: Seen, expected: Any) -> None:
        states = {item: seen.case.items.get(item) for item in _listed(expected)}
        wrong = {
            item: state and str(state.status) for item, state in states.items() if not state or state.status != status
        }
        _same(str(status), wrong, {})

    return check


SEEN: Mapping[str, Callable[[Seen, Any], None]] = {
    "refused": Seen.refused,
    "open": Seen.open,
    "done": Seen.done,
    "due": Seen.due,
    "standing": Seen.standing,
    "by": Seen.by,
    "round": Seen.round,
    "sent": Seen.sent,
    "passed over": Seen.passed_over,
    "letter": Seen.letter,
    "happens": Seen.happens,
    "case": Seen.status,
    "moved": Seen.moved,
    "first due": Seen.first_due,
    "holds": Seen.holds,
    "warned": Seen.warned,
    "overrun": Seen.overrun,
    "planned": Seen.dates,
    "next chase": Seen.next_chase,
    "starts": Seen.starts,
    "foreseen": Seen.foreseen,
    "makes": Seen.makes,
    "titles": Seen.titles,
    "asks": Seen.asks,
    "pinned": Seen.pinned,
    "edition": Seen.edition,
    "links": Seen.links,
    "kept": Seen.kept,
    "told": Seen.told,
    "waiting": _in_status(Status.PENDING),
    "skipped": _in_status(Status.SKIPPED),
    "not needed": _in_status(Status.NOT_NEEDED),
    "withdrawn": _in_status(Status.WITHDRAWN),
}


def _same(what: str, actual: object, expected: object, more: str = "") -> None:
    if actual != expected:
        raise WentOtherwise(f"{what}: found {actual}, expected {expected} {more}")
