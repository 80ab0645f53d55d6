"""How punctual people have been so far, and so how likely it is that each keeps the days of what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.forecast.days import working_days
from reviewflow.case.rules.timing.counted_in import days_of

LATE_AT_FIRST, KEPT_AT_FIRST = 3, 7
"""People of whom nothing is known yet are taken to be late with three of ten pieces of work."""
PAST_AT_MOST = 60
"""What past cases tell of all people together counts as so many pieces of work at most."""
AS_OTHERS = 10
"""One who owes work counts as so many pieces of work of its kind, agencies or posts, before its own do."""
PACE_AT_FIRST, PACE_WEIGHS = 1.0, 10.0
"""What is in time takes six tenths of its days at first; that counts as so many working days given."""


class TrackRecord(NamedTuple):
    """Of how many pieces of work that somebody had to do by a day so many were late.

    And of what was in time, how many working days were given for it, and how many it took.
    """

    late: int = 0
    of: int = 0
    taken: int = 0
    given: int = 0

    def and_also(self, other: TrackRecord) -> TrackRecord:
        """Both records as one."""
        late, of, taken, given = other
        return TrackRecord(self.late + late, self.of + of, self.taken + taken, self.given + given)


NOTHING = TrackRecord()
Records = Mapping[str, TrackRecord]
"""By who owed the work: 'agency:police', 'role:chair'."""


def all_together(records: Iterable[TrackRecord]) -> TrackRecord:
    """Many records as one."""
    whole = NOTHING
    for record in records:
        whole = whole.and_also(record)
    return whole


@dataclass(frozen=True)
class Punctuality:
    """How punctual people were in this case, and in past cases of this office."""

    mine: Records = field(default_factory=dict)
    past: Records = field(default_factory=dict)

    @cached_property
    def here(self) -> TrackRecord:
        """Of all people in this case."""
        return all_together(self.mine.values())

    @cached_property
    def before(self) -> TrackRecord:
        """Of all people in past cases."""
        return all_together(self.past.values())

    @property
    def late(self) -> int:
        return self.here.late

    @property
    def of(self) -> int:
        return self.here.of

    @property
    def tells_little(self) -> bool:
        """Whether nothing was late, or less is known than what is assumed of people at first."""
        return not self.late or self.of + self.before.of < LATE_AT_FIRST + KEPT_AT_FIRST

    @cached_property
    def pace(self) -> float:
        """What part of the working days given for it work takes that is in time."""
        taken = PACE_AT_FIRST * PACE_WEIGHS + 2 * self.here.taken + self.before.taken
        return taken / (PACE_WEIGHS + 2 * self.here.given + self.before.given)

    def late_share(self, owner: str) -> float:
        """How likely it is that one who owes work is late with it.

        As often as it was, drawn towards what its kind was, and that towards what all are: of one who owed little so
        far little is known.
        """
        kind, own, past = _kind(owner), self.mine.get(owner, NOTHING), self.past.get(owner, NOTHING)
        share = self._of_kind.get(kind, self._of_all)
        return (AS_OTHERS * share + own.late + past.late) / (AS_OTHERS + own.of + past.of)

    @cached_property
    def _of_all(self) -> float:
        counts = min(1.0, PAST_AT_MOST / self.before.of) if self.before.of else 0.0
        late = LATE_AT_FIRST + self.late + counts * self.before.late
        return late / (LATE_AT_FIRST + KEPT_AT_FIRST + self.of + counts * self.before.of)

    @cached_property
    def _of_kind(self) -> Mapping[str, float]:
        """How often agencies are late, and how often posts."""
        known: dict[str, TrackRecord] = {}
        for owner, record in (*self.mine.items(), *self.past.items()):
            known[_kind(owner)] = known.get(_kind(owner), NOTHING).and_also(record)
        share = self._of_all
        return {kind: (AS_OTHERS * share + seen.late) / (AS_OTHERS + seen.of) for kind, seen in known.items()}


def _kind(owner: str) -> str:
    return owner.partition(":")[0]


def punctuality_so_far(plan: Plan, case: Case, today: date, calendars: Calendars) -> Punctuality:
    """Of this case as it is on a day, beside what past cases tell."""
    past = {owner: TrackRecord(*record) for owner, record in plan.past_punctuality().items()}
    return Punctuality(records_of(plan, case, today, calendars), past)


def records_of(plan: Plan, case: Case, today: date, calendars: Calendars) -> dict[str, TrackRecord]:
    """By owner, what was answered by its day and what after it, and what is overdue.

    What could begin only after its day was made late by others, what silence ended was done by nobody, and what a body
    outside sends is late for nobody: none of these counts.
    """
    records: dict[str, TrackRecord] = {}
    for owner, record in _each(plan, case, today, calendars):
        records[owner] = records.get(owner, NOTHING).and_also(record)
    return records


def _each(plan: Plan, case: Case, today: date, calendars: Calendars) -> Iterator[tuple[str, TrackRecord]]:
    for item, state in case.items.items():
        ended = _ended(state, today)
        step = plan.steps.get(step_of(item))
        if ended is None or state.due is None or step is None or step.owner is None or step.waits_for:
            continue
        opened = state.opened or ended
        if opened > state.due:
            continue
        if ended > state.due:
            yield plan.owner(item, case), TrackRecord(1, 1)
        else:
            calendar = days_of(plan, case, item, calendars)
            given = working_days(calendar, opened, state.due)
            yield plan.owner(item, case), TrackRecord(0, 1, min(given, working_days(calendar, opened, ended)), given)


def _ended(state: Item, today: date) -> date | None:
    """The day of an answer; today of what is overdue; None where nothing can be told yet."""
    if state.status is Status.DONE:
        return state.done if state.manner is not Manner.SILENCE else None
    return today if state.status is Status.OPEN and state.due is not None and state.due < today else None
