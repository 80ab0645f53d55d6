"""What stands in no timetable: what nobody owes with these answers, and what was owed for a while, done by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.london import london_day
from reviewflow.service.rehearsal.played import Played
from reviewflow.service.rehearsal.timetables.rows import fell_with_the_end
from reviewflow.text import day_words


def never_needed(played: Played) -> Iterator[str]:
    """The titles of what nobody owed for as much as a day."""
    unasked = {*on_request(played)}
    for name, mine in _fallen(played):
        if name not in unasked and _owed(played, name, mine) is None:
            yield played.setting.plan.definition.title(name)


def on_request(played: Played) -> Iterator[str]:
    """The names of optional steps that nobody opened, and of what comes after nothing else."""
    plan, unasked = played.setting.plan, set[str]()
    opened = {step_of(item) for item, state in played.case.items.items() if state.status in {Status.DONE, Status.OPEN}}
    for name in plan.order:
        step = plan.steps[name]
        if name not in opened and (step.optional or (step.after and unasked.issuperset(step.after))):
            unasked.add(name)
    yield from (name for name in plan.steps if name in unasked)


def owed_in_vain(played: Played) -> Iterator[str]:
    """'Write the outcome (owed from Tue 5 May 2026 to Wed 1 Jul 2026)' of what was owed and is not needed any more."""
    for name, mine in _fallen(played):
        if (days := _owed(played, name, mine)) is not None:
            first, last = map(day_words, days)
            yield f"{played.setting.plan.definition.title(name)} (owed from {first} to {last})"


def _fallen(played: Played) -> Iterator[tuple[str, dict[str, Item]]]:
    plan, items = played.setting.plan, played.case.items
    for name in (*plan.order, *plan.limits):
        mine = {item: state for item, state in items.items() if step_of(item) == name}
        if not (name in plan.steps and plan.steps[name].optional) and all(
            state.status is Status.NOT_NEEDED or (state.round == 1 and fell_with_the_end(played, state))
            for state in mine.values()
        ):
            yield name, mine


def _owed(played: Played, name: str, mine: dict[str, Item]) -> tuple[date, date] | None:
    """From when until when a step was owed; None where that was no day, and of a time limit, which nobody owes."""
    if name not in played.setting.plan.steps:
        return None
    days = [(state.opened, _fell(played, item)) for item, state in mine.items() if state.opened is not None]
    first, last = min((day for day, _ in days), default=None), max((day for _, day in days), default=None)
    return (first, last) if first is not None and last is not None and first < last else None


def _fell(played: Played, item: str) -> date:
    """The day since which an item is owed no more: that of the end, unless it fell before."""
    for happening in reversed(played.happenings):
        was = happening.before.items.get(item) if happening.before is not None else None
        if was is not None and was.status is Status.OPEN:
            return london_day(happening.now)
    return london_day(played.happenings[-1].now)
