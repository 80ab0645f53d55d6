"""What a message says of what was sent before, what comes next, and what silence means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from reviewflow.calendar import OFFICE
from reviewflow.case.handlers.correspondence.responses import KINDS
from reviewflow.case.model.ids import Recipient, step_of
from reviewflow.case.model.state import Item, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.hours import has_passed, time_named
from reviewflow.case.rules.timing.ladder_of_item import RungTime
from reviewflow.case.rules.timing.rungs import message_of, rung_times
from reviewflow.case.rules.timing.silence import last_day as last_day_to_answer
from reviewflow.language.built_in_messages import NOW_OWED, SIGN_OFF
from reviewflow.language.structure.silence import NO_ANSWER, silence_meaning
from reviewflow.london import LONDON
from reviewflow.service.messages.answer_places import ANSWER, words_by_mail
from reviewflow.service.messages.departure import is_urgent
from reviewflow.service.messages.fields.day_fields import first_told_late
from reviewflow.service.messages.fields.on_demand import Words
from reviewflow.service.messages.naming import subject_of
from reviewflow.service.messages.quiet_hours import next_day
from reviewflow.service.wording.people import in_sentence
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, end_words, listing


def told_to(context: CaseContext, item: str, readers: Collection[str]) -> Words:
    """What follows, in the words for those who read it."""
    about = subject_of(context.plan, item)
    if not readers or about not in context.case.items:
        return {}
    due = context.case.items[about].due
    return {"next": lambda: next_words(context, about, silence_words(context, about, due), readers)}


def told_outside(context: CaseContext, readers: Collection[str]) -> Mapping[str, str]:
    """How a body outside answers: by telephone or mail. It has no account here, and no page by which it could answer.

    What it says is recorded by the office once somebody has read it, so that an address in a mailbox that many read
    changes nothing in a case. The project's own rule.
    """
    if not is_outside(readers):
        return {}
    return {ANSWER: words_by_mail(context.partnership, context.case.reference)}


def is_outside(readers: Collection[str]) -> bool:
    """Whether a letter goes to bodies outside, and to nobody else."""
    return bool(readers) and all(Recipient.parse(reader).is_outside for reader in readers)


ON_HOLD = "It is on hold at present, and nothing is wanted yet. Once that is over, we write again."
"""What follows of work that stands still: none of its messages goes, and silence counts as nothing."""


def told_before(context: CaseContext, item: str, message: str) -> Words:
    """How many messages had gone out before this one about what it is about, and when."""
    about = subject_of(context.plan, item)
    state = context.case.items.get(about)
    if state is None:
        return {"sent_before": "0"}
    if about in context.went:
        went = context.went[about]
        return {
            "sent_before": lambda: str(went().number),
            "chased": lambda: chased_words(replace(state, sent=went().number, chased=went().days), went().asked),
        }
    asked = asked_on(context.plan, about, state)
    if about == item and state.sent and is_counted(context.plan, item, message):
        state = replace(state, sent=state.sent - 1, chased=state.chased[:-1])
    return {"sent_before": str(state.sent), "chased": lambda: chased_words(state, asked)}


def told_at_last(context: CaseContext, item: str, message: str, readers: Collection[str]) -> Words:
    """How far back its day lies, where this is the first letter to whoever owes it, after one that never went.

    So after an outage, or of work that had its day before it began: nobody is told to be late with what they never
    heard of. Others read that it is overdue.
    """
    plan, case = context.plan, context.case
    state = case.items.get(item)
    if step_of(item) not in plan.steps or state is None or state.due is None or not is_counted(plan, item, message):
        return {}
    due, own = state.due, recipients(("owner",), plan, case, item)
    theirs = not readers or not set(own).isdisjoint(readers)
    if (
        not theirs
        or not has_passed(state, context.now)
        or (message != NOW_OWED and not _is_first(context, item, state))
    ):
        return {}
    return {"days": lambda: first_told_late(context, item, due)}


def _is_first(context: CaseContext, item: str, state: Item) -> bool:
    """Whether nothing went before it, no request either, although its ladder had something to send."""
    if state.sent > 1 or state.rungs <= state.sent:
        return False
    if item in context.went:
        went = context.went[item]()
        return went.number == 0 and went.asked is None
    return asked_on(context.plan, item, state) is None


def is_counted(plan: Plan, item: str, message: str) -> bool:
    """Whether the item's own count has this message already: its ladder counts before it is written."""
    step, ladder = plan.steps.get(step_of(item)), plan.ladder(step_of(item))
    counted = {SIGN_OFF, NOW_OWED, *(rung.message for rung in ladder.rungs)} if ladder else set()
    counted |= {step.asks.send} if step is not None and step.asks is not None else set()
    return message in counted


def next_words(context: CaseContext, item: str, silence: str, readers: Collection[str] = ()) -> str:
    """What follows if nothing arrives, in words, so that nobody is surprised by it; '' about what is settled."""
    state, ladder = context.case.items.get(item), context.plan.ladder(step_of(item))
    if is_finished(context.case, item):
        return ""
    if state is not None and state.to_decide:
        return f"We ask again on {day_words(state.remind)}." if state.remind else ""
    if stopped_by(context.plan, context.case, item):
        return ON_HOLD
    if state is None or ladder is None:
        return silence or "We will be in touch as the day comes near."
    here = set(readers)
    coming = rung_times(context.plan, context.case, item, state, context.calendars, context.partnership.send_at)
    later = (message for message in coming if message.when > context.now)
    if is_outside(readers):  # a body is told of its own letters, not of whom else the office would turn to
        later = (m for m in later if not here.isdisjoint(message_of(context.plan, context.case, item, m).to))
    following = _following(context, item, later, here)
    if following is None:
        return silence or "This was the last message that goes out by itself."
    to = message_of(context.plan, context.case, item, following).to
    own = recipients(("owner",), context.plan, context.case, item)
    by = _moment_words(context, max(following.when, _writes_again(context, item)))
    words = f"If nothing has arrived by {by}, {_whom_next(context, to, own, readers)}."
    return f"{words} {silence}".rstrip()


def _following(context: CaseContext, item: str, later: Iterable[RungTime], here: Collection[str]) -> RungTime | None:
    """The message that comes next: of those that wait for the same letter the last to its readers, which goes then."""
    again, waiting = _writes_again(context, item), None
    for message in later:
        if message.when > again:
            return waiting or message
        theirs = not set(here).isdisjoint(message_of(context.plan, context.case, item, message).to)
        waiting = message if theirs or waiting is None else waiting
    return waiting


def _writes_again(context: CaseContext, item: str) -> datetime:
    """The earliest moment, in UTC, at which whoever has this letter gets another: not today, unless it is urgent."""
    if is_urgent(context.partnership, item):
        return context.now
    return next_day(context.partnership, context.calendars[OFFICE], context.now)


def _moment_words(context: CaseContext, moment: datetime) -> str:
    """'Thu 14 May 2026'; of the day on which it is said, the time: '14:00 today'."""
    there = moment.astimezone(LONDON)
    return f"{there:%H:%M} today" if there.date() == context.today else day_words(there.date())


def _whom_next(context: CaseContext, to: Sequence[str], own: Sequence[str], readers: Collection[str]) -> str:
    """Who is written to next, in words; the owner and others who read this are not named."""
    here = {*own, *readers}
    others = listing(
        dict.fromkeys(
            filter(None, (in_sentence(context.partnership, recipient) for recipient in to if recipient not in here))
        ),
        none="",
    )
    if not here.isdisjoint(to):
        return f"we write again, and to {others} too" if others else "we write again"
    return f"we write to {others}"


def asked_on(plan: Plan, item: str, state: Item | None) -> date | None:
    """The day on which an item was asked for, as far as the case knows; None of what no message of its process asks."""
    return state.opened if state is not None and plan.requests.get(step_of(item)) else None


def chased_words(state: Item | None, asked: date | None) -> str:
    """Such as: Asked on Tue 5 May 2026. 2 messages went out about it before: Tue 12 May 2026 and Thu 14 May 2026.

    Where no request went out, it is open since its day, and nobody is said to have been asked.
    """
    if state is None or state.opened is None:
        return ""
    number = "No message" if not state.sent else "1 message" if state.sent == 1 else f"{state.sent} messages"
    days = f": {listing(map(day_words, state.chased))}" if state.chased else ""
    since = f"Asked on {day_words(asked)}" if asked else f"Open since {day_words(state.opened)}"
    return f"{since}. {number} went out about it before{days}."


def response_words(state: Item) -> str:
    """The owner's last response in words: 'needs more time, until Fri 5 Jun 2026'."""
    until = f", until {day_words(state.asked_until)}" if state.asked_until else ""
    last = max(state.responses, key=lambda kind: state.responses[kind], default="")
    return f"{KINDS[state.to_decide or last]}{until}" if last else "nothing yet"


def silence_words(context: CaseContext, item: str, due: date | None) -> str:
    step, state = context.plan.steps.get(step_of(item)), context.case.items.get(item)
    if step is None or step.silence is None or due is None:
        return ""
    if state is not None and (state.status is not Status.OPEN or (state.opened is not None and state.opened > due)):
        return ""
    asked = state.asked if state is not None and state.asked else context.today
    day = (
        last_day_to_answer(context.plan, context.case, item, due, asked, context.calendars)
        if state is not None
        else due
    )
    if day < context.today:
        return ""
    others = ", and somebody else is asked" if step.asks is not None else ""
    last, meaning = end_words(day, time_named(context.plan, item)), silence_meaning(step)
    if meaning == NO_ANSWER:
        return f"After {last.removeprefix('the end of ')} we ask no more{others}."
    return f"If nothing has come by {last}, that counts as {meaning}{others}."
