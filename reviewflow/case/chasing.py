"""Ladders: when the next rung of something owed falls due, and which rung is sent.

After downtime only the highest rung that has fallen due is sent; the history says how many were passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from reviewflow.calendar import Calendars, shift
from reviewflow.case import commands as c
from reviewflow.case import events as e
from reviewflow.case.dates import working_target
from reviewflow.case.holding import REVIEW, next_review, stopped_by
from reviewflow.case.hours import LONDON, at_clock, is_hours, later
from reviewflow.case.plan import OFFICE, Plan
from reviewflow.case.settle import recipients
from reviewflow.case.silence import silence_counts
from reviewflow.case.state import Case, CaseStatus, Item, Status, step_of
from reviewflow.case.waiting import is_wait, look_again
from reviewflow.language.model import Rung


def rung_time(rung: Rung, target: date, calendars: Calendars, send_at: time) -> datetime:
    """The instant at which a rung falls due: on a working day of the office, at the rung's time or the office's."""
    office = calendars[OFFICE]
    if rung.when.span is None:
        day = office.on_or_before(target)
    elif rung.when.before:
        day = office.on_or_before(shift(target, rung.when.span, office, before=True))
    else:
        day = office.on_or_after(shift(target, rung.when.span, office))
    return datetime.combine(day, rung.at or send_at, LONDON).astimezone(UTC)


def _by_the_hour(rung: Rung, held: Item) -> datetime | None:
    """The instant of a rung that counts hours: it is not moved to a working day. None for those that count days."""
    span = rung.when.span
    if span is None or held.due is None or not is_hours(span):
        return None
    return later(at_clock(held.due, held.by), span, before=rung.when.before)


def _opened_since(rung: Rung, when: datetime, opened: date) -> bool:
    """Whether the work was opened after a reminder ahead of it; one by the hour may still go on the same day."""
    day = when.astimezone(LONDON).date()
    return day < opened if rung.when.span is not None and is_hours(rung.when.span) else day <= opened


def rung_times(
    plan: Plan, item: str, held: Item, calendars: Calendars, send_at: time
) -> Iterator[tuple[int, datetime]]:
    """The rungs of an item that are still to come, each with when it falls due.

    A reminder ahead of time that lies before the day the work was opened is no reminder: it falls away.
    """
    if held.due is None or held.status is not Status.OPEN:
        return
    ladder = plan.ladder(step_of(item))
    if ladder is None:
        return
    target, silence = working_target(plan, item, held.due, calendars), silence_counts(plan, item, held)
    for number in range(held.rungs, len(ladder.rungs)):
        rung = ladder.rungs[number]
        when = _by_the_hour(rung, held) or rung_time(rung, target, calendars, send_at)
        too_early = rung.when.before and held.opened and _opened_since(rung, when, held.opened)
        if not too_early and (silence is None or when < silence):
            yield number, when


def next_chase(plan: Plan, case: Case, item: str, calendars: Calendars, send_at: time) -> datetime | None:
    """When this item next needs a message; None when it needs none."""
    if case.status is not CaseStatus.OPEN:
        return None
    if item.startswith(REVIEW):
        return next_review(plan, case, item.removeprefix(REVIEW), calendars, send_at)
    if stopped_by(plan, case, item):
        return None
    held = case.items[item]
    if is_wait(plan, item):
        return look_again(held)
    rung = next((when for _, when in rung_times(plan, item, held, calendars, send_at)), None)
    return min((when for when in (rung, silence_counts(plan, item, held)) if when is not None), default=None)


def chase(plan: Plan, case: Case, command: c.Chase, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """Silence that counts, or the highest rung that has fallen due.

    Nothing when none has: somebody answered, or another sweep was first.
    """
    held = case.items.get(command.item)
    if held is None or case.status is not CaseStatus.OPEN or stopped_by(plan, case, command.item):
        return []
    silence = silence_counts(plan, command.item, held)
    if silence is not None and silence <= now and held.due is not None:
        return [e.AgreedBySilence(command.item, held.due)]
    coming = rung_times(plan, command.item, held, calendars, command.send_at)
    due = [number for number, when in coming if when <= now]
    ladder = plan.ladder(step_of(command.item))
    if not due or ladder is None:
        return []
    rung = ladder.rungs[due[-1]]
    to = recipients(rung.to, plan, case, command.item)
    return [e.Chased(command.item, due[-1], len(due) - 1, rung.message, to)]
