"""Made-up people who together take every branch of a process: what has been answered least often is answered next."""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import product
from typing import Any

from reviewflow.calendar import Calendars
from reviewflow.case.advance import begin, work_out
from reviewflow.case.apply import fold
from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import WAS_DONE, Case, CaseStatus, Status
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.attendance import counted, not_the_groups
from reviewflow.language.conditions import leaves
from reviewflow.language.model import FieldType, FormField, FormFields
from reviewflow.language.structure import graph
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.structure.tables import DECISION, INSTEAD
from reviewflow.london import london_day
from reviewflow.service.rehearsal.answers import deciding
from tests.case.timeline import NOON

Target = tuple[str, ...]
"""A branch: ('done', step), ('not needed', step), ('answer', step, question, option), ('back', step, target), ..."""
MOST_MOVES = 1500
"""A practice review has up to three meetings, each held up to three times, with seven invitations each time."""
MOSTLY = 0.7
"""How often all members of a group come to its meeting, and not one of them alone."""
ENOUGH_ROUNDS = 3
"""After so many rounds nobody sends work back any more, or begins what is optional."""
WHY = "for this test"


@dataclass
class Explorer:
    plan: Plan
    calendars: Calendars
    agencies: tuple[str, ...]
    opened: date
    met: Counter[Target] = field(default_factory=Counter)
    _known: int = field(init=False, default=-1)
    _unmet: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._left = sorted(self.targets)

    @cached_property
    def targets(self) -> frozenset[Target]:
        """Every branch that the process has."""
        plan, process = self.plan, self.plan.definition.process
        found: set[Target] = {("done", name) for name in plan.steps}
        found |= {("not needed", name) for name, step in plan.steps.items() if step.when is not None}
        for step, question in self.deciding:
            found |= {("answer", step, question, option) for option in _options(plan.form(step)[question])}
        for name, step in plan.steps.items():
            found |= {("back", name, target) for target in step.reopens}
            found |= {("places", name, hold) for hold in step.places}
        found |= {("ending", name) for name, ending in process.endings.items()}
        return frozenset(found)

    @cached_property
    def deciding(self) -> frozenset[tuple[str, str]]:
        """The questions, by step, whose answers decide how the process goes on."""
        return frozenset(deciding(self.plan.definition))

    @cached_property
    def before(self) -> Mapping[str, Collection[str]]:
        """What comes before each step."""
        return graph.ancestors(self.plan.steps)

    def left(self) -> Sequence[Target]:
        """What was not met yet, in a steady order; asked for anew only when something is met that never was."""
        self._look()
        return self._left

    def unmet(self) -> Collection[str]:
        """The steps of which not all was met yet, with all that comes before them."""
        self._look()
        return self._unmet

    def _look(self) -> None:
        if self._known == len(self.met):
            return
        self._known = len(self.met)
        self._left = [target for target in self._left if not self.met.get(target)]
        self._unmet = {target[1] for target in self._left if target[1] in self.plan.steps}
        self._unmet |= {each for name in self._unmet for each in self.before[name]}

    def leading_to(self, step: str) -> Mapping[tuple[str, str], frozenset[str]]:
        """The answers, by step and question, that the conditions of a step and of what comes before it name."""
        steps, wanted = self.plan.steps, defaultdict[tuple[str, str], set[str]](set)
        for name in (step, *self.before[step]):
            condition = steps[name].when
            for leaf in leaves(condition) if condition else ():
                wanted[leaf.step or name, leaf.field].update(leaf.values)
        return {place: frozenset(values) for place, values in wanted.items()}

    def run(self, seed: int) -> Case:
        """One case from its opening to its end; raises AssertionError when it gets stuck."""
        return Run(self, random.Random(seed)).play()


def _options(asked: FormField) -> tuple[str, ...]:
    return ("yes", "no") if asked.type is FieldType.YES_NO else tuple(asked.options)


def _as_counted(form: FormFields, given: dict[str, Any]) -> dict[str, Any]:
    """Without what a meeting could only have decided if enough of its members had come."""
    refused = not_the_groups(form, given, {**given, **counted(form, given)})
    without = {sentence.partition(":")[0] for sentence in refused}
    return {name: answer for name, answer in given.items() if name not in without}


class Run:
    """One case, moved by made-up people."""

    def __init__(self, explorer: Explorer, chance: random.Random) -> None:
        self.explorer, self.chance = explorer, chance
        self.plan, self.calendars = explorer.plan, explorer.calendars
        self.met = explorer.met
        self.before = explorer.before
        self.alike = chance.random() < 0.5
        self.elsewhere = chance.random() < 0.1
        """Of such a case the tables come from elsewhere, and leave out what may come later."""
        self.settled: dict[tuple[str, str], str] = {}
        """In every other case all who are asked the same say the same."""
        self.deciding = explorer.deciding
        never_seen = [target[1] for target in explorer.left() if target[1] in self.plan.steps]
        aim = chance.choice(never_seen) if never_seen and chance.random() < 0.5 else ""
        self.wanted = explorer.leading_to(aim) if aim else {}
        """In every other case those answers are given that lead to one step of which not all was seen yet."""
        self.now = datetime.combine(explorer.opened, NOON, UTC)
        asked = self.plan.definition.process.opening
        dates = dict.fromkeys(asked.dates, explorer.opened)
        command = c.Open(dates, explorer.agencies if asked.agencies else ())
        self.history = begin(self.plan, command, "R", now=self.now, calendars=self.calendars)
        self.case = fold("R", self.history)

    @property
    def today(self) -> date:
        return london_day(self.now)

    def play(self) -> Case:
        self._see(self.history)
        for _ in range(MOST_MOVES):
            if self.case.status is not CaseStatus.OPEN:
                break
            if not self._move():
                self.now += timedelta(days=7)
                self._sweep()
        assert self.case.status is not CaseStatus.OPEN, f"never ended; open: {list(self._open())}"
        assert fold("R", self.history) == self.case
        return self.case

    def _do(self, command: c.Command) -> bool:
        try:
            made = work_out(self.plan, self.case, command, now=self.now, calendars=self.calendars)
        except Refused:
            return False
        self.case = made.case
        self.history += made.events
        if made.events:
            self._see(made.events)
        return bool(made.events)

    def _move(self) -> bool:
        """One thing that somebody may do now; False when there is nothing but to wait."""
        work = list(self._open())
        self.chance.shuffle(work)
        return self._ask_for_more() or any(self._work(item) for item in work) or self._release(work)

    def _open(self) -> Iterator[str]:
        for item, held in self.case.items.items():
            if held.status is Status.OPEN and step_of(item) in self.plan.steps:
                yield item

    def _work(self, item: str) -> bool:
        step = self.plan.steps[step_of(item)]
        if step.start is not None:
            return self._do(c.RecordStarted(item, f"C-{len(self.history)}"))
        if contact := contact_written_to(step):
            is_known = contact in self.case.contacts
            return self._do(
                c.ReleaseLetter(item, next(iter(step.released_by or ()), "")) if is_known else c.GiveContact(contact)
            )
        if step.owner is None or stopped_by(self.plan, self.case, item):
            return False
        if step.silence and self.chance.random() < 0.5:
            return False
        if self.chance.random() < 0.02:
            return self._do(c.Skip(item, WHY))
        done = self._do(c.Complete(item, self._answers(item), brought_in=self.elsewhere))
        if not done:  # what the law leaves no choice about cannot be answered otherwise
            self.settled = {place: option for place, option in self.settled.items() if place[0] != step_of(item)}
        return done

    def _ask_for_more(self) -> bool:
        """What is done by word and not by answering: optional steps, and the ways out."""
        unmet = self.explorer.unmet()
        for name, step in self.plan.steps.items():
            may_begin = step.optional and name in unmet and self._rounds(name) < ENOUGH_ROUNDS
            if may_begin and self.chance.random() < 0.3 and self._do(c.OpenStep(name, WHY)):
                return True
        for name in self.plan.definition.process.endings:
            if not self.met["ending", name] and self.chance.random() < 0.02 and self._do(c.End(name, WHY)):
                return True
        return False

    def _rounds(self, step: str) -> int:
        held = self.case.items.get(step)
        return held.round if held is not None else 0

    def _release(self, work: list[str]) -> bool:
        held = [hold for item in work for hold in stopped_by(self.plan, self.case, item)]
        return bool(held) and self.chance.random() < 0.5 and self._do(c.Release(held[0], WHY))

    def _sweep(self) -> None:
        for item in list(self.case.items):
            when = next_chase(self.plan, self.case, item, self.calendars, NOON)
            if when is not None and when <= self.now:
                self._do(c.Chase(item, NOON))

    # answers

    def _answers(self, item: str) -> dict[str, Any]:
        step = step_of(item)
        form = self.plan.form(step)
        asking = {name: asked for name, asked in form.items() if asked.type is not FieldType.QUORUM}
        answers = {name: self._answer(step, name, asked) for name, asked in asking.items()}
        given = {name: answer for name, answer in answers.items() if answer is not None}
        given = _as_counted(form, given)
        if INSTEAD in form:
            given[INSTEAD] = WHY
        held = self.case.items[item]
        if held.round >= ENOUGH_ROUNDS and not self.plan.steps[step].repeats:
            given |= self._without_sending_back(step, given)
        return given

    def _answer(self, step: str, name: str, asked: FormField) -> Any:
        if (step, name) in self.deciding:
            return self._rarest(step, name, asked)
        may_be_empty = not asked.required or (not asked.always_required and self.chance.random() < 0.1)
        if may_be_empty and not asked.sets and self.chance.random() < 0.7:
            return None
        return self._plain(asked)

    def _rarest(self, step: str, name: str, asked: FormField) -> Any:
        options = list(_options(asked)) + ([] if asked.always_required or name == DECISION else [""])
        self.chance.shuffle(options)
        options = [option for option in options if option in self.wanted.get((step, name), ())] or options
        rarest = min(options, key=lambda option: self.met["answer", step, name, option])
        chosen = self.settled.setdefault((step, name), rarest) if self.alike else rarest
        self.met["answer", step, name, chosen] += 1
        return [chosen] if asked.type is FieldType.CHOICES and chosen else chosen or None

    def _plain(self, asked: FormField) -> Any:
        match asked.type:
            case FieldType.DATE:
                ahead = 7 * self.chance.randint(0, 6) if asked.sets else 0
                return (self.today + timedelta(days=ahead)).isoformat()
            case FieldType.CHOICE:
                return self.chance.choice(list(asked.options))
            case FieldType.CHOICES:
                everybody = asked.members_of is not None and self.chance.random() < MOSTLY
                return list(asked.options) if everybody else [next(iter(asked.options))]
            case FieldType.YES_NO | FieldType.CONFIRM:
                return "yes"
            case FieldType.AGENCY:
                return self.chance.choice(self.case.agencies)
            case FieldType.AGENCIES:
                return self.case.agencies[:2]
            case FieldType.TIME:
                return "10:00"
            case FieldType.LIST:
                return ["Part 1", "Part 2"]
            case FieldType.ROWS:
                columns = {n: column for n, column in asked.columns.items() if not self._comes_later(column)}
                return [{name: self._plain(column) for name, column in columns.items()} for _ in range(2)]
            case _:
                return "1"

    def _comes_later(self, column: FormField) -> bool:
        return self.elsewhere and bool(column.may_come_later)

    def _without_sending_back(self, step: str, given: dict[str, Any]) -> dict[str, Any]:
        reopens, form = self.plan.steps[step].reopens, self.plan.form(step)
        asked = [name for name in form if (step, name) in self.deciding]
        for values in product(*(_options(form[name]) for name in asked)):
            tried = {**given, **dict(zip(asked, values, strict=True))}
            if not any(evaluate_answers(each.when, tried) for each in reopens.values()):
                return {n: [tried[n]] if form[n].type is FieldType.CHOICES else tried[n] for n in asked}
        return {}

    # what was seen

    def _see(self, made: list[e.Event]) -> None:
        for event in made:
            match event:
                case e.NotNeeded(items):
                    self.met.update(("not needed", step_of(item)) for item in items)
                case e.SentBack(items, because):
                    self.met.update(("back", step_of(because), step_of(item)) for item in items)
                case e.CaseEnded(ending):
                    self.met["ending", ending] += 1
                case e.HoldPlaced(hold=hold, item=because):
                    self.met["places", step_of(because), hold] += 1
                case _:
                    pass
        for item, held in self.case.items.items():
            if held.status in WAS_DONE:
                self.met["done", step_of(item)] += 1
