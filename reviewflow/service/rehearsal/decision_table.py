"""`reviewflow choose`: what a decision table recommends for these answers, and why, without a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answer
from reviewflow.case.rules.answers.form_answers import read_answers
from reviewflow.language.problem import DefinitionError
from reviewflow.language.structure.tables import recommend
from reviewflow.language.suggestions import suggestion
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.errors import NotUsable
from reviewflow.text import listing


@dataclass(frozen=True, slots=True)
class Recommended:
    """What a decision table answers, and why."""

    table: str
    answers: Mapping[str, Answer]
    outcome: str
    title: str
    because: str
    must: bool
    """The law leaves no choice."""
    process: str | None
    """The process that carries it out."""
    help: str | None


def choose(files: DefinitionFiles, name: str, given: Mapping[str, object]) -> Recommended:
    """Raises NotUsable or DefinitionError when there is no such table, Refused when an answer is missing or wrong."""
    tables = files.library.tables
    wrong_files = [problem for problem in files.problems if name in tables and problem.file == tables[name].source.file]
    if wrong_files or ("table", name) in files.library.broken:
        raise DefinitionError(wrong_files or files.problems)
    if name not in tables:
        raise NotUsable(
            f'"{name}" is not a table.{suggestion(name, tables)}\nTables: {listing(sorted(tables), none="none")}.'
        )
    table = tables[name].model
    answers, wrong = read_answers(table.questions, given)
    if wrong:
        asked = [f"{name} ({question.label})" for name, question in table.questions.items()]
        raise Refused(wrong, f"This table asks: {listing(asked)}.")
    recommendation = recommend(table, answers)
    outcome = table.outcomes[recommendation.outcome]
    return Recommended(
        name,
        answers,
        recommendation.outcome,
        outcome.title,
        recommendation.because,
        recommendation.must,
        outcome.process,
        outcome.help,
    )
