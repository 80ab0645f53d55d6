"""A definition made ready to run: order, pairs and dependents, worked out once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeGuard

from reviewflow.calendar import OFFICE, Unit
from reviewflow.case.model.ids import ItemId, Recipient, agency_recipient, item_id, key_of, role_recipient, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.dependents import Dependents, dependents
from reviewflow.case.plan.entries import entry_keys, row_of
from reviewflow.case.plan.lengths import planned_lengths
from reviewflow.case.plan.members import member_recipient
from reviewflow.language.conditions import leaves
from reviewflow.language.definition import Definition
from reviewflow.language.model import (
    AGENCY,
    CONTRIBUTORS,
    EACH,
    AfterRound,
    CaseDate,
    DecisionTable,
    FieldType,
    FormField,
    FormFields,
    Hold,
    Ladder,
    Limit,
    Record,
    Rung,
    StandsStill,
    Start,
    Step,
)
from reviewflow.language.phrases import Anchor, DayRule, Due, parse_anchor
from reviewflow.language.structure import graph
from reviewflow.language.structure.calendars import WhoseDays, whose_days
from reviewflow.language.structure.lists import agency_column, owner_column, source_of
from reviewflow.language.structure.owners import (
    Answered,
    named_agency,
    owner_in_answer,
    post_of_agency,
    written_to_by_answer,
)
from reviewflow.language.structure.registers import kept_for_registers, recording


def _nothing_known() -> Mapping[str, float]:
    return {}


@dataclass(frozen=True)
class Plan:
    """The pinned definition of a case, with what follows from it alone."""

    definition: Definition
    past: Callable[[], Mapping[str, float]] = dataclasses.field(default=_nothing_known, compare=False, repr=False)
    """Asked when a forecast is made: by step, the working days that it took in past cases of this office."""

    @cached_property
    def usual(self) -> Mapping[str, float]:
        """By step, its usual length in working days, of steps that past cases tell enough of."""
        return self.past()

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The steps so that each comes after all that it waits for."""
        return tuple(graph.order(self.steps))

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        return self.definition.process.steps

    @cached_property
    def limits(self) -> Mapping[str, Limit]:
        return self.definition.process.limits

    @cached_property
    def dates(self) -> Mapping[str, CaseDate]:
        """The dates that are planned, and may be set or moved later."""
        return self.definition.process.dates

    @cached_property
    def holds(self) -> Mapping[str, Hold]:
        return self.definition.process.holds

    @cached_property
    def stands_still(self) -> Mapping[str, StandsStill]:
        """When local clocks stand still, by name."""
        return self.definition.process.stands_still or {}

    @cached_property
    def standstills_of(self) -> Mapping[str, tuple[str, ...]]:
        """By step and limit, what makes its clock stand still; only those that have any."""
        clocks = dict.fromkeys(clock for still in self.stands_still.values() for clock in still.clocks)
        return {
            clock: tuple(name for name, still in self.stands_still.items() if clock in still.clocks) for clock in clocks
        }

    @property
    def own_calendar(self) -> str:
        """The calendar by which days are counted where no rule names another."""
        return self.definition.process.calendar or OFFICE

    def kept_by(self, ending: str) -> tuple[str, ...]:
        """The steps that are still owed when a case ends so; none for an ending that the process knows no more."""
        ways_out = self.definition.process.endings
        return ways_out[ending].keeps if ending in ways_out else ()

    def is_limit(self, item: str) -> bool:
        return step_of(item) in self.limits

    def counted_from(self, limit: str) -> frozenset[str]:
        """The dates and steps that a limit counts from: one, or several of which the earlier or later counts."""
        rule = self.limits[limit].due
        return (
            frozenset(part.anchor.name for part in rule.parts)
            if rule
            else frozenset({self.limits[limit].counts_from or ""})
        )

    @property
    def counted_by_limits(self) -> frozenset[str]:
        """All dates and steps from which some limit counts."""
        return frozenset[str]().union(*map(self.counted_from, self.limits))

    def limit_items(self, case: Case) -> list[str]:
        """The item of every time limit: the case's own, and those of joined cases."""
        return [
            item_id(name, reference)
            for name in self.limits
            for reference in (
                "",
                *(joined for joined, days in case.joined.items() if self.counted_from(name) & days.keys()),
            )
        ]

    @cached_property
    def before(self) -> Mapping[str, tuple[tuple[str, bool], ...]]:
        """What each step waits for, each with whether the two pair up owner by owner."""
        return {
            name: tuple((other, graph.pairs(step, self.steps[other])) for other in step.after)
            for name, step in self.steps.items()
        }

    def waits_for(self, item: str, case: Case) -> Iterator[str]:
        """The items that must be finished before this one opens; where two steps pair up, only the same owner's."""
        step, key = ItemId.parse(item)
        for other, paired in self.before.get(step, ()):
            yield from (item_id(other, key),) if paired else self.items(other, case)

    @cached_property
    def done_once(self) -> frozenset[str]:
        """Steps whose finished items stay finished: they do not come again, and no list of theirs is gathered again."""
        return frozenset(
            name
            for name, step in self.steps.items()
            if not step.repeats and step.after_round is not AfterRound.EACH and source_of(step) is None
        )

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """For each step, all steps that are finished before it opens."""
        return graph.ancestors(self.steps)

    @cached_property
    def dependents(self) -> Dependents:
        """Which steps are judged anew when something has happened to others."""
        return dependents(self.steps, self.order)

    @cached_property
    def _on_the_way(self) -> Mapping[str, tuple[str, ...]]:
        met_by = {name: limit.met_by for name, limit in self.limits.items()}
        return {
            name: tuple(step for step in self.order if step == last or step in self.ancestors[last])
            for name, last in met_by.items()
        }

    def on_the_way(self, limit: str) -> tuple[str, ...]:
        """The steps that are done before a limit is met, and the one that meets it, in their order."""
        return self._on_the_way[limit]

    @cached_property
    def follows(self) -> Mapping[str, tuple[str, ...]]:
        """The steps that wait for each step, directly."""
        return {
            name: tuple(follower for follower in self.order if name in self.steps[follower].after)
            for name in self.steps
        }

    @cached_property
    def requests(self) -> Mapping[str, tuple[str, ...]]:
        """By step, the automatic steps that ask its owner for it: about it, or just before it for the same owner."""
        asking = [name for name, step in self.steps.items() if step.send is not None]
        return {
            name: tuple(
                other
                for other in asking
                if (self.steps[other].about == name and name not in self.ancestors[other])
                or (other in step.after and graph.pairs(step, self.steps[other]))
            )
            for name, step in self.steps.items()
        }

    @cached_property
    def verifies_for_plans(self) -> frozenset[str]:
        """The steps in which actions of other cases' plans are verified."""
        return frozenset(recording(self.definition.process, Record.VERIFIED_FOR_PLAN))

    @cached_property
    def asks_for_silence(self) -> frozenset[str]:
        """The steps whose messages ask for something of which silence counts: it, and what requests it."""
        return frozenset(asking for name in self.silence_matters for asking in (name, *self.requests[name]))

    @cached_property
    def silence_matters(self) -> frozenset[str]:
        """The steps of which silence counts, or ends the case."""
        silent = {name for name, step in self.steps.items() if step.silence is not None}
        ended = [ending.unless for ending in self.definition.process.endings.values() if ending.after is not None]
        return frozenset(silent.union(*ended))

    @cached_property
    def endings_by_time(self) -> tuple[str, ...]:
        """The endings that come when a day has passed."""
        return tuple(name for name, ending in self.definition.process.endings.items() if ending.after is not None)

    @cached_property
    def used_answers(self) -> Mapping[str, frozenset[str]]:
        """The fields of each step's form that a condition or a date refers to: what the state must keep."""
        used: dict[str, set[str]] = {name: set() for name in self.steps}
        for step, field in (*self._asked(), *self._counted()):
            used[step].add(field)
        for source, field in filter(None, map(source_of, self.steps.values())):
            used[source].add(field)
        for owner in filter(None, map(owner_in_answer, self.steps.values())):
            used[owner.step].add(owner.field)
        for sending in self.steps.values():
            for named in written_to_by_answer(sending):
                used[named.step].add(named.field)
        for asks in filter(None, (step.asks for step in self.steps.values())):
            if isinstance(asks.in_order, str):
                source, _, field = asks.in_order.partition(".")
                used[source].add(field)
        for name, read in self.steps.items():
            used[name] |= kept_for_registers(read, self.form(name))
            if read.invites_to is not None:
                used[name] |= {key for key, field in self.form(name).items() if field.type is FieldType.CHOICE}
        return {name: frozenset(fields) for name, fields in used.items()}

    def _asked(self) -> Iterator[tuple[str, str]]:
        process = self.definition.process
        tests = [step.when for step in process.steps.values()]
        tests += [limit.when for limit in process.limits.values()]
        tests += [ending.when for ending in process.endings.values()]
        for test in tests:
            yield from ((leaf.step, leaf.field) for leaf in leaves(test) if leaf.step) if test else ()

    def _counted(self) -> Iterator[tuple[str, str]]:
        rules: list[DayRule | None] = []
        anchors: list[Anchor] = []
        for step in self.steps.values():
            rules += [step.due, step.not_before, step.wait, *step.set.values()]
            rules += [reopen.due for reopen in step.reopens.values()]
        anchors += [
            parse_anchor(text)
            for start in self._starts
            for text in (*start.dates.values(), *(start.times or {}).values())
        ]
        rules += [date.planned for date in self.dates.values()]
        rules += [document.day for document in self.definition.documents.values()]
        rules += [limit.due for limit in self.limits.values()]
        rules += [ending.after for ending in self.definition.process.endings.values()]
        anchors += [part.anchor for rule in rules if rule for part in rule.parts]
        return ((anchor.name, anchor.field) for anchor in anchors if anchor.field and anchor.name != EACH)

    def form(self, step: str) -> FormFields:
        return self.definition.step_forms[step]

    def table(self, step: str) -> DecisionTable | None:
        """The decision table with which a step chooses."""
        name = self.steps[step].choose
        return self.definition.tables[name] if name is not None else None

    def keys(self, step: str, case: Case) -> tuple[str, ...]:
        """The keys of a step's items: ('',) for one owner, else agencies, roles or the entries of a list."""
        match self.steps[step].for_each:
            case None:
                return ("",)
            case "agency":
                return case.agencies
            case str():
                return entry_keys(self.steps[step], case)
            case roles:
                return roles

    def pairs(self, one: str, other: str) -> bool:
        """Whether two steps are owed by the same owners, each following its own chain."""
        return one in self.steps and other in self.steps and graph.pairs(self.steps[one], self.steps[other])

    def items(self, step: str, case: Case) -> tuple[str, ...]:
        """The ids of a step's items in this case."""
        return _items(step, self.keys(step, case))

    def all_items(self, case: Case) -> list[str]:
        """Every item of every step, in the order of the steps."""
        return [item for step in self.order for item in self.items(step, case)]

    def ladder(self, name: str) -> Ladder | None:
        """The ladder of a step or a limit."""
        owed = self.steps.get(name) or self.limits[name]
        return self.definition.ladders.get(owed.ladder) if owed.ladder else None

    def rung(self, name: str, number: int) -> Rung:
        """The rung of a step's or a limit's ladder that its history counts by this number."""
        ladder = self.ladder(name)
        assert ladder is not None
        return ladder.rung(number)

    def whose_days(self, name: str) -> WhoseDays:
        """In which calendar a date, a step or a limit counts by the definition; `counted_in` says it for a case."""
        if name not in self._whose_days:
            self._whose_days[name] = whose_days(self.definition.process, self.definition.national, name)
        return self._whose_days[name]

    @cached_property
    def _whose_days(self) -> dict[str, WhoseDays]:
        return {}

    def rule(self, name: str) -> DayRule | None:
        """The due rule of a step or a limit; of a national limit the edition's, or a stricter one of the process.

        None for a step without a due day. `check` refuses a process that is looser than the edition.
        """
        return self._rules[name]

    @cached_property
    def _rules(self) -> Mapping[str, DayRule | None]:
        steps = {name: step.wait or step.due for name, step in self.steps.items()}
        return steps | {name: self._rule_of_limit(limit) for name, limit in self.limits.items()}

    @cached_property
    def lengths(self) -> Mapping[str, float]:
        """By step, how many working days it takes as it is planned."""
        return planned_lengths(self.steps, self.order, self.dates, self.limits, self.rule)

    def _rule_of_limit(self, limit: Limit) -> DayRule | None:
        if limit.national is None:
            return limit.due
        national = self.definition.national[limit.national]
        return Due(limit.within or national.within, national.before, Anchor(limit.counts_from or ""))

    @property
    def _starts(self) -> list[Start]:
        """How cases are started, by steps and by endings."""
        endings = [ending.start for ending in self.definition.process.endings.values()]
        return [start for start in (*(step.start for step in self.steps.values()), *endings) if start]

    @cached_property
    def by_the_hour(self) -> bool:
        """Whether anything is due by the hour."""
        return any(_counts_hours(rule) for rule in self._rules.values())

    @cached_property
    def moments(self) -> frozenset[Anchor]:
        """What hours count from, here or in a case that is started."""
        rules = [part for rule in self._rules.values() if _counts_hours(rule) for part in rule.parts]
        handed = [parse_anchor(text) for start in self._starts for text in (start.times or {}).values()]
        return frozenset({*handed, *(part.anchor for part in rules)})

    def is_automatic(self, step: str) -> bool:
        """Whether no person owes this step."""
        return step in self.steps and self.steps[step].owner is None

    def listed(self, step: str) -> FormField | None:
        """The question that gathered the list for whose entries a step is owed; None for other steps."""
        source = source_of(self.steps[step])
        return self.form(source[0])[source[1]] if source else None

    def agency(self, item: str, case: Case) -> str:
        """The agency that an item is about: its owner where each agency owes it, else the one its line names; or ''."""
        name, key = ItemId.parse(item)
        if self.steps[name].for_each == AGENCY:
            return key
        if self.steps[name].asks is not None:
            asked = Recipient.parse(self._asked_now(item, case))
            return asked.name if asked.is_agency else ""
        if owner := self._agency_named(name, case):
            return owner
        listed = self.listed(name)
        if listed and listed.type is FieldType.AGENCIES:
            return key
        column = agency_column(self.steps[name], listed) if listed else ""
        return str(row_of(self.steps[name], case, key).get(column, ""))

    def contributors(self, item: str, case: Case) -> Sequence[str]:
        """The agencies that an item's line names besides its owner."""
        step = step_of(item)
        named = row_of(self.steps[step], case, key_of(item)).get(CONTRIBUTORS) if step in self.steps else None
        lead = self.agency(item, case) if isinstance(named, list) else ""
        return [agency for agency in named if agency != lead] if isinstance(named, list) else ()

    def owner(self, item: str, case: Case) -> str:
        """Who owes an item: 'agency:police', 'role:chair', or '' for automatic steps and limits."""
        name, key = ItemId.parse(item)
        step = self.steps.get(name)
        if step is None or step.owner is None:
            return ""
        if (given := case.delegated.get(name)) is not None:
            return role_recipient(given.to)
        if step.asks is not None:
            return self._asked_now(item, case)
        if step.owner == AGENCY or (post := post_of_agency(step)):
            return agency_recipient(key, "" if step.owner == AGENCY else post)
        if agency := self._agency_named(name, case):
            return agency_recipient(agency)
        if column := owner_column(step):
            return self._owner_of_line(name, column, case, key)
        if answered := owner_in_answer(step):
            return role_recipient(role) if (role := self._answered(answered, case)) else ""
        listed = self.listed(name)
        if step.owner == EACH and listed and listed.type is FieldType.AGENCIES:
            return agency_recipient(key) if key else ""
        if step.owner == EACH and listed and listed.members_of:
            return member_recipient(self.definition, listed, key) if key else ""
        return role_recipient(key if step.owner == EACH else step.owner) if key or step.owner != EACH else ""

    def asked_in_order(self, step: str, case: Case) -> tuple[str, ...]:
        """The owners that a step asks one after the other; none while their list is not gathered."""
        asks = self.steps[step].asks
        if asks is None or not isinstance(asks.in_order, str):
            return tuple(map(role_recipient, asks.in_order)) if asks else ()
        source, _, field = asks.in_order.partition(".")
        state = case.items.get(source)
        answer = state.answers.get(field) if state is not None else None
        names = [name for name in answer if isinstance(name, str)] if isinstance(answer, list) else []
        of_agencies = self.form(source)[field].type is FieldType.AGENCIES
        return tuple(map(agency_recipient if of_agencies else role_recipient, names))

    def _asked_now(self, item: str, case: Case) -> str:
        state = case.items.get(item)
        if state is not None and state.given_to:
            return state.given_to
        return next(iter(self.asked_in_order(step_of(item), case)), "")

    def _agency_named(self, step: str, case: Case) -> str:
        """The agency that owes a step because the file or an answer names it; '' where neither does."""
        answered = owner_in_answer(self.steps[step])
        if answered is not None and answered.kind == AGENCY:
            return self._answered(answered, case)
        return named_agency(self.steps[step])

    def recipient_named(self, answered: Answered, case: Case) -> str:
        """Who is written to because an answer names them: 'agency:police/contact', 'role:chair'; '' when none does."""
        name = self._answered(answered, case)
        if not name:
            return ""
        return agency_recipient(name, "contact") if answered.kind == AGENCY else role_recipient(name)

    def _answered(self, owner: Answered, case: Case) -> str:
        state = case.items.get(owner.step)
        return str(state.answers.get(owner.field, "")) if state is not None else ""

    def _owner_of_line(self, step: str, column: str, case: Case, key: str) -> str:
        owner, listed = row_of(self.steps[step], case, key).get(column), self.listed(step)
        kind = "agency" if listed and listed.columns[column].type is FieldType.AGENCY else "role"
        return f"{kind}:{owner}" if owner else ""


def _counts_hours(rule: DayRule | None) -> TypeGuard[Due]:
    return isinstance(rule, Due) and rule.span is not None and rule.span.unit is Unit.HOURS


@lru_cache(maxsize=10_000)
def _items(step: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item_id(step, key) for key in keys)
