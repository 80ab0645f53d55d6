"""Which messages of an item's ladder go out, and when: the one computation behind chase, why, preview and the sweep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import takewhile
from typing import NamedTuple

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import more_time_says_it_arrived
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.ladder_of_item import LadderOfItem, RungTime, in_hours, ladder_of_item
from reviewflow.case.rules.timing.silence import silence_counts
from reviewflow.language.built_in_messages import NOW_OWED, SIGN_OFF
from reviewflow.language.model import OUTSIDE, WITHOUT_END, Ladder, Rung, Until
from reviewflow.london import LONDON, london_day

ARRIVED = frozenset({"acknowledged", "need_more_time", "draft_received"})
"""The responses from which it follows that the request has arrived."""
SHOWN = 5
"""How many messages a timetable shows of a rung that repeats until the work is done."""


class LadderMessage(NamedTuple):
    """Which message goes out, and to whom."""

    name: str
    to: tuple[str, ...]


def message_of(plan: Plan, case: Case, item: str, message: RungTime) -> LadderMessage:
    """The message of a rung with its recipients; of one that tells the owner, the engine's own to the owner alone."""
    if message.tells_owner:
        return LadderMessage(NOW_OWED, recipients(("owner",), plan, case, item))
    rung = plan.rung(step_of(item), message.number)
    return LadderMessage(name_of(rung, case.items[item]), recipients(rung.to, plan, case, item))


def name_of(rung: Rung, state: Item) -> str:
    """The rung's message or, once a draft has been received, the one that asks an agency for its approval."""
    return SIGN_OFF if "draft_received" in state.responses and OUTSIDE not in rung.to else rung.message


def rung_times(
    plan: Plan, case: Case, item: str, state: Item, calendars: Calendars, send_at: time
) -> Iterator[RungTime]:
    """The messages of an item's ladder that have not gone out, the next one first, as things stand.

    Left out are a reminder ahead of the due day that lies before the day on which the item was opened, and one that
    only asks whether the request has arrived, where it has (see `has_arrived`). While the item is snoozed all wait for
    the end of that. Escalations wait until the owner has been told (see `told`). A rung that repeats until the work is
    done gives very many: take no more than are needed.
    """
    for message in _falling(plan, case, item, state, calendars, send_at):
        until = state.snoozed_until
        awake = datetime.combine(until, send_at, LONDON).astimezone(UTC) if until else message.when
        yield message._replace(when=max(message.when, awake))


def next_to_send(
    plan: Plan, case: Case, item: str, state: Item, now: datetime, *, calendars: Calendars, send_at: time
) -> tuple[Sequence[RungTime], RungTime | None]:
    """Of the messages that have fallen due by now, those that are passed over, and the one that goes out.

    It is the highest rung; but an owner who has not been told yet is told first, and nobody else hears of it.
    """
    due = list(takewhile(lambda m: m.when <= now, rung_times(plan, case, item, state, calendars, send_at)))
    passed, highest = highest_after_downtime(due)
    if highest is None or highest.tells_owner:
        return passed, highest
    times = ladder_of_item(plan, case, item, state, calendars, send_at)
    first = next((message for message in due if times.must_wait(message)), None)
    if first is None:
        return passed, highest
    before = [message for message in due if message.number < first.number and not message.tells_owner]
    return before, RungTime(first.number, highest.when, tells_owner=True)


def highest_after_downtime(due: Sequence[RungTime]) -> tuple[Sequence[RungTime], RungTime | None]:
    """Of the messages that have fallen due, those that are passed over, and the one that goes out: the highest rung.

    After a week's outage nobody gets a week of reminders at once. The history says which were passed over.
    Source: the project's own rule (design, decision 4); no guidance says how often to chase.
    """
    return (due[:-1], due[-1]) if due else ((), None)


def for_timetable(ladder: Ladder, coming: Iterable[RungTime]) -> Iterator[RungTime]:
    """Those that a timetable shows: of a rung that repeats until the work is done, the first five."""
    for message in coming:
        if message.tells_owner:
            yield message
            continue
        rung, again = ladder.turn(message.number)
        if rung.most < WITHOUT_END or again < SHOWN:
            yield message
        elif rung is ladder.rungs[-1]:
            return


def rungs_passed(plan: Plan, case: Case, item: str, state: Item, now: datetime, *, calendars: Calendars) -> int:
    """How many messages of its ladder count as passed when somebody responds now: all up to the end of the day."""
    today, passed = london_day(now), state.rungs
    for message in _falling(plan, case, item, state, calendars, time()):
        if message.tells_owner:
            continue
        hourly = in_hours(plan.rung(step_of(item), message.number))
        if not ((message.when <= now) if hourly else (london_day(message.when) <= today)):
            break
        passed = message.number + 1
    return passed


def _falling(plan: Plan, case: Case, item: str, state: Item, calendars: Calendars, send_at: time) -> Iterator[RungTime]:
    if state.due is None or state.status is not Status.OPEN or plan.ladder(step_of(item)) is None:
        return
    times = ladder_of_item(plan, case, item, state, calendars, send_at)
    silence = silence_counts(plan, case, item, state, calendars)
    last, first = datetime.min.replace(tzinfo=UTC), times.tells_owner
    for message in _of_ladder(times, silence, has_arrived=has_arrived(case, state)):
        if first is not None and message.number >= first.number:
            last = first.when
            yield first
            first = None
        last = max(last, message.when)
        yield message._replace(when=last)
    if first is not None:
        yield first


def has_arrived(case: Case, state: Item) -> bool:
    """Whether the owner has the request, as far as anybody can tell: they said so, or were granted more time."""
    said = not ARRIVED.isdisjoint(state.responses)
    return said or (more_time_says_it_arrived(case) and state.original is not None and state.original != state.due)


def _of_ladder(times: LadderOfItem, silence: datetime | None, *, has_arrived: bool) -> Iterator[RungTime]:
    ladder = times.ladder
    for place, rung, numbers in ladder.numbered():
        if rung.until is Until.ACKNOWLEDGED and has_arrived:
            continue
        messages = times.of_rung(rung, numbers, ladder.rungs[place + 1 : place + 2])
        yield from takewhile(lambda message: silence is None or message.when < silence, messages)
