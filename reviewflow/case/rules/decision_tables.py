"""Choosing with a decision table: the table recommends, people decide, and what they decide instead is recorded."""

from __future__ import annotations

from collections.abc import Mapping

from reviewflow.case.model.state import Answer
from reviewflow.language.model import DecisionTable
from reviewflow.language.structure.tables import BECAUSE, DECISION, INSTEAD, RECOMMENDED, recommend


def decide(table: DecisionTable, answers: Mapping[str, Answer]) -> tuple[dict[str, Answer], list[str]]:
    """The answers with what was recommended and decided, and what is wrong with the decision."""
    found = recommend(table, answers)
    decided = str(answers.get(DECISION, found.outcome))
    asked = {name: answer for name, answer in answers.items() if name not in {DECISION, INSTEAD}}
    kept: dict[str, Answer] = {**asked, RECOMMENDED: found.outcome, BECAUSE: found.because, DECISION: decided}
    if decided == found.outcome:
        return kept, []
    title, because = table.outcomes[found.outcome].title, found.because.rstrip(".")
    if found.must:
        words = f'{DECISION}: there is no choice here: "{title}" must follow. {because}. Leave this empty.'
        return kept, [words]
    if INSTEAD not in answers:
        other = table.outcomes[decided].title
        words = f'{INSTEAD}: "{title}" is recommended. {because}. Say why "{other}" is decided instead.'
        return kept, [words]
    return {**kept, INSTEAD: answers[INSTEAD]}, []
