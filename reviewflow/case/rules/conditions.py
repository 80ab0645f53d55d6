"""Whether a condition holds, given the answers so far: yes, no, or not decided yet.

A question that is still to be answered is not decided, and nothing follows from it: neither that the answer is yes nor
that it is not. A question that was settled without an answer (its step was not needed, was skipped, was agreed by
silence, or its owner left) can never be answered: whatever is asked of it does not hold, and `not` of that holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewflow.calendar import Calendars
from reviewflow.case.model.ids import ItemId, item_id, key_of
from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Item, Row, Status, is_finished
from reviewflow.case.plan.own_answers import among
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import unanswered_is_not_decided
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.case.rules.worked_out import answering, lies_apart, sum_of_answers
from reviewflow.language.conditions import MET, MISSED, AllOf, AnyOf, Is, Many, Not, Test, leaves
from reviewflow.language.model import EACH
from reviewflow.language.phrases import Quorum
from reviewflow.language.phrases.comparisons import comparison_of

Verdict = bool | None
"""Whether a condition holds; None while that is not decided."""
NO_LINE: Row = {}


def evaluate(plan: Plan, case: Case, test: Test, item: str, line: Row = NO_LINE, *, calendars: Calendars) -> Verdict:
    """Whether a condition over the case holds for `item`; None while its answers do not decide it yet.

    `item` is what asks: answers of its own owner count where each has their own, and working days in its calendar; ''
    for an ending. `line` is that of the table which the owner has, by column: `each.relevant` asks it.
    """
    match test:
        case Is(step=step, field=field, values=values) if step == EACH:
            return among(line.get(field), values, case.dates) if line else None
        case Is():
            return _matches(plan, case, test, item, calendars)
        case AllOf(parts):
            return _all(evaluate(plan, case, part, item, line, calendars=calendars) for part in parts)
        case AnyOf(parts):
            verdicts = (evaluate(plan, case, part, item, line, calendars=calendars) for part in parts)
            return _opposite(_all(map(_opposite, verdicts)))
        case Not(part):
            return _opposite(evaluate(plan, case, part, item, line, calendars=calendars))


def step_is_needed(plan: Plan, case: Case, item: str, *, calendars: Calendars) -> Verdict:
    """Whether the condition of a step holds for an item, by the answers and by its own line; True without one."""
    name, key = ItemId.parse(item)
    when = plan.steps[name].when
    return True if when is None else evaluate(plan, case, when, item, plan.line(name, case, key), calendars=calendars)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    parts = list(verdicts)
    return False if False in parts else None if None in parts else True


def _opposite(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def is_decided(plan: Plan, case: Case, when: Test, item: str, line: Row = NO_LINE, *, calendars: Calendars) -> bool:
    """Whether the answers decide a condition for what asks it. In older cases: whether all of them are there."""
    if unanswered_is_not_decided(case):
        return evaluate(plan, case, when, item, line, calendars=calendars) is not None
    asked = (leaf for leaf in leaves(when) if leaf.step != EACH)
    return all(is_finished(case, other) for leaf in asked for other in _answering(plan, case, leaf, key_of(item)))


def _answering(plan: Plan, case: Case, leaf: Is, key: str) -> tuple[str, ...]:
    """The items whose answers a question is about: of this owner where each has its own, else all of the step."""
    if not leaf.step:
        return (leaf.field,)
    if leaf.far is not None:
        return tuple(answering(case, end.name, key) for end in leaf.far.answers)
    mine, items = item_id(leaf.step, key), plan.items(leaf.step, case)
    return (mine,) if leaf.many in {Many.ONE, Many.SUM} and (mine in items or mine in case.items) else items


def _limit_matches(plan: Plan, case: Case, test: Is) -> Verdict:
    """Whether a time limit was met or missed, as asked; what was skipped or not needed was neither."""
    came = limit_came(plan, case, test.field)
    if came or is_finished(case, test.field) or not unanswered_is_not_decided(case):
        return came in test.values
    return None


def _matches(plan: Plan, case: Case, test: Is, asking: str, calendars: Calendars) -> Verdict:
    if not test.step:
        return _limit_matches(plan, case, test)
    key = key_of(asking)
    states = [case.items.get(item) for item in _answering(plan, case, test, key)]
    matches = [
        among(state.answers.get(test.field), test.values, case.dates)
        for state in states
        if state is not None and state.status in WAS_DONE
    ]
    match test.many:
        case Many.EVERY:
            holds, for_good = bool(matches) and all(matches), not all(matches)
        case Many.ENOUGH:
            holds = for_good = bool(matches) and _enough(plan, case, test, key)
        case Many.AT_LEAST:
            holds = for_good = sum(matches) >= test.number
        case Many.ONE | Many.ANY:
            holds = for_good = any(matches)
        case Many.MORE | Many.AS_MANY:
            holds, for_good = _votes_say(test, case, states), False
        case Many.SUM:
            holds, for_good = _compares(sum_of_answers(states, test.field, test.column), test), False
        case Many.APART:
            apart = lies_apart(plan, case, test.far, asking, calendars) if test.far else None
            holds, for_good = _compares(apart, test), False
    if for_good or not unanswered_is_not_decided(case) or all(map(_is_settled, states)):
        return holds
    return None


def _votes_say(test: Is, case: Case, states: Iterable[Item | None]) -> bool:
    """Whether more gave the first answer than the second; or as many, where anybody gave either. Of settled votes."""
    given = [state.answers.get(test.field) for state in states if state is not None and state.status in WAS_DONE]
    first, second = (sum(among(answer, (value,), case.dates) for answer in given) for value in test.values)
    return first > second if test.many is Many.MORE else first == second > 0


def _compares(number: float | None, test: Is) -> bool:
    """Whether a number that was worked out compares so; not where there is none, because nobody was asked."""
    compared = (comparison_of(value) for value in test.values)
    return number is not None and any(
        each.holds(number, each.than) for each in compared if each and isinstance(each.than, float)
    )


def _is_settled(state: Item | None) -> bool:
    return state is not None and state.status in FINISHED


def _enough(plan: Plan, case: Case, test: Is, key: str) -> bool:
    """Whether those who answered so make the quorum of their step; without one all must."""
    asked = _answering(plan, case, test, key)
    answered = {item: case.items[item].answers for item in asked if item in case.items and _was_done(case, item)}
    agreeing = [item for item in answered if among(answered[item].get(test.field), test.values, case.dates)]
    return (plan.definition.quorum(test.step) or Quorum()).is_met([key_of(item) for item in agreeing], len(asked))


def _was_done(case: Case, item: str) -> bool:
    return case.items[item].status in WAS_DONE


def limit_came(plan: Plan, case: Case, limit: str) -> str:
    """Whether a time limit was MET or MISSED; '' while its step is not done, and when it was skipped or not needed."""
    state = case.items.get(limit)
    if state is None or limit not in plan.limits or state.due is None:
        return ""
    if state.status is Status.DONE and state.done is not None:
        return MISSED if is_over(state.due, state.by, state.done, state.at) else MET
    watched = plan.as_they_meet(limit, case, plan.watched(limit, case))
    done = [item for item in watched if item is not None and item.status is Status.DONE and item.done is not None]
    if state.status is not Status.OPEN or not done or not all(item and item.status in FINISHED for item in watched):
        return ""
    late = any(item.done and is_over(state.due, state.by, item.done, item.at) for item in done)
    return MISSED if late else MET
