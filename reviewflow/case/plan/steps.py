"""The steps of a definition in their order: what each waits for, what follows it, and its items in a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reviewflow.case.model.ids import ItemId, item_id, step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.dependents import Dependents, dependents
from reviewflow.case.plan.entries import NONE_YET, entry_keys, named_out
from reviewflow.language.conditions import Test
from reviewflow.language.definition import Definition
from reviewflow.language.model import (
    AGENCY,
    AfterRound,
    CaseDate,
    DecisionTable,
    FormField,
    FormFields,
    Hold,
    Ladder,
    Limit,
    Record,
    Rung,
    Start,
    Step,
)
from reviewflow.language.structure import graph
from reviewflow.language.structure.lists import growing, source_of
from reviewflow.language.structure.registers import recording


@dataclass(frozen=True)
class PlannedSteps:
    """The steps of a pinned definition, with what follows from it alone."""

    definition: Definition

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

    def kept_by(self, ending: str) -> tuple[str, ...]:
        """The steps that are still owed when a case ends so; none for an ending that the process knows no more."""
        ways_out = self.definition.process.endings
        return ways_out[ending].keeps if ending in ways_out else ()

    def is_limit(self, item: str) -> bool:
        return step_of(item) in self.limits

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
    def chained(self) -> Mapping[str, tuple[str, ...]]:
        """Of steps that are owed after each round, those that are owed after each round of them, in their order."""
        each = [name for name in self.order if self.steps[name].after_round is AfterRound.EACH]
        return {name: tuple(other for other in each if name in self.steps[other].after) for name in each}

    @cached_property
    def ended_by(self) -> Mapping[str, tuple[str, ...]]:
        """By step that ends rounds of which there are to be so many at least, the steps that have those rounds."""
        fewest = {name: step.repeats for name, step in self.steps.items() if step.repeats and step.repeats.at_least}
        return {
            rhythm.until: tuple(name for name, other in fewest.items() if other.until == rhythm.until)
            for rhythm in fewest.values()
        }

    @cached_property
    def rounds_end_by(self) -> Mapping[str, tuple[tuple[str, Test], ...]]:
        """By step that comes again, the steps of which an answer ends its rounds, each with which answers do."""
        given = ((name, *ends) for name, step in self.steps.items() for ends in (step.ends_rounds or {}).items())
        ending = [(other, name, ends.when) for name, other, ends in given]
        return {again: tuple((name, when) for other, name, when in ending if other == again) for again, _, _ in ending}

    @cached_property
    def invitations(self) -> Mapping[str, str]:
        """The steps that ask their owners whether they come, each with the step of the meeting."""
        return {name: step.invites_to for name, step in self.steps.items() if step.invites_to}

    @cached_property
    def together(self) -> frozenset[str]:
        """The kinds of link by which cases are treated together."""
        return frozenset(step.together for step in self.steps.values() if step.together)

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
        return {name: self.leading_to(limit.steps) for name, limit in self.limits.items()}

    def leading_to(self, steps: Collection[str]) -> tuple[str, ...]:
        """These steps and all that are done before one of them, in their order."""
        before = {*steps}.union(*(self.ancestors[step] for step in steps))
        return tuple(step for step in self.order if step in before)

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
    def endings_by_time(self) -> tuple[str, ...]:
        """The endings that come when a day has passed."""
        return tuple(name for name, ending in self.definition.process.endings.items() if ending.after is not None)

    def form(self, step: str) -> FormFields:
        return self.definition.step_forms[step]

    def columns(self, table: str) -> FormFields:
        """What the lines of a table say, by its item and question: 'log.complaints'; nothing of what is no table."""
        item, _, question = table.rpartition(".")
        form = self.form(step_of(item)) if step_of(item) in self.steps else {}
        return form[question].columns if question in form else {}

    def table(self, step: str) -> DecisionTable | None:
        """The decision table with which a step chooses."""
        name = self.steps[step].choose
        return self.definition.tables[name] if name is not None else None

    def keys(self, step: str, case: Case) -> tuple[str, ...]:
        """The keys of a step's items: ('',) for one owner, else agencies, roles or the entries of a list.

        Without those who take no part in it; ('',) too where nobody is left.
        """
        keys = self._listed_keys(step, case)
        if self.steps[step].without is None:
            return keys
        out = named_out(self.steps[step], case)
        return tuple(key for key in keys if key not in out) or NONE_YET

    def is_owed_by_nobody(self, item: str) -> bool:
        """Whether an item stands for its step while nobody is there to owe it: no entry is, or nobody takes part."""
        step, key = ItemId.parse(item)
        return not key and (source_of(self.steps[step]) is not None or self.steps[step].without is not None)

    def is_off_its_list(self, item: str, case: Case) -> bool:
        """Whether an item was owed for an entry that is on its list no more, such as a line that was withdrawn."""
        step, key = ItemId.parse(item)
        if not key or item not in case.items or step not in self.steps or source_of(self.steps[step]) is None:
            return False
        keys = self._listed_keys(step, case)
        return keys != NONE_YET and key not in keys

    def take_no_part(self, step: str, case: Case) -> tuple[str, ...]:
        """The items that would be owed by those who take no part in a step, such as whoever declared an interest."""
        out = named_out(self.steps[step], case)
        return tuple(item_id(step, key) for key in self._listed_keys(step, case) if key in out) if out else ()

    def _listed_keys(self, step: str, case: Case) -> tuple[str, ...]:
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
        owed = self.steps[step]
        if owed.for_each is None:
            return (step,)
        if owed.for_each == AGENCY and owed.without is None:  # asked for more often than anything else
            return _items(step, case.agencies)
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

    @property
    def _starts(self) -> list[Start]:
        """How cases are started, by steps and by endings."""
        endings = [ending.start for ending in self.definition.process.endings.values()]
        return [start for start in (*(step.start for step in self.steps.values()), *endings) if start]

    def is_automatic(self, step: str) -> bool:
        """Whether no person owes this step."""
        return step in self.steps and self.steps[step].owner is None

    def recording(self, record: Record) -> tuple[str, ...]:
        """The steps that tell a register this."""
        if record not in self._recording:
            self._recording[record] = tuple(recording(self.definition.process, record))
        return self._recording[record]

    @cached_property
    def _recording(self) -> dict[Record, tuple[str, ...]]:
        return {}

    @cached_property
    def growing(self) -> Mapping[str, tuple[str, ...]]:
        """By step, the tables of its form to which lines are added one by one; only those that have any."""
        return {name: tables for name in self.steps if (tables := growing(self.form(name)))}

    def listed(self, step: str) -> FormField | None:
        """The question that gathered the list for whose entries a step is owed; None for other steps."""
        source = source_of(self.steps[step])
        return self.form(source[0])[source[1]] if source else None


@lru_cache(maxsize=10_000)
def _items(step: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item_id(step, key) for key in keys)
