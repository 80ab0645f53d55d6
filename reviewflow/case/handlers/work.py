"""Items that people owe: completed, skipped, sent back, reopened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.days.extensions import past_a_national_limit
from reviewflow.case.handlers.days.holds import hold_by_answers, refuse_held, release_what_silence_held
from reviewflow.case.handlers.optional_steps import open_when_sent_back
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answer, Answers, Case, CaseStatus, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.endings import end_by_answers
from reviewflow.case.propagation.limits import correct_met_limits
from reviewflow.case.propagation.owners import ask_next
from reviewflow.case.propagation.set_dates import set_by_answers
from reviewflow.case.rules.answers.decision_tables import decide
from reviewflow.case.rules.answers.form_answers import completing_day, read_answers
from reviewflow.case.rules.answers.late_answers import comes_late, counts_late, fallen_by, given_in_time
from reviewflow.case.rules.conditions import evaluate_answers
from reviewflow.case.rules.edition import (
    answers_count_from_their_day,
    earlier_days_count,
    sent_back_work_has_a_new_day,
)
from reviewflow.case.rules.input_checks import (
    answer_day_problems,
    bound_problems,
    day_problems,
    far_day_problems,
    read_reason,
)
from reviewflow.case.rules.over import over
from reviewflow.case.rules.owed import possible_items, still_to_do
from reviewflow.case.rules.quorum import is_dissent
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.rounds.revival import revived
from reviewflow.case.rules.rounds.sendback import affected, targets
from reviewflow.case.rules.timing.days_anew import clocks_anew, days_anew
from reviewflow.case.rules.timing.due_dates import rule_day, unknown_rules
from reviewflow.case.rules.timing.hours import is_moment, watched_by_the_hour
from reviewflow.language.built_in_messages import ANSWERED
from reviewflow.language.model import Reopen
from reviewflow.language.structure.extensions import reopenings_of
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing, times_words

_REOPENED = frozenset({Status.DONE, Status.SKIPPED})
"""What can be owed anew."""


def complete(draft: Draft, command: c.Complete) -> None:
    """Record that an item was done, and all that its answers lead to; a letter confirms it where one is asked for.

    Raises Refused with everything that is wrong: not owed now, on hold, an answer, or the day.
    """
    _complete(draft, command)
    if command.receipt_to:
        draft.emit(e.NoticeSent(command.item, ANSWERED, (command.receipt_to,)))


def _complete(draft: Draft, command: c.Complete) -> None:
    plan, item = draft.plan, command.item
    late = comes_late(plan, draft.case, item)
    if not late:
        if draft.case.status is not CaseStatus.OPEN:
            raise over(plan, draft.case)
        must_be_owed(plan, draft.case, item, doing="completed")
        refuse_held(plan, draft.case, item)
    state, step = draft.case.items[item], step_of(item)
    done, answers, at = _read(draft, command)
    draft.answered = done if answers_count_from_their_day(draft.case) else draft.today
    if not late and not accepts(plan, step, answers) and ask_next(draft, item, answers):
        return
    used = plan.used_answers[step]
    used_later = {name: value for name, value in answers.items() if name in used}
    others = {name: value for name, value in answers.items() if name not in used}
    in_time = late and given_in_time(draft.case, item, done)
    if late and not in_time and not counts_late(plan, draft.case, item):
        draft.emit(e.AnsweredLate(item, done, used_later, others, is_dissent(plan, step, answers)))
        return
    if in_time:
        _undo_silence(draft, item, state, done)
    draft.emit(e.Completed(item, done, used_later, others, at))
    if is_dissent(plan, step, answers):
        draft.emit(e.Dissented(item))
    if later := _done_later(plan, draft.case, item, done):
        draft.emit(e.DoneBeforeItsTurn(item, done, later))
    if late and (fallen := fallen_by(plan, draft.case, step)):
        draft.emit(e.ItemsPending(fallen))
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
    form = plan.form(step)
    answers, wrong = read_answers(form, command.answers, draft.case.agencies, vouched=bool(draft.vouched))
    if (table := plan.table(step)) is not None and not wrong:
        answers, wrong = decide(table, answers)
    done = completing_day(form, answers) or command.on or today
    wrong += day_problems(plan, draft.case, item, done, today, calendars)
    wrong += answer_day_problems(form, answers, today, calendars)
    wrong += bound_problems(plan, draft.case, item, answers, calendars)
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
    """Record when it was chased although it had been done in time, and thank the owner where the ladder says so."""
    plan = draft.plan
    after = sum(day > done for day in state.chased)
    if after and state.due is not None and done <= state.due:
        draft.emit(e.ReceivedInTime(item, done, after))
    ladder = plan.ladder(step_of(item))
    if ladder is not None and ladder.thanks is not None:
        draft.emit(e.NoticeSent(item, ladder.thanks, recipients(("owner",), plan, draft.case, item)))


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
        met_by = plan.limits[step_of(item)].met_by
        return Refused([f'"{item}" is a time limit. It is met when "{met_by}" is done.'], possible)
    if item in plan.steps and item not in plan.all_items(case):
        parts = listing(plan.items(item, case), none="nobody yet")
        return Refused([f'"{item}" is owed by several, each for itself: {parts}. Name one of them.'], possible)
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
    if state.status not in _REOPENED:
        again = "It opens by itself when what it depends on is reopened and answered otherwise."
        return Refused(
            [f'"{item}" is already {state.status}.'], f"{again} Why: reviewflow why {case.reference} {item}. {possible}"
        )
    when = f" on {day_words(state.done)}" if state.done else ""
    return Refused([f'"{item}" is already {state.status}{when}.'], f"To owe it again, reopen it. {possible}")


def send_back(draft: Draft, item: str, answers: Answers) -> None:
    """Owe again what these answers to an item send back, with its day and the message that says so."""
    plan = draft.plan
    step, key = step_of(item), key_of(item)
    again: dict[str, date | None] = {}
    counted: dict[str, int] = {}
    messages: dict[str, str] = {}
    for target_step, reopen in plan.steps[step].reopens.items():
        if evaluate_answers(reopen.when, answers):
            landing = reopen.on_a_working_day
            due = rule_day(plan, draft.case, reopen.due, step, key, draft.calendars, landing=landing)
            sent_back = tuple(_may_be_sent_back(draft.case, targets(plan, draft.case, item, target_step), reopen))
            counted |= {target: draft.case.items[target].returned + 1 for target in sent_back if reopen.times}
            again |= dict.fromkeys(sent_back, due)
            messages |= dict.fromkeys(sent_back, reopen.send) if reopen.send else {}
    if again:
        items = dict.fromkeys(reached for target in again for reached in affected(plan, draft.case, target))
        event = _owed_again(draft, tuple(items), item, {target: due for target, due in again.items() if due})
        draft.emit(replace(event, returned=counted))
        open_when_sent_back(draft, tuple(again), f"sent back by {item}")
        for target, message in messages.items():
            draft.emit(e.NoticeSent(target, message, recipients(("owner",), plan, draft.case, target)))


def _may_be_sent_back(case: Case, items: Iterable[str], reopen: Reopen) -> Iterator[str]:
    """Those that were not sent back as often as they may be: the answer stands, and the work goes on."""
    return (item for item in items if reopen.times is None or case.items[item].returned < reopen.times)


def _owed_again(draft: Draft, items: tuple[str, ...], because: str, due: Mapping[str, date]) -> e.SentBack:
    """That these are owed again: those without a day in `due` by their rule, counted from today."""
    if not sent_back_work_has_a_new_day(draft.case):
        return e.SentBack(items, because, due)
    plan, case = draft.plan, draft.case
    days = days_anew(plan, case, items, draft.now, draft.calendars)
    counted = _without(days, due)
    unknown = (
        unknown_rules(plan, case, counted, draft.calendars, set(map(step_of, items)))
        if earlier_days_count(case)
        else {}
    )
    clocks = clocks_anew(plan, counted, draft.now)
    return e.SentBack(
        items, because, {**days, **due}, clocks, unknown={i: parts for i, parts in unknown.items() if parts}
    )


def _without(days: Mapping[str, date], others: Mapping[str, date]) -> Mapping[str, date]:
    return {item: day for item, day in days.items() if item not in others}


def reopen(draft: Draft, command: c.Reopen) -> None:
    """Owe a finished item anew, with all that depends on it; raises Refused when it was not done, or it cannot be."""
    plan = draft.plan
    state = draft.case.items.get(command.item)
    reason = read_reason(command.reason)
    if converted := draft.case.links.get(draft.case.ending):
        raise Refused([f"{draft.case.reference} has ended, and goes on as {converted}."], "Go on there.")
    if draft.case.status is CaseStatus.WITHDRAWN:
        raise Refused([f"{draft.case.reference} was withdrawn."], "Open a new case.")
    if command.item not in plan.all_items(draft.case) or state is None or state.status not in _REOPENED:
        done = [item for item in plan.all_items(draft.case) if _was_done(draft.case, item)]
        possible = f"These can be reopened: {listing(done, none='none')}."
        raise Refused([f'"{command.item}" has not been done, so it cannot be reopened.'], possible)
    if command.due is not None and (wrong := _unusable_day(draft, command.item, command.due)):
        raise Refused(wrong, "Nothing was changed.")
    rule = reopenings_of(plan.definition.process, step_of(command.item))
    if rule is not None and state.reopened >= rule.times:
        often = f"it may be reopened {times_words(rule.times)}, and was" if rule.times else "it may not be"
        raise Refused([f'"{command.item}" cannot be reopened: {often}.'], "Nothing was changed.")
    due = {command.item: command.due} if command.due is not None else {}
    again = dict.fromkeys((*affected(plan, draft.case, command.item), *revived(plan, draft.case, draft.today)))
    event = _owed_again(draft, tuple(again), reason, due)
    draft.emit(replace(event, reopened={command.item: state.reopened + 1} if rule is not None else {}))


def _unusable_day(draft: Draft, item: str, due: date) -> list[str]:
    """What is wrong with a day that somebody gives for work that is owed again."""
    wrong = list(far_day_problems(due, draft.today, draft.calendars))
    if due < draft.today:
        wrong.append(f"{day_words(due)} is over. Give a day on which it can still be done.")
    return wrong + past_a_national_limit(draft.plan, draft.case, item, due)


def _waits_to_start(draft: Draft, item: str) -> bool:
    """Whether an item is to open a linked case and has not."""
    step, state = draft.plan.steps.get(step_of(item)), draft.case.items.get(item)
    return step is not None and step.start is not None and state is not None and state.status is Status.OPEN


def _ended_and_waits_to_start(draft: Draft, item: str) -> bool:
    """Whether the case has ended in a way that is to open a linked case, and has not opened it."""
    case, ending = draft.case, draft.plan.definition.process.endings.get(item)
    waits = case.status is CaseStatus.ENDED and case.ending == item and item not in (*case.links, *case.items)
    return waits and ending is not None and ending.start is not None


def can_be_reopened(plan: Plan, case: Case, item: str) -> bool:
    """Whether somebody may have this owed again: a person did it or passed over it, and not as often as may be."""
    rule = reopenings_of(plan.definition.process, step_of(item))
    by_hand = _was_done(case, item) and not plan.is_automatic(step_of(item))
    return by_hand and (rule is None or case.items[item].reopened < rule.times)


def _was_done(case: Case, item: str) -> bool:
    return item in case.items and case.items[item].status in _REOPENED


def skip(draft: Draft, command: c.Skip) -> None:
    """Go on without an open item, for a reason; raises Refused.

    Also without a linked case that cannot be opened, by a step or by the ending: else the sweep would try for ever.
    """
    if _ended_and_waits_to_start(draft, command.item):
        draft.emit(e.Skipped(command.item, read_reason(command.reason), draft.today))
        return
    if draft.case.status is not CaseStatus.OPEN:
        raise over(draft.plan, draft.case)
    if not _waits_to_start(draft, command.item):
        must_be_owed(draft.plan, draft.case, command.item, doing="skipped")
    draft.emit(e.Skipped(command.item, read_reason(command.reason), draft.today))
    draft.settled = True
