"""What meets the time limits of a definition: steps, or of one that comes again the first round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Item, Status
from reviewflow.case.plan.steps import PlannedSteps


@dataclass(frozen=True)
class PlannedLimits(PlannedSteps):
    """What each time limit waits for, and when that has met it."""

    @cached_property
    def first_rounds(self) -> frozenset[str]:
        """The steps that come again, and of which the first round meets a time limit."""
        return frozenset[str]().union(*(limit.by_first_round for limit in self.limits.values()))

    def meeting(self, limit: str, case: Case) -> list[tuple[str, ...]]:
        """The items that meet a limit when they are done: of several steps, those of each by itself."""
        return [self.items(step, case) for step in self.limits[step_of(limit)].steps]

    def watched(self, limit: str, case: Case) -> tuple[str, ...]:
        """The items that a limit waits for: of several steps those that are still to be done, or met it first."""
        ways = self.meeting(limit, case)
        if len(ways) == 1:
            return ways[0]
        states = {way: self.as_they_meet(limit, case, way) for way in ways}
        over = [way for way, items in states.items() if all(item and item.status in FINISHED for item in items)]
        met = {way: max(days) for way in over if (days := _days_done(states[way]))}
        if met:
            return min(met, key=lambda way: met[way])
        return tuple(item for way in ways if way not in over or len(over) == len(ways) for item in way)

    def as_they_meet(self, limit: str, case: Case, items: Sequence[str]) -> list[Item | None]:
        """These items as a limit sees them: of one that its first round meets, that round."""
        first = self.limits[step_of(limit)].by_first_round
        return [
            _in_its_first_round(state) if state is not None and step_of(item) in first else state
            for item in items
            for state in (case.items.get(item),)
        ]

    def yet_to_meet(self, limit: str, case: Case) -> tuple[str, ...]:
        """The items that must still be done before a limit is met."""
        items = self.watched(limit, case)
        states = zip(items, self.as_they_meet(limit, case, items), strict=True)
        return tuple(item for item, state in states if state is None or state.status not in FINISHED)


def has_an_earlier_round(item: Item) -> bool:
    """Whether an item that comes again was done in a round before this one, or may have been."""
    return bool(item.turn) and item.times != 0


def _in_its_first_round(item: Item) -> Item:
    """Done on the day of the first round that was done; on none where that day was not kept."""
    if not has_an_earlier_round(item):
        return item
    only = item.done if item.times == 1 and item.status not in WAS_DONE else None
    return replace(item, status=Status.DONE, done=item.first_done or only, at=item.first_at)


def _days_done(items: Sequence[Item | None]) -> list[date]:
    return [item.done for item in items if item is not None and item.status in WAS_DONE and item.done is not None]
