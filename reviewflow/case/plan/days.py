"""By which rule and in whose calendar the days of a definition count, and what makes clocks stand still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reviewflow.calendar import OFFICE
from reviewflow.case.model.ids import item_id
from reviewflow.case.model.state import Case
from reviewflow.case.plan.lengths import planned_lengths
from reviewflow.case.plan.limits import PlannedLimits
from reviewflow.language.model import Limit, StandsStill
from reviewflow.language.phrases import Anchor, DayRule, Due, counts_hours, parse_anchor
from reviewflow.language.structure.calendars import WhoseDays, whose_days


@dataclass(frozen=True)
class PlannedDays(PlannedLimits):
    """The rules by which steps, time limits and dates have their days."""

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

    @cached_property
    def stopping(self) -> Mapping[str, tuple[str, ...]]:
        """By step and limit whose clock may stand still, the steps that stop it or let it go on, and all before those.

        In their order.
        """
        leading = {clock: self._leading_to(names) for clock, names in self.standstills_of.items()}
        return {clock: tuple(step for step in self.order if step in steps) for clock, steps in leading.items()}

    def _leading_to(self, names: tuple[str, ...]) -> frozenset[str]:
        ends = {step for name in names for step in (self.stands_still[name].since, self.stands_still[name].until)}
        return frozenset(ends).union(*(self.ancestors[step] for step in ends))

    @property
    def own_calendar(self) -> str:
        """The calendar by which days are counted where no rule names another."""
        return self.definition.process.calendar or OFFICE

    def counted_from(self, limit: str) -> frozenset[str]:
        """The dates and steps that a limit counts from: one, or several of which the earlier or later counts."""
        rule = self.limits[limit].due
        return (
            frozenset(anchor.name for part in rule.parts for anchor in part.anchors)
            if rule
            else frozenset({self.limits[limit].counts_from or ""})
        )

    @property
    def counted_by_limits(self) -> frozenset[str]:
        """All dates and steps from which some limit counts."""
        return frozenset[str]().union(*map(self.counted_from, self.limits))

    def limit_items(self, case: Case) -> list[str]:
        """The item of every time limit: the case's own, and those of joined cases."""
        if not case.joined:
            return list(self.limits)
        return [
            item_id(name, reference)
            for name in self.limits
            for reference in (
                "",
                *(joined for joined, days in case.joined.items() if self.counted_from(name) & days.keys()),
            )
        ]

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

    @cached_property
    def appointed(self) -> frozenset[str]:
        """The steps that are done on a date of the case, or a working day before it."""
        return frozenset(
            name
            for name, step in self.steps.items()
            if isinstance(step.due, Due) and step.due.span is None and step.due.anchor.name in self.dates
        )

    @cached_property
    def dated_by_steps(self) -> frozenset[str]:
        """The steps whose day counts from another step, and moves with that."""
        return frozenset(
            name
            for name, step in self.steps.items()
            if step.due and any(anchor.name in self.steps for part in step.due.parts for anchor in part.anchors)
        )

    def _rule_of_limit(self, limit: Limit) -> DayRule | None:
        if limit.national is None:
            return limit.due
        national = self.definition.national[limit.national]
        return Due(limit.within or national.within, national.before, Anchor(limit.counts_from or ""))

    @cached_property
    def by_the_hour(self) -> bool:
        """Whether anything is due by a time of day."""
        return any(rule is not None and (rule.by or counts_hours(rule)) for rule in self._rules.values())

    @cached_property
    def moments(self) -> frozenset[Anchor]:
        """What hours count from, here or in a case that is started."""
        rules = [part for rule in self._rules.values() if counts_hours(rule) for part in rule.parts]
        handed = [parse_anchor(text) for start in self._starts for text in (start.times or {}).values()]
        return frozenset({*handed, *(part.anchor for part in rules)})
