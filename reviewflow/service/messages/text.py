"""The text of a message: its fields filled in from the case, its dates and the partnership, and from nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reviewflow.case.handlers.correspondence.responses import KINDS
from reviewflow.case.model.ids import LookAgain, item_id, key_of, role_recipient, step_of
from reviewflow.case.model.state import Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending
from reviewflow.case.rules.forecast import Forecast
from reviewflow.case.rules.holds import end_of_hold
from reviewflow.case.rules.meetings.invitations import day_of_meeting
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.standing import distance
from reviewflow.case.rules.timing.counted_in import days_of, days_of_process
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.rungs import message_of, rung_times
from reviewflow.case.rules.timing.silence import last_day as last_day_to_answer
from reviewflow.language.built_in_messages import SHIPPED, SIGN_OFF
from reviewflow.language.structure.authority import number_words
from reviewflow.language.structure.lists import source_of
from reviewflow.language.structure.silence import silence_meaning
from reviewflow.language.templates import ADDRESSED, FORECAST, named, render
from reviewflow.london import LONDON
from reviewflow.service.messages.answer_places import ANSWER, LINK, Place, words_without_page
from reviewflow.service.messages.day_fields import asked_by, day_to_come, how_long, overdue_words
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.messages.step_fields import asked_step, said_of_the_step
from reviewflow.service.wording.forecast_words import reason_words, verdict_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.wording.titles import item_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, due_words, listing

NO_DAY = "a day still to be set"


def write(context: CaseContext, item: str, message: str, readers: Collection[str] = ()) -> tuple[str, str]:
    """Subject and text of a message about an item; `readers` are not told that they are written to."""
    template = context.plan.definition.messages.get(message) or SHIPPED[message]
    values = fields(context, item, foreseen=any(FORECAST in named(text) for text in (template.subject, template.text)))
    values = {**values, **_told_to(context, item, readers), **_told_before(context, item, message)}
    text = render(template.text, values).strip()
    told = subject_of(context.plan, item) if "days" in named(template.text) and item else ""
    overdue = overdue_words(context, item, told)
    return render(template.subject, values), f"{text}\n\n{overdue}\n" if overdue else f"{text}\n"


def _told_to(context: CaseContext, item: str, readers: Collection[str]) -> Mapping[str, str]:
    """What follows, in the words for those who read it."""
    about = subject_of(context.plan, item)
    if not readers or about not in context.case.items:
        return {}
    return {"next": _next_words(context, about, _silence_words(context, about, context.case.items[about].due), readers)}


def _told_before(context: CaseContext, item: str, message: str) -> Mapping[str, str]:
    """How many messages had gone out before this one about what it is about, and when."""
    about = subject_of(context.plan, item)
    state = context.case.items.get(about)
    if state is None:
        return {"sent_before": "0"}
    if about in context.went:
        went = context.went[about]
        number = len(went.days) + went.undated
        return {
            "sent_before": str(number),
            "chased": _chased_words(replace(state, sent=number, chased=went.days), went.asked),
        }
    if about == item and state.sent and is_counted(context.plan, item, message):
        state = replace(state, sent=state.sent - 1, chased=state.chased[:-1])
    return {"sent_before": str(state.sent), "chased": _chased_words(state)}


def is_counted(plan: Plan, item: str, message: str) -> bool:
    """Whether the item's own count has this message already: its ladder counts before it is written."""
    step, ladder = plan.steps.get(step_of(item)), plan.ladder(step_of(item))
    counted = {SIGN_OFF, *(rung.message for rung in ladder.rungs)} if ladder else set()
    counted |= {step.asks.send} if step is not None and step.asks is not None else set()
    return message in counted


def fields(context: CaseContext, item: str, *, foreseen: bool = True) -> Mapping[str, str]:
    """Every field that a message may use, as words, for this item; '' is the case as a whole. None can name a child.

    Whether a limit will be met is worked out where it is `foreseen` only: that takes longer than all the rest.
    """
    return _fields(context, item) | ({FORECAST: _forecast_words(context, item)} if foreseen else {})


def _fields(context: CaseContext, item: str) -> dict[str, str]:
    if LookAgain.HOLD.name_in(item):
        return _usual(context) | _of_hold(context, LookAgain.HOLD.name_in(item))
    if LookAgain.ENDING.name_in(item):
        return _usual(context) | _of_ending(context, LookAgain.ENDING.name_in(item))
    if not item:
        return _usual(context) | _of_case(context)
    about = subject_of(context.plan, item)
    return _usual(context) | _of_item(context, item, about) | how_to_answer(context, about)


def _of_item(context: CaseContext, item: str, about: str) -> dict[str, str]:
    """The fields of a message about what somebody owes."""
    state = context.case.items.get(about)
    due = state.due if state else due_day(context.plan, context.case, about, context.calendars)
    meets = day_of_meeting(context.plan, context.case, about, context.calendars)
    return {
        "meets": day_words(meets) if meets else NO_DAY,
        "step": context.plan.definition.title(step_of(about)),
        "owner": owner_title(context, about),
        "due": due_words(due, state.by if state else None) if due else day_to_come(context, item, about),
        "days": how_long(context, about, due) if due else "no day is set yet",
        "sent_before": str(state.sent if state else 0),
        "chased": _chased_words(state),
        "said": response_words(state) if state else "nothing yet",
        "next": _next_words(context, about, _silence_words(context, about, due)),
        **said_of_the_step(context.plan, asked_step(context.plan, item, about)),
    }


def how_to_answer(context: CaseContext, item: str) -> dict[str, str]:
    """The marks at which a letter gets the address of this item's page; none for what nobody answers on a form."""
    asked = [item, *asked_by(context.plan, item)] if step_of(item) in context.plan.steps else []
    for owed in asked:
        state = context.case.items.get(owed)
        if state is not None and not context.plan.is_automatic(step_of(owed)):
            form = f"{context.case.reference}/{shown_item(context.plan, owed)}/{state.round}"
            return {kind: str(Place(kind, form)) for kind in (ANSWER, LINK)}
    return {}


def _of_case(context: CaseContext) -> dict[str, str]:
    """The fields of a message about the case as a whole."""
    return {
        "step": context.plan.definition.process.title,
        "owner": context.partnership.contact.name,
        "due": NO_DAY,
        "days": "no day is set yet",
        "sent_before": "0",
        "next": "We will be in touch.",
    }


def _of_hold(context: CaseContext, name: str) -> dict[str, str]:
    """The fields of a message about a hold that is to be reviewed."""
    placed, rule = context.case.holds[name], context.plan.holds[name]
    again = f"We write again on {day_words(placed.remind)}." if placed.remind else "No other message follows."
    ends = end_of_hold(context.plan, context.case, name, context.today, context.calendars)
    if ends is not None and ends == placed.remind:
        again = f"It ends by itself on {day_words(ends)}."
    return {
        "step": rule.title,
        "owner": listing(recipient_title(context.partnership, role_recipient(role)) for role in rule.to),
        "due": day_words(placed.review) if placed.review else "a day still to be set",
        "days": _how_far(context, placed.review),
        "sent_before": "0",
        "chased": "",
        "said": placed.reason,
        "next": again,
    }


def _of_ending(context: CaseContext, name: str) -> dict[str, str]:
    """The fields of a message about a case that time ended: what did not come, and the day that passed."""
    items = awaited(context.plan, context.case, name)
    day = day_of_ending(context.plan, context.case, name, context.calendars)
    return {
        "step": listing(dict.fromkeys(context.plan.definition.title(step_of(item)) for item in items)),
        "owner": listing(dict.fromkeys(owner_title(context, item) for item in items)),
        "due": day_words(day) if day else "a day still to be set",
        "days": _how_far(context, day),
        "sent_before": "0",
        "chased": "",
        "said": "nothing yet",
        "next": f"The case has ended: {context.plan.definition.title(name)}. No other message follows.",
    }


def _how_far(context: CaseContext, due: date | None) -> str:
    """Of a hold: its days are those of the process."""
    return (
        distance(due, context.today, days_of_process(context.plan, context.case, context.calendars))
        if due
        else "no day is set yet"
    )


def _usual(context: CaseContext) -> dict[str, str]:
    """The fields of every message."""
    partnership = context.partnership
    return {
        "partnership": partnership.partnership,
        "reference": context.case.reference,
        "process": context.plan.definition.process.title,
        "called": context.plan.definition.process.own_word,
        "limit": _nearest_limit(context),
        "meets": NO_DAY,
        **{kind: words_without_page(partnership, kind, context.case.reference) for kind in (ANSWER, LINK)},
        **said_of_the_step(context.plan, ""),
        "contact_name": partnership.contact.name,
        "contact_email": partnership.contact.email,
        "contact_phone": partnership.contact.phone,
        ADDRESSED: f"{{{ADDRESSED}}}",
    }


def subject_of(plan: Plan, item: str) -> str:
    """The item that a message of this step is about: the same owner's item of another step, or itself."""
    step = plan.steps.get(step_of(item))
    if step is None or step.about is None:
        return item
    several = plan.steps[step.about].for_each is not None
    return item_id(step.about, key_of(item) if several else "")


def owner_title(context: CaseContext, item: str) -> str:
    """Who owes an item, as people call them."""
    owners = recipients(("owner",), context.plan, context.case, item)
    return listing(
        dict.fromkeys(recipient_title(context.partnership, owner) for owner in owners), none="nobody by name"
    )


def _forecast_words(context: CaseContext, item: str) -> str:
    """Of a limit, whether it will be met in time; of anything else, whether the nearest will."""
    running = _running(context)
    limit = item if context.plan.is_limit(item) else min(running)[1] if running else ""
    foreseen = foreseen_limit(context, limit) if limit else None
    if foreseen is None:
        return "" if running else "No time limit is running."
    return " ".join(forecast_sentences(context, foreseen))


def forecast_sentences(context: CaseContext, foreseen: Forecast) -> Iterator[str]:
    """How a limit stands and what is foreseen of it, then what that hangs on where there is more to say."""
    plan, case = context.plan, context.case
    calendar = days_of(plan, case, foreseen.limit, context.calendars)

    def title(item: str) -> str:
        return item_title(context, item)

    yield verdict_words(case, foreseen, calendar, title)
    reason = reason_words(plan, case, foreseen, title, context.today)
    if reason:
        yield reason


def _running(context: CaseContext) -> list[tuple[date, str]]:
    """The running limits, each after the day on which it ends."""
    return [
        (state.due, name)
        for name in context.plan.limit_items(context.case)
        if (state := context.case.items.get(name)) and state.status is Status.OPEN and state.due
    ]


def _nearest_limit(context: CaseContext) -> str:
    running = _running(context)
    if not running:
        return "no time limit is running"
    due, name = min(running)
    words, definition = due_words(due, context.case.items[name].by), context.plan.definition
    limit = context.plan.limits[step_of(name)]
    whose = number_words(limit, definition.national.get(limit.national or ""))
    return f"{definition.limit_title(step_of(name))}: {words} ({whose})"


def _next_words(context: CaseContext, item: str, silence: str, readers: Collection[str] = ()) -> str:
    """What follows if nothing arrives, in words, so that nobody is surprised by it."""
    state, ladder = context.case.items.get(item), context.plan.ladder(step_of(item))
    if state is not None and state.to_decide:
        return f"We ask again on {day_words(state.remind)}." if state.remind else ""
    if state is None or ladder is None:
        return silence or "We will be in touch as the day comes near."
    coming = rung_times(context.plan, context.case, item, state, context.calendars, context.partnership.send_at)
    following = next((message for message in coming if message.when > context.now), None)
    if following is None:
        return silence or "This was the last message that goes out by itself."
    to = message_of(context.plan, context.case, item, following).to
    own = recipients(("owner",), context.plan, context.case, item)
    day = day_words(following.when.astimezone(LONDON).date())
    words = f"If nothing has arrived by {day}, {_whom_next(context, to, own, readers)}."
    return f"{words} {silence}".rstrip()


def _whom_next(context: CaseContext, to: Sequence[str], own: Sequence[str], readers: Collection[str]) -> str:
    """Who is written to next, in words; the owner and others who read this are not named."""
    here = {*own, *readers}
    others = listing(
        filter(None, (recipient_title(context.partnership, recipient) for recipient in to if recipient not in here)),
        none="",
    )
    if not here.isdisjoint(to):
        return f"we write again, and to {others} too" if others else "we write again"
    return f"we write to {others}"


def _chased_words(state: Item | None, asked: date | None = None) -> str:
    """Such as: Asked on Tue 5 May 2026. 2 messages went out about it before: Tue 12 May 2026 and Thu 14 May 2026."""
    if state is None or state.opened is None:
        return ""
    number = "No message" if not state.sent else "1 message" if state.sent == 1 else f"{state.sent} messages"
    days = f": {listing(map(day_words, state.chased))}" if state.chased else ""
    return f"Asked on {day_words(asked or state.opened)}. {number} went out about it before{days}."


def response_words(state: Item) -> str:
    """The owner's last response in words: 'needs more time, until Fri 5 Jun 2026'."""
    until = f", until {day_words(state.asked_until)}" if state.asked_until else ""
    last = max(state.responses, key=lambda kind: state.responses[kind], default="")
    return f"{KINDS[state.to_decide or last]}{until}" if last else "nothing yet"


def _silence_words(context: CaseContext, item: str, due: date | None) -> str:
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
    return f"If nothing has come by the end of {day_words(day)}, that counts as {silence_meaning(step)}{others}."


def item_title(context: CaseContext, item: str) -> str:
    """The title of an item: its step, with its owner or list entry."""
    step = context.plan.steps.get(step_of(item))
    source = source_of(step) if step is not None else None
    state = context.case.items.get(source[0]) if source else None
    gathered = {source: state.answers[source[1]]} if source and state and source[1] in state.answers else {}
    return item_words(context.plan.definition, item, gathered, lambda name: recipient_title(context.partnership, name))
