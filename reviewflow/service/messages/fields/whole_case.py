"""The fields of a message about no step: the case as a whole, a hold, a link, an ending by time."""

from __future__ import annotations

from datetime import date

from reviewflow.case.handlers.links import KINDS, effect_words
from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending
from reviewflow.case.rules.holds import day_of_reminder, end_of_hold
from reviewflow.case.rules.standing import distance
from reviewflow.case.rules.timing.counted_in import days_of_process
from reviewflow.language.templates import REASON
from reviewflow.service.messages.fields.reasons import as_sentence
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import BESIDE, because_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import day_words, listing

NO_DAY = "a day still to be set"


def of_case(context: CaseContext) -> dict[str, str]:
    """The fields of a message about the case as a whole."""
    return {
        "step": context.plan.definition.process.title,
        "owner": context.partnership.contact.name,
        "due": NO_DAY,
        "days": "no day is set yet",
        "sent_before": "0",
        "next": "We will be in touch.",
    }


def of_hold(context: CaseContext, name: str) -> dict[str, str]:
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


def of_link(context: CaseContext, reference: str) -> dict[str, str]:
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


def of_ending(context: CaseContext, name: str) -> dict[str, str]:
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
