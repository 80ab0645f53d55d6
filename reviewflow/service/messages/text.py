"""The text of a message: its fields filled in from the case, its dates and the partnership, and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from reviewflow.case.model.ids import LookAgain, step_of
from reviewflow.case.model.state import Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.links.looked_at_again import linked_as
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clock_of
from reviewflow.case.rules.timing.meeting_days import day_of_meeting
from reviewflow.language.built_in_messages import QUESTION_CAME
from reviewflow.language.built_in_texts import SHIPPED
from reviewflow.language.structure.contacts import replied_to
from reviewflow.language.templates import ADDRESSED, FORECAST, REASON, REPLY_BY, TOGETHER, named, render
from reviewflow.service.messages.answer_places import ANSWER, LINK, Place, words_without_page
from reviewflow.service.messages.fields.chasing import (
    asked_on,
    chased_words,
    next_words,
    response_words,
    silence_words,
    told_at_last,
    told_before,
    told_outside,
    told_to,
)
from reviewflow.service.messages.fields.day_fields import asked_by, day_to_come, how_long, overdue_words
from reviewflow.service.messages.fields.forecasts import NO_LIMIT, forecast_words, nearest_limit
from reviewflow.service.messages.fields.on_demand import OnDemand, Words
from reviewflow.service.messages.fields.reasons import reason_words
from reviewflow.service.messages.fields.step_fields import asked_step, said_of_the_step
from reviewflow.service.messages.fields.together import together_words
from reviewflow.service.messages.fields.whole_case import NO_DAY, of_case, of_ending, of_hold, of_link
from reviewflow.service.messages.languages import language_of_contact
from reviewflow.service.messages.naming import owner_title, step_title, subject_of
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, due_words

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
    own |= told_at_last(context, item, message, readers)
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
        return _usual(context, item) | of_hold(context, LookAgain.HOLD.name_in(item))
    if LookAgain.LINK.name_in(item):
        return _usual(context, item) | of_link(context, linked_as(context.case, item))
    if LookAgain.ENDING.name_in(item):
        return _usual(context, item) | of_ending(context, LookAgain.ENDING.name_in(item))
    if not item:
        return _usual(context, item) | of_case(context)
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
        REPLY_BY: lambda: _reply_by(context, item),
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


def _reply_by(context: CaseContext, item: str) -> str:
    """The day by which what a letter leads to is answered; of a letter that leads to no page there is none."""
    step = context.plan.steps.get(step_of(item))
    asked = replied_to(step) if step is not None else ""
    return _day_told(context, item, asked) if asked else NO_DAY


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
        REPLY_BY: NO_DAY,
        REASON: "",
        **{kind: words_without_page(partnership, kind, context.case.reference) for kind in (ANSWER, LINK)},
        **said_of_the_step(context.plan, ""),
        "contact_name": partnership.contact.name,
        "contact_email": partnership.contact.email,
        "contact_phone": partnership.contact.phone,
        ADDRESSED: f"{{{ADDRESSED}}}",
    }
