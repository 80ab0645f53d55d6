"""Decision tables: which row recommends, and what a step that chooses with one asks and keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewflow.language.conditions import holds_for
from reviewflow.language.model import DecisionTable, FieldType, FormField, FormFields

DECISION, INSTEAD = "decision", "instead_because"
RECOMMENDED, BECAUSE = "recommended", "because"
OWN = {
    DECISION: "what is decided",
    INSTEAD: "why something else is decided",
    RECOMMENDED: "what the table recommends",
    BECAUSE: "why it does",
}
"""What a step that chooses keeps besides the answers to the table's questions."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    row: int
    outcome: str
    because: str
    must: bool
    """The law leaves no choice."""


def recommend(table: DecisionTable, answers: Mapping[str, object]) -> Recommendation:
    """The first row whose condition holds; a table that has passed `check` has one for all answers."""
    given = {name: _chosen(answer) for name, answer in answers.items()}
    for number, row in enumerate(table.rows):
        if row.when is None or holds_for(row.when, given):
            return Recommendation(number, row.recommend, row.because, row.must)
    raise LookupError(f"No row of {table.table} holds.")


def _chosen(answer: object) -> frozenset[str]:
    return frozenset(map(str, answer if isinstance(answer, list) else [answer]))


def questions_of(table: DecisionTable) -> FormFields:
    """What a step asks that chooses with this table."""
    return {
        **table.questions,
        DECISION: FormField(
            type=FieldType.CHOICE,
            label="What is decided",
            help="Leave empty to take what the answers recommend",
            options=_titles(table),
            required=False,
        ),
        INSTEAD: FormField(
            type=FieldType.NOTE,
            label="Why this is decided instead",
            help="Needed when something else is decided than what is recommended",
            required=False,
        ),
    }


def recorded_of(table: DecisionTable) -> FormFields:
    """What such a step keeps: its questions and what was recommended, each with its label."""
    recommended = FormField(type=FieldType.CHOICE, label="Recommended", options=_titles(table))
    return {
        **questions_of(table),
        RECOMMENDED: recommended,
        BECAUSE: FormField(type=FieldType.NOTE, label="Recommended because"),
    }


def _titles(table: DecisionTable) -> dict[str, str]:
    return {name: outcome.title for name, outcome in table.outcomes.items()}
