"""Repeating steps: done, and owed again a rhythm later, until the step that ends their rounds is finished."""

from __future__ import annotations

from datetime import date

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.state import WAS_DONE, Case, Status, is_finished
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import rounds_are_over_on_the_day_of_their_end, rounds_stop_line_by_line


def is_repeating(plan: Plan, step: str) -> bool:
    """Whether a step repeats."""
    return plan.steps[step].repeats is not None


def rounds_over(plan: Plan, case: Case, item: str) -> bool:
    """Whether what ends the rounds of an item is finished: the whole step, or where the two pair up its own line.

    Also whether it was done as often as it may be at most, or an answer has ended them.
    """
    rhythm = plan.steps[step_of(item)].repeats
    if rhythm is None:
        return False
    if rhythm.at_most is not None and times_done(case, item) >= rhythm.at_most:
        return True
    if ended_by_answer(plan, case, item):
        return True
    return all(is_finished(case, until) for until in _ending(plan, case, item, rhythm.until))


def _ending(plan: Plan, case: Case, item: str, until: str) -> tuple[str, ...]:
    """The items with which the rounds of an item are over: of the whole step, or where the two pair up its own line."""
    own_line = plan.pairs(step_of(item), until) and rounds_stop_line_by_line(case)
    return (item_id(until, key_of(item)),) if own_line else plan.items(until, case)


def over_since(plan: Plan, case: Case, item: str) -> date | None:
    """The day on which what ends the rounds of an item was done; None where it was not done, but left out."""
    rhythm = plan.steps[step_of(item)].repeats
    if rhythm is None or not rounds_are_over_on_the_day_of_their_end(case):
        return None
    answering = ended_by_answer(plan, case, item)
    ending = (answering,) if answering else _ending(plan, case, item, rhythm.until)
    states = [case.items[name] for name in ending if name in case.items]
    days = [state.done for state in states if state.status in WAS_DONE and state.done is not None]
    return max(days) if days and len(days) == len(ending) else None


def ended_by_answer(plan: Plan, case: Case, item: str) -> str:
    """The item of which an answer ends the rounds of this one, where the two pair up its own line; '' while none does.

    As long as that answer stands: what is sent back has none.
    """
    step = step_of(item)
    for name, when in plan.rounds_end_by.get(step, ()):
        own_line = name == step or plan.pairs(step, name)
        for other in (item_id(name, key_of(item)),) if own_line else plan.items(name, case):
            state = case.items.get(other)
            if state is not None and state.status in WAS_DONE and evaluate_answers(when, state.answers):
                return other
    return ""


def times_done(case: Case, item: str) -> int:
    """How often an item that comes again was done so far; a round that was skipped is not counted."""
    state = case.items.get(item)
    if state is None:
        return 0
    counted = state.times if state.times is not None else state.round - 1 - len(state.passed_over)
    before = counted if state.turn or state.times else 0
    return before + (state.status is Status.DONE)


def rounds_behind(case: Case, item: str) -> int:
    """How many rounds of an item lie behind it, those that were skipped among them."""
    state = case.items.get(item)
    skipped = 0 if state is None else len(state.passed_over) + (state.status is Status.SKIPPED)
    return times_done(case, item) + skipped


def rounds_to_come(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """What must still be done before an item may be done, because it ends rounds of which there are to be so many.

    Nothing of what is not needed: nobody can do it.
    """
    step, short = step_of(item), []
    for name in plan.ended_by.get(step, ()):
        rhythm = plan.steps[name].repeats
        items = (item_id(name, key_of(item)),) if plan.pairs(name, step) else plan.items(name, case)
        fewest = rhythm.at_least if rhythm is not None else 0
        short += [other for other in items if times_done(case, other) < fewest and not is_finished(case, other)]
    return tuple(short)
