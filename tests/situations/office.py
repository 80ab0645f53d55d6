"""A situation of real reviews: what people do in the shipped processes, day by day, over a store, and what is seen."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from reviewflow.case.model import commands as c
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.case.model.state import Case, Status
from reviewflow.case.rules.forecast import forecast
from reviewflow.case.rules.owed import possible_items
from reviewflow.language.phrases import parse_clock, parse_day
from reviewflow.language.problem import DefinitionError
from reviewflow.london import LONDON, london_day
from reviewflow.service.commands.bulk import merge_agencies, recount
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.commands.migration import make_move, plan_move
from reviewflow.service.rehearsal.answers import Occasion, good_answers, purposes_of
from reviewflow.service.rehearsal.scenario import Scenario
from reviewflow.service.sweep.automatic_steps import run_automatic_steps
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.digests import digests_for
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.seldom.look_ahead import count_anew, look_ahead
from reviewflow.service.views.history import HistoryEntry, history
from reviewflow.service.views.linked_cases import overview
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice
from tests.case.timeline import DOINGS

MORNING, BY = time(10), "the office"
SWEEPING = time(11)
MOST = 400
Line = dict[str, Any]


class WentOtherwise(AssertionError):
    """What was seen is not what the situation says."""


def read(path: Path) -> Line:
    """YAML in which every value is text, as an officer wrote it."""
    found: Line = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def play(office: Workspace, told: Line) -> str:
    """Play every line; what the histories of its cases say at the end."""
    player = Player(office)
    for number, line in enumerate(told["lines"], start=1):
        try:
            player.line(dict(line))
        except (WentOtherwise, Refused) as error:
            raise WentOtherwise(f"line {number} ({next(iter(line.items()))}): {error}") from None
    return "\n".join(_told(office, reference) for reference in player.cases())


def _told(office: Workspace, reference: str) -> str:
    entries = "\n".join(f"{entry.on}  {entry.by}: {_without_answers(entry)}" for entry in history(office, reference))
    return f"{reference}\n{entries}\n"


def _without_answers(entry: HistoryEntry) -> str:
    """What was answered is other tests' matter, and a question more would change every history."""
    return re.sub(r"(: done on [^(]+) \(.*\)\.$", r"\1.", entry.words) if entry.kind == "Completed" else entry.words


@dataclass
class Player:
    office: Workspace
    last: str = ""
    """The case that is meant where a line names none."""
    seen: set[int] = field(default_factory=set)

    def cases(self) -> list[str]:
        return [row.reference for row in self.office.store.cases(None)]

    def line(self, line: Line) -> None:
        moment = next(iter(line))
        doing, now = line.pop(moment), _moment(moment)
        reference = line.pop("in", self.last)
        self.last, refused = reference, ""
        try:
            self._do(doing, line, now)
        except (Refused, DefinitionError, UserError) as refusal:
            if "refused" not in line:
                raise WentOtherwise(str(refusal)) from None
            refused = str(refusal)
        if "refused" in line and not refused:
            raise WentOtherwise("nothing was refused")
        run_automatic_steps(self.office, now=now)
        look = Seen(self, now, refused, self._new_letters())
        for key, expected in line.items():
            SEEN[key](look, expected)

    def _new_letters(self) -> list[Notice]:
        found = [each for each in self.office.store.notices() if each.id not in self.seen]
        self.seen |= {each.id for each in found}
        return found

    def _do(self, doing: str, line: Line, now: datetime) -> None:
        verb, _, rest = doing.partition(" ")
        match verb:
            case "look":
                return
            case "open":
                self._open(rest, line, now)
            case "sweep":
                self._sweep(now)
            case "work":
                self._work(rest.removeprefix("until "), line, now)
            case "complete":
                self._complete(rest, line, now)
            case "recount":
                recount(self.office, line.pop("because"), by=BY, now=now)
            case "merge":
                old, _, new = rest.partition(" into ")
                merge_agencies(self.office, c.MergeAgencies(old, new, line.pop("because")), by=BY, now=now)
            case "breach":
                carry_out(self.office, self.last, c.RecordBreach(rest, line.pop("because")), by=BY, now=now)
            case "proclaim":
                self._proclaim(parse_day(rest))
            case "edit":
                self._edit(rest, line.pop("changes"))
            case "migrate":
                move = plan_move(self.office, self.last, reason=line.pop("because"), now=now)
                make_move(self.office, move, by=BY, now=now)
            case _:
                self._otherwise(doing, line, now)

    def _proclaim(self, day: date) -> None:
        """The calendars file says so from now on."""
        first = "    2022-06-03: Platinum"
        self._edit("calendars.yaml", {first: f"    {day}: Proclaimed\n{first}"})
        del vars(self.office)["calendars"]

    def _edit(self, file: str, changes: Mapping[str, str]) -> None:
        """In a copy of the definitions, from which the office works from now on."""
        copy = self.office.papers.parent / "definitions"
        shutil.copytree(self.office.folder, copy)
        text = (copy / file).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text, f"{file} does not say {old}"
            text = text.replace(old, new, 1)
        (copy / file).write_text(text, encoding="utf-8")
        changed = DefinitionFiles(copy)
        self.office.folder = copy
        vars(self.office).update(library=changed.library, problems=changed.problems)

    def _otherwise(self, doing: str, line: Line, now: datetime) -> None:
        """As the timelines of the engine say it."""
        for pattern, make in DOINGS:
            found = re.fullmatch(pattern, doing)
            if found:
                for command in make(self, line, now, *found.groups()):
                    carry_out(self.office, self.last, command, by=BY, now=now)
                return
        raise ValueError(f"nobody knows how to: {doing}")

    def _open(self, process: str, line: Line, now: datetime) -> None:
        dates = {name: parse_day(day) for name, day in line.pop("dates").items()}
        command = c.Open(dates, tuple(line.pop("agencies", ())))
        self.last = open_case(self.office, process, command, by=BY, now=now).case.reference

    def _sweep(self, now: datetime) -> None:
        """What runs every few minutes."""
        chased = chase_due_items(self.office, now=now)
        count_anew(self.office, now=now)
        look_ahead(self.office, now=now)
        run_automatic_steps(self.office, now=now)
        record_sweep(self.office, (now, now), chased=chased, sent=0, failed=0, note="")

    def case(self, reference: str = "") -> Case:
        row = find(self.office, reference or self.last)
        return load(row.reference, row.state)

    def _complete(self, item: str, line: Line, now: datetime) -> None:
        """What the line does not answer is answered as somebody would who has nothing unusual to say."""
        day = line.pop("done on", None)
        given, only = line.pop("answers", {}), line.pop("only", None)
        on = parse_day(day) if day else None
        answers = given if only else {**self._usual(item, on or london_day(now), given), **given}
        carry_out(self.office, self.last, c.Complete(item, answers, on), by=BY, now=now)

    def _usual(self, item: str, done: date, given: Mapping[str, Any]) -> dict[str, object]:
        case, plan = self.case(), self.office.plan(self.case().definition)
        if item not in case.items:
            return {}
        occasion = Occasion(done, self.office.calendars["office"], purposes_of(plan.definition), {})
        text = {(item, name): str(value) for name, value in given.items() if isinstance(value, str)}
        scenario = Scenario(case.dates, case.agencies, answers=text)
        return good_answers(plan.form(step_of(item)), item, scenario, case, occasion=occasion)

    def _work(self, until: str, line: Line, now: datetime) -> None:
        """Everybody does what is open, on the day of its rule or else now, until something else is owed."""
        except_for = line.pop("without", [])
        answers = line.pop("answers", {})
        plan = self.office.plan(self.case().definition)
        for _ in range(MOST):
            case = self.case()
            if until in case.items and case.items[until].status is Status.OPEN:
                return
            wanted = plan.ancestors[step_of(until)]
            owed = [each for each in possible_items(plan, case) if step_of(each) in wanted and each not in except_for]
            if not owed:
                raise WentOtherwise(f"{until} does not open; {possible_items(plan, case)} is owed")
            item = min(owed, key=lambda each: (case.items[each].due or date.max, each))
            day = case.items[item].due
            done = min(max(day or london_day(now), case.items[item].opened or case.opened), london_day(now))
            self._complete(
                item, {"answers": answers.get(item) or answers.get(step_of(item), {}), "done on": done.isoformat()}, now
            )
            run_automatic_steps(self.office, now=now)
        raise WentOtherwise(f"{until} does not open")


def _moment(text: str) -> datetime:
    day, _, clock = text.partition(" ")
    return datetime.combine(parse_day(day), parse_clock(clock) if clock else MORNING, LONDON)


def _same(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise WentOtherwise(f"{what}: found {found}, expected {expected}")


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [] if value == "nothing" else [str(value)]


@dataclass(frozen=True)
class Seen:
    player: Player
    now: datetime
    refusal: str
    letters: list[Notice]

    @property
    def case(self) -> Case:
        return self.player.case()

    def refused(self, expected: Any) -> None:
        for words in _listed(expected):
            if words not in self.refusal:
                raise WentOtherwise(f'refused with:\n{self.refusal}\nwhich does not say "{words}"')

    def due(self, expected: Mapping[str, str]) -> None:
        items = self.case.items
        _same("due", {each: str(items[each].due) if each in items else "not yet" for each in expected}, expected)

    def first_due(self, expected: Mapping[str, str]) -> None:
        _same("first due", {item: str(self.case.items[item].original) for item in expected}, expected)

    def standing(self, expected: Mapping[str, str]) -> None:
        found = overview(self.player.office, self.player.last, now=self.now)
        lines = {line.item: str(line.standing) for line in (*found.limits, *found.steps)}
        _same("standing", {item: lines.get(item, "not there") for item in expected}, expected)

    def status(self, expected: str) -> None:
        _same("case", str(self.case.status), expected)

    def cases(self, expected: Any) -> None:
        _same("cases", self.player.cases(), _listed(expected))

    def foreseen(self, expected: Mapping[str, str]) -> None:
        plan = self.player.office.plan(self.case.definition)
        found = {
            limit: forecast(plan, self.case, limit, london_day(self.now), self.player.office.calendars)
            for limit in expected
        }
        _same("foreseen", {name: str(each.expected) if each else "no" for name, each in found.items()}, expected)

    def letters_sent(self, expected: Any) -> None:
        """Exactly these messages were written on this line, each with those it goes to."""
        found: dict[str, list[str]] = {}
        for each in self.letters:
            found.setdefault(f"{each.item}: {each.message}", []).append(each.recipient)
        told = {what: ", ".join(to) for what, to in found.items()}
        _same("letters", told, {} if expected == "nothing" else expected)

    def letters_about(self, expected: Mapping[str, str]) -> None:
        """Of these items, exactly these messages."""
        found: dict[str, set[str]] = {item: set() for item in expected}
        for each in self.letters:
            if each.item in found:
                found[each.item].add(each.message)
        told = {item: ", ".join(sorted(messages)) or "nothing" for item, messages in found.items()}
        _same("letters", told, expected)

    def letters_say(self, expected: Mapping[str, str]) -> None:
        """Each letter about these items has these words, in its subject or its text."""
        for item, words in expected.items():
            about = [f"{each.subject}\n{each.text}" for each in self.letters if each.item == item]
            if not about or any(words not in text for text in about):
                raise WentOtherwise(f'the letters about {item} do not all say "{words}":\n{"".join(about) or "none"}')

    def digests(self, expected: Any) -> None:
        """The posts for whom there is a summary to write now: of the day, the week or the quarter."""
        office = self.player.office
        posts = dict.fromkeys(post for kind in office.partnership.digests.values() for post in kind.to)
        found = [post for post in posts if digests_for(office, post, now=self.now)]
        _same("digests", found, [] if expected == "nobody" else _listed(expected))

    def documents(self, expected: Any) -> None:
        folder = self.player.office.papers / self.player.last
        found = {path.name for path in folder.glob("*")}
        missing = [each for each in _listed(expected) if each not in found]
        _same("documents missing", missing, [])

    def says(self, expected: Any) -> None:
        words = "\n".join(entry.words for entry in history(self.player.office, self.player.last))
        for each in _listed(expected):
            if each not in words:
                raise WentOtherwise(f'the history does not say "{each}":\n{words[-3000:]}')


def _only(status: Status) -> Callable[[Seen, Any], None]:
    def check(seen: Seen, expected: Any) -> None:
        held = {item: seen.case.items.get(item) for item in _listed(expected)}
        _same(
            str(status),
            {i: str(h.status) if h else "not yet" for i, h in held.items()},
            dict.fromkeys(held, str(status)),
        )

    return check


SEEN: Mapping[str, Callable[[Seen, Any], None]] = {
    "refused": Seen.refused,
    "due": Seen.due,
    "first due": Seen.first_due,
    "standing": Seen.standing,
    "case": Seen.status,
    "cases": Seen.cases,
    "foreseen": Seen.foreseen,
    "letters": Seen.letters_sent,
    "letters say": Seen.letters_say,
    "letters about": Seen.letters_about,
    "digests": Seen.digests,
    "documents": Seen.documents,
    "says": Seen.says,
    "not needed": _only(Status.NOT_NEEDED),
    "withdrawn": _only(Status.WITHDRAWN),
    "done": _only(Status.DONE),
    "owed": _only(Status.OPEN),
}


def situations(folder: Path) -> list[Path]:
    return sorted(folder.glob("situation_*.yaml"))
