"""Work that is owed again: sent back by an answer, or reopened by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.apply import apply
from reviewflow.case.apply.items import with_items
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.days.extensions import past_a_national_limit
from reviewflow.case.handlers.optional_steps import open_when_sent_back
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Answers, Case, CaseStatus, Status
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import (
    a_revived_case_owes_what_fell,
    answers_send_back_in_time,
    earlier_days_count,
    earlier_rounds_are_told,
    endings_outlive_their_kept_work,
    endings_taken_back_owe_what_fell,
    limits_that_run_again_bind,
    occasions_are_not_owed_again,
    sent_back_work_has_a_new_day,
)
from reviewflow.case.rules.input_checks import far_day_problems, read_reason
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.rounds.revival import revived
from reviewflow.case.rules.rounds.sendback import affected, ended_limits, targets
from reviewflow.case.rules.routing import Routing, decide_step, stays_dropped
from reviewflow.case.rules.timing.before import lies_before
from reviewflow.case.rules.timing.days_anew import (
    by_rule_again,
    clocks_anew,
    days_anew,
    ends_again,
    following,
    met_limits,
    stay_met,
)
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.case.rules.timing.kept_days import unknown_rules
from reviewflow.case.rules.timing.reopening import too_late_to_reopen
from reviewflow.language.model import Reopen
from reviewflow.language.structure.extensions import reopenings_of
from reviewflow.text import day_words, listing, times_words

_ELSEWHERE = "open a new case for what has to be looked at again, and link this one to it."
_INSTEAD = "Nothing was changed. What has to be looked at again is a new case: open one, and link this one to it."
REOPENED = frozenset({Status.DONE, Status.SKIPPED})
"""What can be owed anew."""


def send_back(draft: Draft, item: str, answers: Answers) -> None:
    """Owe again what these answers to an item send back, with its day and the message that says so."""
    plan = draft.plan
    step, key = step_of(item), key_of(item)
    again: dict[str, date | None] = {}
    counted: dict[str, int] = {}
    grounds: dict[str, str] = {}
    messages: dict[str, str] = {}
    for target_step, reopen in plan.steps[step].reopens.items():
        if evaluate_answers(reopen.when, answers):
            landing = reopen.on_a_working_day
            due = rule_day(plan, draft.case, reopen.due, step, key, draft.calendars, landing=landing)
            ground = ground_of(step, reopen, answers)
            named = targets(plan, draft.case, item, target_step)
            sent_back = tuple(_may_be_sent_back(draft.case, named, reopen, ground))
            if ground:
                grounds |= dict.fromkeys(sent_back, ground)
            elif reopen.times:
                counted |= {target: draft.case.items[target].returned + 1 for target in sent_back}
            again |= dict.fromkeys(sent_back, due)
            messages |= dict.fromkeys(sent_back, reopen.send) if reopen.send else {}
    if again:
        without = item if plan.steps[step].optional and occasions_are_not_owed_again(draft.case) else ""
        items = dict.fromkeys(
            reached for target in again for reached in affected(plan, draft.case, target, without=without)
        )
        event = owed_again(draft, tuple(items), item, {target: due for target, due in again.items() if due})
        draft.emit(replace(event, returned=counted, grounds=grounds, written=_asked_anew(draft, messages)))
        open_when_sent_back(draft, tuple(again), f"sent back by {item}")
        for target, message in messages.items():
            draft.emit(e.NoticeSent(target, message, recipients(("owner",), plan, draft.case, target)))


def _asked_anew(draft: Draft, items: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Who is written to at once about what is sent back; nobody of what lay before the case was brought in."""
    if not earlier_rounds_are_told(draft.case) or lies_before(draft.case, draft.today):
        return {}
    return {item: recipients(("owner",), draft.plan, draft.case, item) for item in items}


def refuse_to_send_back_late(draft: Draft, item: str, answers: Answers) -> None:
    """Raises Refused where these answers send work back that may not be reopened any more on the day of the answer."""
    plan, case = draft.plan, draft.case
    if not answers_send_back_in_time(case):
        return
    late: list[str] = []
    for target_step, reopen in plan.steps[step_of(item)].reopens.items():
        if evaluate_answers(reopen.when, answers):
            ground = ground_of(step_of(item), reopen, answers)
            sent_back = _may_be_sent_back(case, targets(plan, case, item, target_step), reopen, ground)
            done = [target for target in sent_back if _was_done(case, target)]
            why = [
                too_late_to_reopen(plan, case, target, target_step, draft.answered, draft.calendars) for target in done
            ]
            named = zip(done, why, strict=True)
            late += [
                f'This answer would send "{target}" back, and cannot any more: {words}.'
                for target, words in named
                if words
            ]
    if late:
        raise Refused(late, f'"{item}" is as it was; nothing was lost. Answer otherwise, or {_ELSEWHERE}')


def _may_be_sent_back(case: Case, items: Iterable[str], reopen: Reopen, ground: str) -> Iterator[str]:
    """Those that were not sent back as often as they may be: the answer stands, and the work goes on."""
    for item in items:
        state = case.items[item]
        often = state.grounds.get(ground, 0) if ground else state.returned
        if reopen.times is None or often < reopen.times:
            yield item


def ground_of(step: str, reopen: Reopen, answers: Answers) -> str:
    """'read.why.incomplete': why these answers send back, where each ground counts by itself; '' where none does."""
    return f"{step}.{reopen.for_each}.{answers.get(reopen.for_each, '')}" if reopen.for_each else ""


def owed_again(
    draft: Draft, items: tuple[str, ...], because: str, due: Mapping[str, date], *, unmet: bool = False
) -> e.SentBack:
    """That these are owed again, because of an item or for a reason.

    Those without a day in `due` have one by their rule, counted from today. `unmet`: the limits among them were never
    met, and run again although their day is over.
    """
    plan, case = draft.plan, draft.case
    steps = set(map(step_of, items))
    items = tuple(item for item in items if not stays_dropped(plan, case, item, steps, calendars=draft.calendars))
    if not sent_back_work_has_a_new_day(case):
        return e.SentBack(items, because, due)
    ends = ends_again(plan, apply(case, e.SentBack(items, because)), met_limits(plan, case, items), draft.calendars)
    stay = {} if unmet else stay_met(case, ends, draft.now)
    items, ends = tuple(item for item in items if item not in stay), _without(ends, stay)
    bind = ends if limits_that_run_again_bind(case) else {}
    days = days_anew(plan, case, items, draft.now, draft.calendars, ends=bind, given=due)
    counted = _without(days, due)
    unknown = unknown_rules(plan, case, counted, draft.calendars, steps) if earlier_days_count(case) else {}
    clocks = clocks_anew(plan, case, counted, draft.now, draft.calendars)
    known = {item: parts for item, parts in unknown.items() if parts}
    return e.SentBack(
        items,
        because,
        {**days, **due},
        clocks,
        unknown=known,
        follows=following(plan, case, counted, steps),
        ends=ends,
        ending_stands=_stands(draft, steps),
        by_rule=by_rule_again(case, items, {*days, *due}, draft.today),
        stay=stay,
    )


def _stands(draft: Draft, steps: Iterable[str]) -> bool:
    """Whether the case goes on ending although these steps are owed again, because its ending keeps all of them."""
    plan, case = draft.plan, draft.case
    ending = case.status is CaseStatus.OPEN and bool(case.closing) and endings_outlive_their_kept_work(case)
    return ending and set(plan.kept_by(case.closing)).issuperset(step for step in steps if step in plan.steps)


def _without(days: Mapping[str, date], others: Mapping[str, date]) -> Mapping[str, date]:
    return {item: day for item, day in days.items() if item not in others}


def _read_why(plan: Plan, command: c.Reopen) -> str:
    """The reason; raises Refused for the name of a step, which the history would tell as sent back by that step."""
    reason = read_reason(command.reason)
    if step_of(reason) in plan.steps:
        raise Refused(
            [f'"{reason}" is the name of a step, and says nobody why.'], "Say why, in words that name nobody."
        )
    return reason


def reopen(draft: Draft, command: c.Reopen) -> None:
    """Owe a finished item anew, with all that depends on it; raises Refused when it was not done, or it cannot be."""
    plan = draft.plan
    state = draft.case.items.get(command.item)
    reason = _read_why(plan, command)
    if converted := draft.case.links.get(draft.case.ending):
        raise Refused([f"{draft.case.reference} has ended, and goes on as {converted}."], "Go on there.")
    if draft.case.status is CaseStatus.WITHDRAWN:
        raise Refused([f"{draft.case.reference} was withdrawn."], "Open a new case.")
    if command.item not in plan.all_items(draft.case) or state is None or state.status not in REOPENED:
        done = [item for item in plan.all_items(draft.case) if _was_done(draft.case, item)]
        possible = f"These can be reopened: {listing(done, none='none')}."
        gone = plan.is_off_its_list(command.item, draft.case)
        why = "was for an entry that is on its list no more" if gone else "has not been done"
        raise Refused([f'"{command.item}" {why}, so it cannot be reopened.'], possible)
    if command.due is not None and (wrong := _unusable_day(draft, command.item, command.due)):
        raise Refused(wrong, "Nothing was changed.")
    rule = reopenings_of(plan.definition.process, step_of(command.item))
    if late := too_late_to_reopen(plan, draft.case, command.item, step_of(command.item), draft.today, draft.calendars):
        over = draft.case.status is not CaseStatus.OPEN
        raise Refused([f'"{command.item}" cannot be reopened: {late}.'], _INSTEAD if over else "Nothing was changed.")
    if rule is not None and rule.times is not None and state.reopened >= rule.times:
        often = f"it may be reopened {times_words(rule.times)}, and was" if rule.times else "it may not be"
        raise Refused([f'"{command.item}" cannot be reopened: {often}.'], "Nothing was changed.")
    due = {command.item: command.due} if command.due is not None else {}
    reached = affected(plan, draft.case, command.item)
    fell = () if _stands(draft, map(step_of, reached)) else _fallen_with_the_end(plan, draft.case, draft.calendars)
    again = dict.fromkeys((*reached, *revived(plan, draft.case, draft.today, fell)))
    event = owed_again(draft, tuple(again), reason, due, unmet=command.never_done)
    is_counted = rule is not None and rule.times is not None
    draft.emit(replace(event, reopened={command.item: state.reopened + 1} if is_counted else {}))
    if pending := tuple(item for item in fell if item not in again):
        draft.emit(e.ItemsPending(pending))


def _fallen_with_the_end(plan: Plan, case: Case, calendars: Calendars) -> tuple[str, ...]:
    """What was not needed only because the case ended, or ends, in the order of the process; else nothing."""
    ends = bool(case.closing) and endings_taken_back_owe_what_fell(case)
    if not (case.status is CaseStatus.ENDED or ends) or not a_revived_case_owes_what_fell(case):
        return ()
    going_on = replace(case, status=CaseStatus.OPEN, ending="", ended=None, closing="", closing_since=None)
    fallen: list[str] = []
    for step in plan.order:
        for item in plan.items(step, case):
            state = case.items.get(item)
            if state is None or state.status is not Status.NOT_NEEDED:
                continue
            if decide_step(plan, going_on, step, key_of(item), calendars=calendars).routing is not Routing.NOT_NEEDED:
                fallen.append(item)
                going_on = with_items(going_on, {item: replace(state, status=Status.PENDING)})
    return tuple(fallen)


def _unusable_day(draft: Draft, item: str, due: date) -> list[str]:
    """What is wrong with a day that somebody gives for work that is owed again."""
    wrong = list(far_day_problems(due, draft.today, draft.calendars))
    if due < draft.today:
        wrong.append(f"{day_words(due)} is over. Give a day on which it can still be done.")
    return wrong + past_a_national_limit(draft.plan, _with_limits_again(draft, item), item, due)


def _with_limits_again(draft: Draft, item: str) -> Case:
    """The case with the time limits running that this item met and whose day is not over: they run again with it."""
    ended = {name: draft.case.items[name] for name in ended_limits(draft.plan, draft.case, {step_of(item)})}
    met = {name: state for name, state in ended.items() if state.status is Status.DONE}
    ahead = {name: state for name, state in met.items() if state.due is not None and state.due >= draft.today}
    return with_items(draft.case, {name: replace(state, status=Status.OPEN) for name, state in ahead.items()})


def can_be_reopened(plan: Plan, case: Case, item: str, today: date, calendars: Calendars) -> bool:
    """Whether somebody may have this owed again: a person did it or passed over it, not as often as may be, in time."""
    rule = reopenings_of(plan.definition.process, step_of(item))
    if not _was_done(case, item) or plan.is_automatic(step_of(item)):
        return False
    seldom = rule is None or rule.times is None or case.items[item].reopened < rule.times
    return seldom and not too_late_to_reopen(plan, case, item, step_of(item), today, calendars)


def _was_done(case: Case, item: str) -> bool:
    return item in case.items and case.items[item].status in REOPENED
