"""Why somebody is reminded, or nobody is: the ladder's next rung, or what keeps it still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.handlers.correspondence.responses import KINDS, waits_because
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus, Item, Status
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.ladder_of_item import RungTime
from reviewflow.case.rules.timing.rungs import next_to_send, rung_times
from reviewflow.case.rules.timing.silence import day_of_silence, last_day, silence_counts, working_days_late
from reviewflow.language.structure.silence import counts_after_due, silence_meaning
from reviewflow.london import LONDON
from reviewflow.service.messages.coming import as_it_goes
from reviewflow.service.wording.message_words import message_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import counted, day_words, end_words, listing, moment_words


def chase_reasons(context: CaseContext, item: str) -> Iterator[str]:
    """Who is reminded next and when, or why nobody is."""
    state = context.case.items.get(item)
    if context.case.status is not CaseStatus.OPEN:
        yield f"Nobody is reminded: the case is {context.case.status}."
    elif context.plan.ladder(step_of(item)) is None:
        yield "Nobody is reminded: it has no ladder."
        yield from _silence(context, item, state)
    elif state is None or state.status is not Status.OPEN:
        yield _not_owed(state)
    elif stopped_by(context.plan, context.case, item):
        yield "Nobody is reminded while it is held."
    elif leader := leader_of(context.plan, context.case, item):
        yield f"Nobody is reminded here: {leader} reminds for both."
    elif state.due is None:
        yield "Nobody is reminded: it has no due day yet."
    elif state.to_decide:
        yield f"Nobody is reminded: {waits_because(state)}."
    else:
        yield from _rungs(context, item, state)


def _not_owed(state: Item | None) -> str:
    if state is None or state.status is Status.PENDING:
        return "Nobody is reminded: it is not owed yet."
    return "Nobody is reminded any more: it is settled."


def _rungs(context: CaseContext, item: str, state: Item) -> Iterator[str]:
    if state.sent:
        yield f"{counted(state.sent, 'message')} {'was' if state.sent == 1 else 'were'} written about it in this round."
    for kind, day in state.responses.items():
        yield f"It was answered on {day_words(day)}, and nothing more went out for that day: {KINDS.get(kind, kind)}."
    if state.snoozed_until is not None and state.snoozed_until > context.today:
        yield f"No reminder goes out before {day_words(state.snoozed_until)}: it is snoozed."
    at = context.partnership.send_at
    coming = list(islice(rung_times(context.plan, context.case, item, state, context.calendars, at), 1))
    if not coming:
        yield "No other message goes out by itself: the last rung of its ladder has passed."
    elif not state.sent and coming[0].when > context.now:
        yield "Nobody has been reminded yet, because the first message is not due yet."
    passed, sent = next_to_send(
        context.plan, context.case, item, state, context.now, calendars=context.calendars, send_at=at
    )
    for message in [sent] if sent else coming:
        yield _rung(context, item, message)
    if passed:
        yield f"Earlier ones that fell due before it are passed over: {len(passed)}."
    yield from _silence(context, item, state)
    chase = next_chase(context.plan, context.case, item, context.calendars, at)
    if chase is not None and chase <= context.now:
        yield "It has fallen due, and goes out with the next sweep."


def _silence(context: CaseContext, item: str, state: Item | None) -> Iterator[str]:
    """When silence counts as an answer, and as which; also of what nobody is reminded of."""
    if state is None or stopped_by(context.plan, context.case, item) or leader_of(context.plan, context.case, item):
        return
    silence = silence_counts(context.plan, context.case, item, state, context.calendars)
    if silence is not None:
        meaning = silence_meaning(context.plan.steps[step_of(item)])
        later = _why_later(context, item, state)
        yield f"If nothing has come by {_last_minute(silence)}, that counts as {meaning}{later}."


def _why_later(context: CaseContext, item: str, state: Item) -> str:
    """Why silence counts only after the day that it is due; '' where it counts with it."""
    plan, case, calendars = context.plan, context.case, context.calendars
    if state.due is None:
        return ""
    by_rule = day_of_silence(plan, case, item, state.due, calendars)
    if state.asked and last_day(plan, case, item, state.due, state.asked, calendars) > by_rule:
        days = working_days_late(plan, case, item, state, state.asked, calendars)
        late = days_of(plan, case, item, calendars).in_days(days)
        return f", and not sooner, because it was asked for on {day_words(state.asked)}, {late} late"
    later = counts_after_due(plan.steps[step_of(item)])
    is_later = later is not None and by_rule > state.due
    return f", which is {later} after the day that it is due, as the process says" if is_later else ""


def _last_minute(over: datetime) -> str:
    """The minute before that moment: 'the end of Fri 19 Jun 2026', or '17:00 on Fri 19 Jun 2026'."""
    last = (over - timedelta(minutes=1)).astimezone(LONDON)
    return end_words(last.date(), None if last.time() == time(23, 59) else last.time())


def _rung(context: CaseContext, item: str, message: RungTime) -> str:
    going = as_it_goes(context, item, message)
    told = filter(None, (recipient_title(context.partnership, recipient) for recipient in going.to))
    why = "its owner is told first" if message.tells_owner else context.plan.rung(step_of(item), message.number).when
    people = listing(told, last="and", none="nobody")
    called = message_words(context.plan.definition.messages, going.message)
    return f"The next message, {called}, goes on {moment_words(going.leaves)} to {people} ({why})."
