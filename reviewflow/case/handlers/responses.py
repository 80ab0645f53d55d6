"""Answers that do not settle what is owed: nobody is chased past them, and each has what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from reviewflow.calendar import OFFICE, Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.extensions import past_a_national_limit
from reviewflow.case.handlers.work import must_be_owed
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Item
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.form_answers import plain_text
from reviewflow.case.rules.input_checks import read_reason, read_words, too_far
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.rungs import passed_by
from reviewflow.language.built_in_messages import MORE_TIME, REFUSED, WRONG_PERSON
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing

ASKED_MORE, WRONG, PHONED = "need_more_time", "wrong_person", "phone_call"
KINDS: Mapping[str, str] = {
    "acknowledged": "acknowledged",
    ASKED_MORE: "needs more time",
    WRONG: "wrong person",
    "draft_received": "draft received",
    PHONED: "spoken to by telephone",
}
"""What can be answered, in words."""
TO_DECIDE = {ASKED_MORE: MORE_TIME, WRONG: WRONG_PERSON}
"""The answers on which the office has to decide, each with the message that says so."""
OFFICE_POST = ("role:business_support",)
PATIENCE = 2
"""Working days after which the office is reminded that it has to decide."""


def respond(draft: Draft, command: c.Respond) -> None:
    plan, now, calendars = draft.plan, draft.now, draft.calendars
    item, kind, today = command.item, command.kind, now.astimezone(LONDON).date()
    must_be_owed(plan, draft.case, item, doing="answered")
    if kind not in KINDS:
        known = [*KINDS]
        raise Refused(
            [f'"{plain_text(kind)}" is not an answer.{suggestion(kind, known)}'], f"Answers: {listing(known)}."
        )
    note = read_words("The note", command.note)
    _wanted(draft.case.items[item], command, today, calendars)
    passed = passed_by(plan, item, draft.case.items[item], now, calendars=calendars)
    remind = _later(today, calendars) if kind in TO_DECIDE else None
    draft.emit(e.Responded(item, kind, today, passed, note, command.until, remind))
    if kind in TO_DECIDE:
        draft.emit(e.NoticeSent(item, TO_DECIDE[kind], OFFICE_POST))
    if kind == PHONED:
        draft.emit(e.Snoozed(item, calendars[OFFICE].add_working_days(today, 1), KINDS[PHONED]))


def _wanted(state: Item, command: c.Respond, today: date, calendars: Calendars) -> None:
    """Only who needs more time names a day, and a later one."""
    day = command.until
    if day is None:
        return
    wrong = list(too_far(day, today, calendars))
    if command.kind != ASKED_MORE:
        wrong.append(f'A day goes with "{ASKED_MORE}" only.')
    elif day <= (state.due or today):
        wrong.append(f"{day_words(day)} is not later than it is due ({day_words(state.due or today)}).")
    if wrong:
        raise Refused(wrong, "Nothing was recorded. Correct the day, or leave it out.")


def _later(today: date, calendars: Calendars) -> date:
    return calendars[OFFICE].add_working_days(today, PATIENCE)


def snooze(draft: Draft, command: c.Snooze) -> None:
    """The reminders of an item wait until a day."""
    plan, today = draft.plan, draft.today
    item, case = command.item, draft.case
    must_be_owed(plan, case, item, doing="snoozed")
    reason = read_reason(command.reason)
    wrong = list(too_far(command.until, today, draft.calendars))
    if command.until <= today:
        wrong.append(f"{day_words(command.until)} is not ahead of today ({day_words(today)}).")
    if case.items[item].deciding:
        wrong.append(f'"{item}" is not chased anyhow: {waits_because(case.items[item])}.')
    wrong += past_a_national_limit(plan, case, item, command.until)
    if wrong:
        raise Refused(wrong, f'Nothing was changed: "{item}" is chased as before.')
    draft.emit(e.Snoozed(item, command.until, reason))


def resume(draft: Draft, command: c.Resume) -> None:
    """The reminders of an item go on."""
    plan = draft.plan
    item = command.item
    must_be_owed(plan, draft.case, item, doing="resumed")
    reason, state = read_reason(command.reason), draft.case.items[item]
    if not state.deciding and state.snoozed is None:
        raise Refused([f'Nothing keeps "{item}" from being chased.'], "Nothing was changed.")
    draft.emit(e.Resumed(item, reason))
    if state.deciding == ASKED_MORE:
        draft.emit(e.NoticeSent(item, REFUSED, recipients(("owner",), plan, draft.case, item)))


def waits_because(state: Item) -> str:
    """Why nobody is chased although it is owed: 'needs more time, until Fri 5 Jun 2026, and nobody has decided'."""
    until = f", until {day_words(state.wanted)}" if state.wanted else ""
    return f"{KINDS[state.deciding]}{until}, and nobody has decided yet"


def decision_due(state: Item, send_at: time) -> datetime | None:
    """When the office is reminded that it has to decide."""
    return datetime.combine(state.remind, send_at, LONDON).astimezone(UTC) if state.remind else None


def remind_to_decide(
    item: str, state: Item, send_at: time, *, now: datetime, calendars: Calendars
) -> Iterator[e.DecisionDue]:
    when = decision_due(state, send_at)
    if when is not None and when <= now:
        again = _later(now.astimezone(LONDON).date(), calendars)
        yield e.DecisionDue(item, TO_DECIDE[state.deciding], OFFICE_POST, again)


def refuse_chase(plan: Plan, case: Case, item: str, today: date) -> None:
    """Refuse to chase by hand what somebody answered, or what nobody is to be chased about now."""
    must_be_owed(plan, case, item, doing="chased")
    state, wrong = case.items[item], []
    if state.deciding:
        wrong.append(f'"{item}" is not chased: {waits_because(state)}.')
    elif state.snoozed and state.snoozed > today:
        wrong.append(f'"{item}" is snoozed until {day_words(state.snoozed)}.')
    elif today in state.chased:
        wrong.append(f'A message about "{item}" has gone out today already.')
    if plan.ladder(step_of(item)) is None:
        wrong.append(f'"{item}" has no ladder, so there is no message to send.')
    if wrong:
        raise Refused(wrong, "Nothing was sent. To go on with the reminders: reviewflow resume")
