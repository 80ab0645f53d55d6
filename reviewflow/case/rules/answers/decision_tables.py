"""Choosing with a decision table: the table recommends, people decide, and a reason is recorded when they differ."""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.case.model.state import Answer
from reviewflow.language.model import DecisionTable
from reviewflow.language.structure.tables import BECAUSE, DECISION, INSTEAD, RECOMMENDED, recommend


def decide(table: DecisionTable, answers: Mapping[str, Answer]) -> tuple[dict[str, Answer], list[str]]:
    """The answers with what was recommended and decided, and a sentence for each thing wrong with the decision."""
    recommendation = recommend(table, answers)
    decided = str(answers.get(DECISION, recommendation.outcome))
    asked = {name: answer for name, answer in answers.items() if name not in {DECISION, INSTEAD}}
    recorded: dict[str, Answer] = {
        **asked,
        RECOMMENDED: recommendation.outcome,
        BECAUSE: recommendation.because,
        DECISION: decided,
    }
    if decided == recommendation.outcome:
        return recorded, []
    title, because = table.outcomes[recommendation.outcome].title, recommendation.because.rstrip(".")
    if recommendation.must:
        words = f'{DECISION}: there is no choice here: "{title}" must follow. {because}. Leave this empty.'
        return recorded, [words]
    if INSTEAD not in answers:
        other = table.outcomes[decided].title
        words = f'{INSTEAD}: "{title}" is recommended. {because}. Say why "{other}" is decided instead.'
        return recorded, [words]
    return {**recorded, INSTEAD: answers[INSTEAD]}, []
