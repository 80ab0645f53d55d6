"""A step or a time limit as its owner owes it."""

from __future__ import annotations

from datetime import date

from reviewflow.case.model.ids import role_recipient, step_of
from reviewflow.case.model.state import CUT_SHORT, CaseStatus, Item, Manner, Status, is_open
from reviewflow.case.rules.forecast import Forecast
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.invitations import coming_words
from reviewflow.case.rules.meetings.together import leader_of
from reviewflow.case.rules.standing import Standing, comes_no_more, item_standing
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.case.rules.timing.hours import clock_of
from reviewflow.case.rules.timing.standstills import Standstill, lasting, stands_still
from reviewflow.case.rules.timing.waiting import is_wait
from reviewflow.language.structure.contacts import contact_written_to
from reviewflow.language.structure.stages import stage_title
from reviewflow.service.messages.fields.day_fields import how_long
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.messages.naming import owner_title
from reviewflow.service.views.case_page.naming import Naming, in_full
from reviewflow.service.views.case_page.shapes import Line
from reviewflow.service.wording.forecast_words import short_words
from reviewflow.service.wording.people import in_sentence
from reviewflow.service.wording.responses import response_words, silence_words
from reviewflow.service.wording.rounds import rounds_words
from reviewflow.service.wording.rules import Teller
from reviewflow.service.wording.together import with_other_words
from reviewflow.service.workspace.context import CaseContext
from reviewflow.text import clock_words, day_words, listing

NOTHING_YET = Item(Status.PENDING)
"""What is known of an item that the case has not come to."""


def item_line(
    context: CaseContext,
    item: str,
    naming: Naming | None = None,
    *,
    foreseen: Forecast | None = None,
    standing: Standing | None = None,
) -> Line:
    """Where one step or limit stands; `limit_line` is the same with whether a limit will be met.

    `standing` where it is known already.
    """
    plan, case = context.plan, context.case
    naming, state = naming or in_full(context), case.items.get(item, NOTHING_YET)
    runs = _runs(context, item)
    due = _due(context, item, state)
    return Line(
        item=naming.item(item),
        step=plan.definition.title(step_of(item)),
        title=naming.title(item),
        owner=owner_title(context, item) if plan.owner(item, case) else "",
        standing=standing or item_standing(plan, case, item, context.now, context.calendars),
        opened=state.opened,
        due=due,
        original=state.original,
        done=state.done if state.status is Status.DONE else None,
        days=days_left(context, item, state),
        passed=_passed(context, item, state, due),
        automatic=plan.is_automatic(step_of(item)),
        round=state.round,
        sent=state.sent,
        after=tuple(naming.item(before) for before in plan.waits_for(item, case)),
        provisional=due is not None and days_of(plan, case, item, context.calendars).is_provisional(due),
        by=clock_words(by) if (by := clock_of(plan, case, item, due, context.calendars)) else "",
        forecast=short_words(case, foreseen, days_of(plan, case, item, context.calendars)) if foreseen else "",
        in_time=foreseen is None or not foreseen.late,
        verdict=foreseen.verdict if foreseen is not None else None,
        rounds=rounds_words(case, state) if comes_no_more(case, state) else "",
        passed_over=state.passed_over,
        answered=_answered(context, item, state) if runs else _settled(context, item, state),
        comes=coming_words(plan, case, item),
        together=_together(context, item),
        stage=stage_title(plan.definition.process, step_of(item)) if step_of(item) in plan.steps else "",
    )


def _together(context: CaseContext, item: str) -> str:
    words = with_other_words(context.plan, context.case, item)
    return f"{words[:1].upper()}{words[1:]}"


def _runs(context: CaseContext, item: str) -> bool:
    plan, case = context.plan, context.case
    is_asked_here = not (is_wait(plan, item) or stopped_by(plan, case, item) or leader_of(plan, case, item))
    return is_open(case, item) and is_asked_here


def days_left(context: CaseContext, item: str, state: Item) -> str:
    """How far the day of an item is, while it is owed: '2 working days left'; '' where no day is counted to."""
    counts = state.due is not None and context.case.status not in CUT_SHORT and _runs(context, item)
    return how_long(context, item, state.due) if counts and state.due else _standing_still(context, item)


def _standing_still(context: CaseContext, item: str) -> str:
    """'stands still: The fee has not been paid'; '' for a clock that runs."""
    still = stands_still(context.plan, context.case, item) or _still_before_it_begins(context, item)
    return f"stands still: {context.plan.stands_still[still.name].title}" if still else ""


def _still_before_it_begins(context: CaseContext, item: str) -> Standstill | None:
    """Why the clock of something that waits for other work stands still; None when it runs, or it has begun."""
    plan, case = context.plan, context.case
    pending = case.items.get(item, NOTHING_YET).status is Status.PENDING and case.status is CaseStatus.OPEN
    if not pending or step_of(item) not in plan.standstills_of:
        return None
    due = due_day(plan, case, item, context.calendars)
    return lasting(plan, case, item, due) if due else None


def _passed(context: CaseContext, item: str, state: Item, due: date | None) -> str:
    """That the day has passed which the plan has for a step that waits for another; '' where it has not."""
    plan, case = context.plan, context.case
    waits = state.status is Status.PENDING and case.status is CaseStatus.OPEN and not plan.is_limit(item)
    if not waits or due is None or due >= context.today:
        return ""
    calendar = days_of(plan, case, item, context.calendars)
    days = calendar.working_days_between(due, context.today)
    return f"was planned for {day_words(due)}{f' ({calendar.in_days(days)} ago)' if days else ''}"


def late_words(state: Item) -> str:
    """'answered Wed 6 May 2026, when it was settled'; '' when no answer came late."""
    if state.late is None:
        return ""
    in_time = state.manner is Manner.SILENCE and state.done is not None and state.late <= state.done
    settled = "in time, and recorded when it was settled" if in_time else "when it was settled"
    return f"answered {day_words(state.late)}, {settled}"


def _settled(context: CaseContext, item: str, state: Item) -> str:
    """How it was answered late or by silence, and which contact of several was asked."""
    asked = asked_in_order(context, item)
    return "; ".join(filter(None, (f"asked: {asked}" if asked else "", late_words(state) or silence_words(state))))


def asked_in_order(context: CaseContext, item: str) -> str:
    """'“The father”': whoever had the letter last that leads to this item; '' where no order of contacts does."""
    plan, case = context.plan, context.case
    letter = plan.letters_in_order.get(step_of(item), "")
    was_sent = letter in case.items and case.items[letter].status is Status.DONE
    return Teller(plan.definition, context.partnership).contact(plan.contact(letter, case)) if was_sent else ""


def _answered(context: CaseContext, item: str, state: Item) -> str:
    """What was answered to a chase; or that a letter to a contact waits for somebody, or which contact is asked."""
    step = context.plan.steps.get(step_of(item))
    if asked := asked_in_order(context, item):
        return "; ".join(filter(None, (f"{asked} is asked now", response_words(state, context.today))))
    if step is not None and contact_written_to(step):
        contact = context.plan.contact(item, context.case) if step.until is not None else ""
        to = f" to {Teller(context.plan.definition, context.partnership).contact(contact)}" if contact else ""
        posts = (in_sentence(context.partnership, role_recipient(role)) for role in step.released_by or ())
        by = listing(posts, last="or", none="")
        return f"the letter{to} waits to be released{' by ' if by else ''}{by}"
    return response_words(state, context.today)


def limit_line(context: CaseContext, item: str, naming: Naming | None = None) -> Line:
    """Where a time limit stands, with what is foreseen of it."""
    if context.case.status in CUT_SHORT:
        return item_line(context, item, naming)
    return item_line(context, item, naming, foreseen=foreseen_limit(context, item))


def _due(context: CaseContext, item: str, state: Item) -> date | None:
    """When it is due; for what has not opened yet, when it will be, if that follows from what is known."""
    if state.status is Status.PENDING:
        step = context.plan.steps.get(step_of(item))
        waits_for_somebody = step is not None and step.optional and not state.opened_by_hand
        if waits_for_somebody or _still_before_it_begins(context, item):
            return None
        return due_day(context.plan, context.case, item, context.calendars)
    return state.due
