"""Whether a condition over the form of one step holds, by the answers to it alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reviewflow.case.model.state import Answer, Answers
from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test
from reviewflow.language.phrases.comparisons import answer_matches


def evaluate_answers(test: Test, answers: Answers) -> bool:
    """Whether a condition over a step's own form holds, given its answers."""
    match test:
        case Is(field=field, values=values):
            return among(answers.get(field), values, {})
        case AllOf(parts):
            return all(evaluate_answers(part, answers) for part in parts)
        case AnyOf(parts):
            return any(evaluate_answers(part, answers) for part in parts)
        case Not(part):
            return not evaluate_answers(part, answers)


def among(answer: Answer | None, values: tuple[str, ...], dates: Mapping[str, date]) -> bool:
    """Whether an answer is one of these values."""
    return answer is not None and any(answer_matches(value, answer, dates) for value in values)
