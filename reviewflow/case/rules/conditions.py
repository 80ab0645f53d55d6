"""Whether a condition holds, given the answers so far."""

from __future__ import annotations

from reviewflow.case.model.ids import item_id
from reviewflow.case.model.state import WAS_DONE, Answer, Answers, Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.conditions import AllOf, AnyOf, Is, Many, Not, Test


def evaluate(plan: Plan, case: Case, test: Test, key: str) -> bool:
    """Whether a condition over the case holds for the owner `key`; a question that nobody answered matches nothing."""
    match test:
        case Is():
            return _matches(plan, case, test, key)
        case AllOf(parts):
            return all(evaluate(plan, case, part, key) for part in parts)
        case AnyOf(parts):
            return any(evaluate(plan, case, part, key) for part in parts)
        case Not(part):
            return not evaluate(plan, case, part, key)


def _matches(plan: Plan, case: Case, test: Is, key: str) -> bool:
    if test.many is Many.ONE:
        mine = item_id(test.step, key)
        states = [case.items.get(mine) or case.items.get(test.step)]
    else:
        states = [case.items.get(item) for item in plan.items(test.step, case)]
    answered = [state.answers for state in states if state is not None and state.status in WAS_DONE]
    matches = [_among(answers.get(test.field), test.values) for answers in answered]
    match test.many:
        case Many.EVERY:
            return bool(matches) and all(matches)
        case Many.ENOUGH:
            return bool(matches) and sum(matches) >= _enough(plan, case, test.step)
        case Many.ONE | Many.ANY:
            return any(matches)


def _enough(plan: Plan, case: Case, step: str) -> int:
    """How many of a step's owners its quorum asks for."""
    quorum = plan.steps[step].quorum
    return quorum.number if quorum and quorum.number else len(plan.items(step, case))


def _among(answer: Answer | None, values: tuple[str, ...]) -> bool:
    if isinstance(answer, list):
        return any(isinstance(choice, str) and choice in values for choice in answer)
    return answer is not None and str(answer) in values


def evaluate_answers(test: Test, answers: Answers) -> bool:
    """Whether a condition over a step's own form holds, given its answers."""
    match test:
        case Is(field=field, values=values):
            return _among(answers.get(field), values)
        case AllOf(parts):
            return all(evaluate_answers(part, answers) for part in parts)
        case AnyOf(parts):
            return any(evaluate_answers(part, answers) for part in parts)
        case Not(part):
            return not evaluate_answers(part, answers)
