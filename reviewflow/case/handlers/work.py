"""Items that people owe: completed, skipped, sent back, reopened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.contacts_in_order import pass_on
from reviewflow.case.handlers.days.holds import hold_by_answers, refuse_held, release_what_silence_held
from reviewflow.case.handlers.growing_tables import add_lines, adds_lines, closing, emit_lines, new_lines
from reviewflow.case.handlers.reopening import REOPENED, refuse_to_send_back_late, send_back
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answer, Answers, Case, CaseStatus, Item, Status
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.endings import end_by_answers
from reviewflow.case.propagation.limits import correct_met_limits
from reviewflow.case.propagation.owners import ask_next
from reviewflow.case.propagation.set_dates import follow_new_day, set_by_answers
from reviewflow.case.rules.answers.bounds import Bounds
from reviewflow.case.rules.answers.decision_tables import decide
from reviewflow.case.rules.answers.form_answers import completing_day, read_answers
from reviewflow.case.rules.answers.late_answers import comes_late, counts_late, fallen_by, given_in_time
from reviewflow.case.rules.answers.taken_over import as_taken_over
from reviewflow.case.rules.edition import answers_count_from_their_day
from reviewflow.case.rules.input_checks import answer_day_problems, day_problems, read_reason, round_problems
from reviewflow.case.rules.meetings.together import refuse_led
from reviewflow.case.rules.over import over
from reviewflow.case.rules.owed import possible_items, still_to_do
from reviewflow.case.rules.quorum import is_dissent
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.timing.hours import is_moment, watched_by_the_hour
from reviewflow.language.built_in_messages import ANSWERED, LINES_CAME
from reviewflow.language.model import FIRST_ROUND, MORE_TO_COME, OUTSIDE, OWNER
from reviewflow.language.structure.lists import names_who_is_out
from reviewflow.language.structure.outside import writes_outside
from reviewflow.language.structure.registers import as_brought_in
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing


def complete(draft: Draft, command: c.Complete) -> None:
    """Record that an item was done, and all that its answers lead to; a letter confirms it where one is asked for.

    Raises Refused with everything that is wrong: not owed now, on hold, an answer, or the day.
    """
    if adds_lines(draft.plan, command) and not comes_late(draft.plan, draft.case, command.item):
        _must_be_open(draft, command.item, doing="added to")
        add_lines(draft, command)
        _confirm(draft, command, LINES_CAME)
        return
    _complete(draft, command)
    _confirm(draft, command, ANSWERED)


def _confirm(draft: Draft, command: c.Complete, message: str) -> None:
    if command.receipt_to:
        draft.emit(e.NoticeSent(command.item, message, (command.receipt_to,)))


def _must_be_open(draft: Draft, item: str, *, doing: str) -> None:
    """Raises Refused unless a person owes an item of a case that goes on, and no hold stops it."""
    if draft.case.status is not CaseStatus.OPEN:
        raise over(draft.plan, draft.case)
    must_be_owed(draft.plan, draft.case, item, doing=doing)
    refuse_held(draft.plan, draft.case, item)


def _complete(draft: Draft, command: c.Complete) -> None:
    plan, item = draft.plan, command.item
    late = comes_late(plan, draft.case, item)
    if not late:
        _must_be_open(draft, item, doing="completed")
    if not command.together:
        refuse_led(plan, draft.case, item)
    state, step = draft.case.items[item], step_of(item)
    done, answers, at = _read(draft, command)
    draft.answered = done if answers_count_from_their_day(draft.case) else draft.today
    if not late and not accepts(plan, step, answers) and ask_next(draft, item, answers):
        return
    if not late and pass_on(draft, item, answers, answers):
        return
    used = plan.used_answers[step]
    used_later = {name: value for name, value in answers.items() if name in used}
    others = {name: value for name, value in answers.items() if name not in used}
    in_time = late and given_in_time(draft.case, item, done, at)
    if late and not in_time and not counts_late(plan, draft.case, item):
        draft.emit(e.AnsweredLate(item, done, used_later, others, is_dissent(plan, step, answers)))
        return
    refuse_to_send_back_late(draft, item, answers)
    if in_time:
        _undo_silence(draft, item, state, done)
    follow_new_day(draft, step, key_of(item))
    emit_lines(draft, item, new_lines(plan, draft.case, item, answers))
    draft.emit(e.Completed(item, done, used_later, others, at))
    if is_dissent(plan, step, answers):
        draft.emit(e.Dissented(item))
    if later := _done_later(plan, draft.case, item, done):
        draft.emit(e.DoneBeforeItsTurn(item, done, later))
    if late and (fallen := fallen_by(plan, draft.case, step)):
        draft.emit(e.ItemsPending(fallen))
    if not command.together:
        _thank(draft, item, state, done)
    set_by_answers(draft, item, answers)
    if in_time:
        correct_met_limits(draft, item)
        release_what_silence_held(draft, item, answers)
    hold_by_answers(draft, item, answers)
    send_back(draft, item, answers)
    end_by_answers(draft)
    draft.settled = True


def _undo_silence(draft: Draft, item: str, state: Item, done: date) -> None:
    assert state.done is not None
    draft.emit(e.SilenceUndone(item, done, state.done))


def _read(draft: Draft, command: c.Complete) -> tuple[date, Mapping[str, Answer], time | None]:
    """The day, the answers with what a decision table makes of them, and the time of day; raises Refused."""
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    item, step = command.item, step_of(command.item)
    form = plan.form_of(item, draft.case)
    form = as_brought_in(form) if command.brought_in else as_taken_over(form) if command.together else form
    typed = {MORE_TO_COME: "no", **command.answers} if command.brought_in and step in plan.growing else command.answers
    answers, wrong = read_answers(form, typed, draft.case.agencies, vouched=bool(draft.vouched) or command.together)
    if (table := plan.table(step)) is not None and not wrong:
        answers, wrong = decide(table, answers)
    done = completing_day(form, answers) or command.on or today
    wrong += day_problems(plan, draft.case, item, done, today, calendars)
    wrong += [] if command.brought_in else round_problems(plan, draft.case, item)
    wrong += answer_day_problems(form, answers, today, calendars)
    wrong += Bounds(plan, draft.case, item, calendars, draft.today, command.on).problems(answers)
    answers, unclosed = closing(plan, draft.case, item, answers)
    wrong += [] if wrong else unclosed
    if command.on is not None and done != command.on:
        wrong.append(f"The form says {day_words(done)}, but the completion says {day_words(command.on)}. Keep one.")
    at = _time_of_day(draft, command) if done == (command.on or today) and watched_by_the_hour(plan, step) else None
    if at is None and is_moment(plan, step):
        when = f'--on "{done.isoformat()} 14:30"'
        wrong.append(f"The time of day is missing, and hours count from it. Give it with the day: {when}")
    if wrong:
        stands = "still open" if draft.case.items[item].status is Status.OPEN else "as it was"
        raise Refused(wrong, f'"{item}" is {stands}; nothing was lost. Correct this and send it again.')
    return done, answers, at


def accepts(plan: Plan, step: str, answers: Answers) -> bool:
    """Whether these answers accept what was asked; they do wherever nobody is asked in order."""
    asks = plan.steps[step].asks
    return asks is None or evaluate_answers(asks.accepts, answers)


def _done_later(plan: Plan, case: Case, item: str, done: date) -> Mapping[str, date]:
    """What this item waited for that was done on a later day than the item was."""
    days = {other: state.done for other in plan.waits_for(item, case) if (state := _done(case, other)) is not None}
    return {other: day for other, day in days.items() if day is not None and day > done}


def _done(case: Case, item: str) -> Item | None:
    state = case.items.get(item)
    return state if state is not None and state.status is Status.DONE else None


def _time_of_day(draft: Draft, command: c.Complete) -> time | None:
    """The time of day at which it was done; now, when neither a day nor a time was given."""
    if command.on is None and command.at is None:
        return draft.now.astimezone(LONDON).time().replace(microsecond=0)
    return command.at


def _thank(draft: Draft, item: str, state: Item, done: date) -> None:
    """Record when it was chased although it had been done in time, and thank whom the ladder asks, where it says so."""
    plan = draft.plan
    after = sum(day > done for day in state.chased)
    if after and state.due is not None and done <= state.due:
        draft.emit(e.ReceivedInTime(item, done, after))
    ladder = plan.ladder(step_of(item))
    if ladder is not None and ladder.thanks is not None:
        asked = (OUTSIDE,) if writes_outside(ladder) else (OWNER,)
        draft.emit(e.NoticeSent(item, ladder.thanks, recipients(asked, plan, draft.case, item)))


def must_be_owed(plan: Plan, case: Case, item: str, *, doing: str) -> None:
    """Raises Refused, with what is open instead, unless a person owes this item now."""
    state, step = case.items.get(item), step_of(item)
    is_step = step in plan.steps and item in plan.items(step, case)
    if not (is_step and state is not None and state.status is Status.OPEN and not plan.is_automatic(step)):
        raise _not_owed(plan, case, item, doing)


def _not_owed(plan: Plan, case: Case, item: str, doing: str) -> Refused:
    state = case.items.get(item)
    possible = f"Open now: {listing(possible_items(plan, case), none='nothing')}."
    if step_of(item) in plan.limits:
        limit = plan.limits[step_of(item)]
        meeting = (f'{FIRST_ROUND if step in limit.by_first_round else ""}"{step}"' for step in limit.steps)
        met_by = listing(meeting, last="or")
        return Refused([f'"{item}" is a time limit. It is met when {met_by} is done.'], possible)
    each = [other for other in plan.items(item, case) if other != item] if item in plan.steps else []
    if item in plan.steps and (each or item not in plan.all_items(case)):
        parts = listing(each, none="nobody yet")
        return Refused([f'"{item}" is owed by several, each for itself: {parts}. Name one of them.'], possible)
    if step_of(item) in plan.steps and item in plan.take_no_part(step_of(item), case):
        named = plan.definition.title(names_who_is_out(plan.steps[step_of(item)])[0])
        return Refused([f'Nobody owes "{item}": as was said in “{named}”, its owner takes no part in it.'], possible)
    if item not in plan.all_items(case):
        near = suggestion(item, plan.all_items(case))
        return Refused([f'"{item}" is not a step of {case.reference}.{near}'], possible)
    if state is None or state.status is Status.PENDING:
        return Refused([f'"{item}" cannot be {doing} yet: {still_to_do(plan, case, item)}.'], possible)
    if state.status is Status.OPEN:
        return Refused([f'"{item}" happens by itself.'], possible)
    if plan.steps[step_of(item)].optional and not state.opened_by_hand:
        return Refused(
            [f'"{item}" is optional, and nobody has opened it.'],
            f"Open it first: reviewflow start-step {case.reference} {item} --reason ... {possible}",
        )
    if state.status not in REOPENED:
        again = "It opens by itself when what it depends on is reopened and answered otherwise."
        return Refused(
            [f'"{item}" is already {state.status}.'], f"{again} Why: reviewflow why {case.reference} {item}. {possible}"
        )
    when = f" on {day_words(state.done)}" if state.done else ""
    return Refused([f'"{item}" is already {state.status}{when}.'], f"To owe it again, reopen it. {possible}")


def _waits_to_start(draft: Draft, item: str) -> bool:
    """Whether an item is to open a linked case and has not."""
    step, state = draft.plan.steps.get(step_of(item)), draft.case.items.get(item)
    return step is not None and step.start is not None and state is not None and state.status is Status.OPEN


def _ended_and_waits_to_start(draft: Draft, item: str) -> bool:
    """Whether the case has ended in a way that is to open a linked case, and has not opened it."""
    case, ending = draft.case, draft.plan.definition.process.endings.get(item)
    waits = case.status is CaseStatus.ENDED and case.ending == item and item not in (*case.links, *case.items)
    return waits and ending is not None and ending.start is not None


def skip(draft: Draft, command: c.Skip) -> None:
    """Go on without an open item, for a reason; raises Refused.

    Also without a linked case that cannot be opened, by a step or by the ending: else the sweep would try for ever.
    """
    if _ended_and_waits_to_start(draft, command.item):
        draft.emit(_skipped(draft, command))
        return
    if draft.case.status is not CaseStatus.OPEN:
        raise over(draft.plan, draft.case)
    if not _waits_to_start(draft, command.item):
        must_be_owed(draft.plan, draft.case, command.item, doing="skipped")
    draft.emit(_skipped(draft, command))
    draft.settled = True


def _skipped(draft: Draft, command: c.Skip) -> e.Skipped:
    return e.Skipped(command.item, read_reason(command.reason), draft.today, printed=draft.plan.prints_reasons)
