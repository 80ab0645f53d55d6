"""Responses that do not finish what is owed, such as more time asked for: they stop or postpone its reminders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.days.extensions import past_a_national_limit
from reviewflow.case.handlers.work import must_be_owed
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import far_day_problems, read_reason, read_words
from reviewflow.case.rules.recipients import office_post, recipients
from reviewflow.case.rules.timing.rungs import rungs_passed
from reviewflow.language.built_in_messages import MORE_TIME, NO_MORE_TIME, QUESTION_CAME, REFUSED, TOLD, WRONG_PERSON
from reviewflow.language.structure.extensions import may_be_extended
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing

ASKED_MORE, WRONG, PHONED, QUESTION = "need_more_time", "wrong_person", "phone_call", "question"
KINDS: Mapping[str, str] = {
    "acknowledged": "acknowledged",
    ASKED_MORE: "needs more time",
    WRONG: "wrong person",
    "draft_received": "draft received",
    PHONED: "spoken to by telephone",
    QUESTION: "asks a question",
}
"""The kinds of response, in words."""
TO_DECIDE = {ASKED_MORE: MORE_TIME, WRONG: WRONG_PERSON}
"""The responses on which the office has to decide, each with the message that asks it to."""
REMIND_AFTER = 2
"""Working days after which the office is reminded that it has to decide."""


def respond(draft: Draft, command: c.Respond) -> None:
    """Record a response; raises Refused for a kind that there is not, or a day that does not fit.

    The office is asked to decide about more time and about a wrong person, and until it does nobody is chased; what is
    said again meanwhile asks it no second time. A question goes to the office too and answers nothing. A telephone call
    postpones the reminders by one working day.
    """
    plan, now, calendars = draft.plan, draft.now, draft.calendars
    item, kind, today = command.item, command.kind, now.astimezone(LONDON).date()
    must_be_owed(plan, draft.case, item, doing="answered")
    if kind not in KINDS:
        raise _no_answer(draft, item, kind)
    note = read_words("The note", command.note)
    if kind == QUESTION and not note:
        raise Refused(["A question is needed."], "Ask it in words that name nobody. Nothing was recorded.")
    state = draft.case.items[item]
    _check_day(state, command, today, calendars)
    passed = rungs_passed(plan, draft.case, item, state, now, calendars=calendars)
    remind = _next_reminder(today, calendars) if kind in TO_DECIDE else None
    draft.emit(e.Responded(item, kind, today, passed, note, command.until, remind))
    if kind in TO_DECIDE and (state.to_decide, state.asked_until) != (kind, command.until):
        draft.emit(e.NoticeSent(item, _asking(plan, draft.case, item, kind), office_post(plan, draft.case)))
    if kind == QUESTION:
        draft.emit(e.NoticeSent(item, QUESTION_CAME, office_post(plan, draft.case)))
    if command.receipt_to:
        draft.emit(e.NoticeSent(item, TOLD, (command.receipt_to,)))
    if kind == PHONED:
        draft.emit(e.Snoozed(item, calendars[OFFICE].add_working_days(today, 1), KINDS[PHONED]))


def _asking(plan: Plan, case: Case, item: str, kind: str) -> str:
    """The message that asks the office to decide; of more time that nobody may give it offers no extension."""
    may_be = may_be_extended(plan.definition.process, step_of(item), case.items[item].extended)
    return NO_MORE_TIME if kind == ASKED_MORE and not may_be else TO_DECIDE[kind]


def _no_answer(draft: Draft, item: str, kind: str) -> Refused:
    """What is said may be what the work itself asks: that is recorded with `complete`."""
    form = draft.plan.form(step_of(item))
    asked = next((name for name, field in form.items() if kind in field.options), "")
    answer = f" --answer {asked}={kind}" if asked else ""
    near = "" if asked else suggestion(kind, KINDS)
    return Refused(
        [f'"{plain_text(kind)}" is not an answer to a reminder.{near}'],
        f"Answers: {listing(KINDS)}.\nTo record that the work is done, or that there is nothing to send: "
        f"reviewflow complete {draft.case.reference} {item}{answer}",
    )


def _check_day(state: Item, command: c.Respond, today: date, calendars: Calendars) -> None:
    """Raises Refused for a day unless more time is asked for, or one that is not later than the due day."""
    day = command.until
    if day is None:
        return
    wrong = list(far_day_problems(day, today, calendars))
    if command.kind != ASKED_MORE:
        wrong.append(f'A day goes with "{ASKED_MORE}" only.')
    elif day <= (state.due or today):
        wrong.append(f"{day_words(day)} is not later than it is due ({day_words(state.due or today)}).")
    if wrong:
        raise Refused(wrong, "Nothing was recorded. Correct the day, or leave it out.")


def _next_reminder(today: date, calendars: Calendars) -> date:
    return calendars[OFFICE].add_working_days(today, REMIND_AFTER)


def snooze(draft: Draft, command: c.Snooze) -> None:
    """Postpone the reminders of an item until a day; raises Refused past a national limit that it meets."""
    plan, today = draft.plan, draft.today
    item, case = command.item, draft.case
    must_be_owed(plan, case, item, doing="snoozed")
    reason = read_reason(command.reason)
    wrong = list(far_day_problems(command.until, today, draft.calendars))
    if command.until <= today:
        wrong.append(f"{day_words(command.until)} is not ahead of today ({day_words(today)}).")
    if case.items[item].to_decide:
        wrong.append(f'"{item}" is not chased anyhow: {waits_because(case.items[item])}.')
    wrong += past_a_national_limit(plan, case, item, command.until)
    if wrong:
        raise Refused(wrong, f'Nothing was changed: "{item}" is chased as before.')
    draft.emit(e.Snoozed(item, command.until, reason))


def resume(draft: Draft, command: c.Resume) -> None:
    """Let the reminders of an item go on; raises Refused when nothing stops them."""
    plan = draft.plan
    item = command.item
    must_be_owed(plan, draft.case, item, doing="resumed")
    reason, state = read_reason(command.reason), draft.case.items[item]
    if not state.to_decide and state.snoozed_until is None:
        raise Refused([f'Nothing keeps "{item}" from being chased.'], "Nothing was changed.")
    draft.emit(e.Resumed(item, reason, printed=plan.prints_reasons and state.to_decide == ASKED_MORE))
    if state.to_decide == ASKED_MORE:
        draft.emit(e.NoticeSent(item, REFUSED, recipients(("owner",), plan, draft.case, item)))


def waits_because(state: Item) -> str:
    """Why an open item is not chased: 'needs more time, until Fri 5 Jun 2026, and nobody has decided yet'."""
    until = f", until {day_words(state.asked_until)}" if state.asked_until else ""
    return f"{KINDS[state.to_decide]}{until}, and nobody has decided yet"


def decision_due(state: Item, send_at: time) -> datetime | None:
    """The moment, in UTC, at which the office is next reminded that it has to decide; None when it has not."""
    return datetime.combine(state.remind, send_at, LONDON).astimezone(UTC) if state.remind else None


def remind_to_decide(
    plan: Plan, case: Case, item: str, send_at: time, *, now: datetime, calendars: Calendars
) -> Iterator[e.DecisionDue]:
    """The reminder to decide, once it has fallen due; the next follows two working days later."""
    state = case.items[item]
    when = decision_due(state, send_at)
    if when is not None and when <= now:
        again = _next_reminder(now.astimezone(LONDON).date(), calendars)
        yield e.DecisionDue(item, _asking(plan, case, item, state.to_decide), office_post(plan, case), again)


def refuse_chase(plan: Plan, case: Case, item: str, today: date) -> None:
    """Raises Refused for what was answered or snoozed, was chased today already, or has no ladder."""
    must_be_owed(plan, case, item, doing="chased")
    state, wrong = case.items[item], []
    if state.to_decide:
        wrong.append(f'"{item}" is not chased: {waits_because(state)}.')
    elif state.snoozed_until and state.snoozed_until > today:
        wrong.append(f'"{item}" is snoozed until {day_words(state.snoozed_until)}.')
    elif today in state.chased:
        wrong.append(f'A message about "{item}" has gone out today already.')
    if plan.ladder(step_of(item)) is None:
        wrong.append(f'"{item}" has no ladder, so there is no message to send.')
    if wrong:
        raise Refused(wrong, "Nothing was sent. To go on with the reminders: reviewflow resume")
