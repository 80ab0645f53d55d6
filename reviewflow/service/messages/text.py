"""The text of a message: its fields filled in from the case, its dates and the partnership, and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from reviewflow.case.handlers.links import KINDS, effect_words
from reviewflow.case.model.ids import LookAgain, role_recipient, step_of
from reviewflow.case.model.state import Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending
from reviewflow.case.rules.holds import day_of_reminder, end_of_hold
from reviewflow.case.rules.links import linked_as
from reviewflow.case.rules.standing import distance
from reviewflow.case.rules.timing.counted_in import days_of_process
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clock_of
from reviewflow.case.rules.timing.meeting_days import day_of_meeting
from reviewflow.language.built_in_messages import QUESTION_CAME
from reviewflow.language.built_in_texts import SHIPPED
from reviewflow.language.structure.contacts import replied_to
from reviewflow.language.templates import ADDRESSED, FORECAST, REASON, TOGETHER, named, render
from reviewflow.service.messages.answer_places import ANSWER, LINK, Place, words_without_page
from reviewflow.service.messages.fields.chasing import (
    asked_on,
    chased_words,
    next_words,
    response_words,
    silence_words,
    told_before,
    told_outside,
    told_to,
)
from reviewflow.service.messages.fields.day_fields import asked_by, day_to_come, how_long, overdue_words
from reviewflow.service.messages.fields.forecasts import NO_LIMIT, forecast_words, nearest_limit
from reviewflow.service.messages.fields.on_demand import OnDemand, Words
from reviewflow.service.messages.fields.reasons import as_sentence, reason_words
from reviewflow.service.messages.fields.step_fields import asked_step, said_of_the_step
from reviewflow.service.messages.fields.together import together_words
from reviewflow.service.messages.languages import language_of_contact
from reviewflow.service.messages.naming import owner_title, step_title, subject_of
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.wording.titles import BESIDE, because_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, due_words, listing

NO_DAY = "a day still to be set"
SOON = "the first day on which it can be done"
"""Of what has not begun although its day has passed."""
_ON_A_LIMIT = re.compile(r"(?m)^[^.\n]*\{limit\}\.(?: |\n\n?)|(?<=\.) [^.\n]*\{limit\}\.")
"""A sentence about it: a paragraph or what begins one, or one within a paragraph."""


def write(
    context: CaseContext,
    item: str,
    message: str,
    readers: Collection[str] = (),
    *,
    was: date | None = None,
    language: str = "",
) -> tuple[str, str]:
    """Subject and text of a message about an item; `readers` are not told that they are written to.

    `was` is the day on which its meeting was to be. `language` is that of whoever reads it; '' of the contact to whom
    the step writes. No text where the context is of subjects only.
    """
    known = context.plan.definition.messages.get(message) or SHIPPED[message]
    template = known.in_language(language or language_of_contact(context.plan, context.case, item, message))
    own = {**told_to(context, item, readers), **told_before(context, item, message), **told_outside(context, readers)}
    own[TOGETHER] = lambda: together_words(context, readers)
    values = OnDemand({**_fields(context, item), **own, **({"met": day_words(was)} if was else {})})
    if context.subjects_only and not is_known_by_its_text(item, message):
        return render(template.subject, values), ""
    text = render(_told_of_limits(template.text, values), values).strip()
    told = subject_of(context.plan, item) if "days" in named(template.text) and item else ""
    overdue = overdue_words(context, item, told)
    return render(template.subject, values), f"{text}\n\n{overdue}\n" if overdue else f"{text}\n"


def is_known_by_its_text(item: str, message: str) -> bool:
    """Whether two of it about the same are another message where their texts differ: each question is one."""
    return message == QUESTION_CAME or not item


def _told_of_limits(template: str, values: Mapping[str, str]) -> str:
    """Without the sentences about the nearest time limit, where none runs."""
    speaks = "{limit}" in template and _ON_A_LIMIT.search(template)
    return _ON_A_LIMIT.sub("", template) if speaks and values["limit"] == NO_LIMIT else template


def fields(context: CaseContext, item: str) -> Mapping[str, str]:
    """Every field that a message may use, as words, for this item; '' is the case as a whole. None can name a child."""
    return OnDemand(_fields(context, item))


def _fields(context: CaseContext, item: str) -> Words:
    if LookAgain.HOLD.name_in(item):
        return _usual(context, item) | _of_hold(context, LookAgain.HOLD.name_in(item))
    if LookAgain.LINK.name_in(item):
        return _usual(context, item) | _of_link(context, linked_as(context.case, item))
    if LookAgain.ENDING.name_in(item):
        return _usual(context, item) | _of_ending(context, LookAgain.ENDING.name_in(item))
    if not item:
        return _usual(context, item) | _of_case(context)
    about = subject_of(context.plan, item)
    answers = _to_the_page(context, item) or how_to_answer(context, about)
    return _usual(context, item) | _of_item(context, item, about) | answers


def _of_item(context: CaseContext, item: str, about: str) -> dict[str, str | Callable[[], str]]:
    """The fields of a message about what somebody owes."""
    state, (due, gone_by) = context.case.items.get(about), _planned(context, about)
    passed = due if gone_by else None
    if gone_by:  # it has not begun, and nobody can keep a day free that is over
        due = None
    return {
        **said_of_the_step(context.plan, asked_step(context.plan, item, about)),
        "meets": lambda: _day_it_meets(context, about),
        "item": shown_item(context.plan, about),
        "wanted": state.asked_until.isoformat() if state and state.asked_until else "DAY",
        "step": lambda: step_title(context, about),
        "owner": lambda: owner_title(context, about),
        "due": lambda: _day_told(context, item, _whose_day(context.plan, item, about)),
        "was_due": day_words(state.was_due)
        if state and state.was_due and state.original
        else "",  # not of whoever was asked before
        "days": lambda: how_long(context, about, due) if due else _no_days(passed),
        "sent_before": str(state.sent if state else 0),
        "chased": lambda: chased_words(state, asked_on(context.plan, about, state)),
        "said": lambda: response_words(state) if state else "nothing yet",
        "next": lambda: next_words(context, about, silence_words(context, about, due)),
        REASON: lambda: reason_words(context, about),
        **({"nil_return": ""} if state is not None and state.round > 1 else {}),  # what came once is no nil return
    }


def _planned(context: CaseContext, about: str) -> tuple[date | None, bool]:
    """The day by which it is due, if it is known, and whether that has passed before it could begin."""
    state = context.case.items.get(about)
    due = state.due if state else due_day(context.plan, context.case, about, context.calendars)
    return due, due is not None and due < context.today and (state is None or state.status is Status.PENDING)


def _whose_day(plan: Plan, item: str, about: str) -> str:
    """Of a letter that leads to a page, what is answered there: by when it is to be released is for the office."""
    step = plan.steps.get(step_of(item))
    return about if step is None or step.about is not None else replied_to(step) or about


def _day_told(context: CaseContext, item: str, about: str) -> str:
    due, gone_by = _planned(context, about)
    if gone_by:
        return SOON
    return _due_words(context, about, due) if due else day_to_come(context, item, about)


def _no_days(passed: date | None) -> str:
    """Why there is no day to count to."""
    return f"the day that was planned, {day_words(passed)}, has passed" if passed else "no day is set yet"


def _day_it_meets(context: CaseContext, item: str) -> str:
    day = day_of_meeting(context.plan, context.case, item, context.calendars)
    return day_words(day) if day else NO_DAY


def _due_words(context: CaseContext, item: str, due: date) -> str:
    return due_words(due, clock_of(context.plan, context.case, item, due, context.calendars))


def _to_the_page(context: CaseContext, item: str) -> dict[str, str]:
    """The marks at which a letter to a contact gets the address of its page; none where it leads to none.

    They name the letter itself: what is answered there begins only when the letter is released.
    """
    step, state = context.plan.steps.get(step_of(item)), context.case.items.get(item)
    if step is None or state is None or not replied_to(step):
        return {}
    form = f"{context.case.reference}/{item}/{state.round}"
    return {kind: str(Place(kind, form)) for kind in (ANSWER, LINK)}


def how_to_answer(context: CaseContext, item: str) -> dict[str, str]:
    """The marks at which a letter gets the address of this item's page; none for what nobody answers on a form."""
    asked = [item, *asked_by(context.plan, item)] if step_of(item) in context.plan.steps else _meets(context, item)
    for owed in asked:
        state = context.case.items.get(owed)
        if state is not None and not context.plan.is_automatic(step_of(owed)):
            form = f"{context.case.reference}/{shown_item(context.plan, owed)}/{state.round}"
            return {kind: str(Place(kind, form)) for kind in (ANSWER, LINK)}
    return {}


def _meets(context: CaseContext, item: str) -> list[str]:
    """Of a time limit, what is owed now and would meet it; nothing where several would have to be done."""
    if not context.plan.is_limit(item):
        return []
    items = list(context.plan.watched(item, context.case))
    state = context.case.items.get(items[0]) if len(items) == 1 else None
    return items if state is not None and state.status is Status.OPEN else []


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
    remind = day_of_reminder(context.case, name, context.calendars)
    again = f"We write again on {day_words(remind)}." if remind else "No other message follows."
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
        "said": because_words(context.plan.definition, placed.reason),
        REASON: as_sentence(because_words(context.plan.definition, placed.reason)),
        "next": again,
    }


def _of_link(context: CaseContext, reference: str) -> dict[str, str]:
    """The fields of a message about a link that is to be looked at again; its reference stands on the case's page."""
    link = context.case.related[reference]
    return {
        "step": BESIDE,
        "owner": context.partnership.contact.name,
        "due": day_words(link.review) if link.review else "a day still to be set",
        "days": _how_far(context, link.review),
        "sent_before": "0",
        "chased": "",
        "said": f"{KINDS[link.kind].lower()}; {effect_words(link.effect, link.hold)}",
        "next": "No other message follows about this day.",
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


def _usual(context: CaseContext, item: str) -> dict[str, str | Callable[[], str]]:
    """The fields of every message."""
    partnership = context.partnership
    return {
        "partnership": partnership.partnership,
        "reference": context.case.reference,
        "process": context.plan.definition.process.title,
        "called": context.plan.definition.process.own_word,
        "item": "ITEM",
        "wanted": "DAY",
        "limit": lambda: nearest_limit(context, item),
        FORECAST: lambda: forecast_words(context, item),
        "meets": NO_DAY,
        "met": NO_DAY,
        TOGETHER: lambda: together_words(context),
        "was_due": "",
        REASON: "",
        **{kind: words_without_page(partnership, kind, context.case.reference) for kind in (ANSWER, LINK)},
        **said_of_the_step(context.plan, ""),
        "contact_name": partnership.contact.name,
        "contact_email": partnership.contact.email,
        "contact_phone": partnership.contact.phone,
        ADDRESSED: f"{{{ADDRESSED}}}",
    }
