"""Ladders: when the next message about something owed falls due, and which is sent.

After downtime only the highest rung that has fallen due is sent; the history says which were passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from reviewflow.calendar import Calendars
from reviewflow.case.handlers.responses import decision_due, remind_to_decide
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case, CaseStatus, Item, step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import REVIEW, next_review, stopped_by
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.rungs import Coming, fallen, passed_by, rung_times
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.case.rules.timing.waiting import is_wait, look_again
from reviewflow.language.built_in_messages import SIGN_OFF
from reviewflow.language.model import Rung
from reviewflow.london import LONDON


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
    if held.deciding:
        return decision_due(held, send_at)
    rung = next((when for _, when in rung_times(plan, item, held, calendars, send_at)), None)
    return min((when for when in (rung, silence_counts(plan, item, held)) if when is not None), default=None)


def chase(plan: Plan, case: Case, command: c.Chase, *, now: datetime, calendars: Calendars) -> list[e.Event]:
    """Silence that counts, or the highest rung that has fallen due.

    Nothing when none has: somebody answered, or another sweep was first.
    """
    held = case.items.get(command.item)
    if held is None or case.status is not CaseStatus.OPEN or stopped_by(plan, case, command.item):
        return []
    if held.deciding:
        return list(remind_to_decide(command.item, held, command.send_at, now=now, calendars=calendars))
    silence = silence_counts(plan, command.item, held)
    if silence is not None and silence <= now and held.due is not None:
        return [e.AgreedBySilence(command.item, held.due)]
    coming = rung_times(plan, command.item, held, calendars, command.send_at)
    return list(_highest(plan, case, command.item, fallen(coming, now), now))


def _highest(plan: Plan, case: Case, item: str, due: list[Coming], now: datetime) -> Iterator[e.Event]:
    """The last of those that have fallen due, after a line for each that it passes over."""
    if not due:
        return
    held, step = case.items[item], step_of(item)
    for number, when in due[:-1]:
        rung = plan.rung(step, number)
        to = recipients(rung.to, plan, case, item)
        yield e.PassedOver(item, number, _message(rung, held), to, when.astimezone(LONDON).date())
    rung = plan.rung(step, due[-1].number)
    to, today = recipients(rung.to, plan, case, item), now.astimezone(LONDON).date()
    yield e.Chased(item, due[-1].number, len(due) - 1, _message(rung, held), to, today)


def _message(rung: Rung, held: Item) -> str:
    """Once a draft is there, all that is missing is its approval."""
    return SIGN_OFF if "draft_received" in held.heard else rung.message


def chase_by_hand(plan: Plan, case: Case, item: str, *, now: datetime, calendars: Calendars) -> e.ChasedByHand:
    """The message that its owner was to get last or, ahead of all, gets first; sent to them now."""
    held, ladder = case.items[item], plan.ladder(step_of(item))
    assert ladder is not None
    passed = passed_by(plan, item, held, now, calendars=calendars)
    own = [(rung, numbers) for _, rung, numbers in ladder.numbered() if "owner" in rung.to]
    gone = [rung for rung, numbers in own if numbers.start < passed]
    rung = gone[-1] if gone else own[0][0] if own else ladder.rungs[0]
    names = tuple(name for name in rung.to if name in {"owner", "deputy"}) or ("owner",)
    to, today = recipients(names, plan, case, item), now.astimezone(LONDON).date()
    return e.ChasedByHand(item, passed, _message(rung, held), to, today)
