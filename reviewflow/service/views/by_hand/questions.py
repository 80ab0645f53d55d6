"""The questions that forms of decisions share, and how their answers are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.answers.typed import NOTE_LENGTH, REFERENCE_LENGTH
from reviewflow.language.model import ANSWERED_BY, NOT_IDENTIFYING
from reviewflow.language.phrases import PhraseError, parse_day
from reviewflow.privacy import NAME_NOBODY

DAY, SINCE, POST, REASON = "day", "since", "post", "reason"

Questions = dict[str, dict[str, Any]]
"""Properties of a JSON Schema, by name, in their order."""


WHY_NOT_IDENTIFYING: Mapping[str, Any] = {
    "type": "string",
    "title": "Was a text refused that could identify nobody? Say why",
    "description": "Only then. It stands in the history, before the text as it was typed.",
    "maxLength": NOTE_LENGTH,
}
"""The question by which somebody has a text let in; asked wherever there are words of one's own."""


def choice_question(title: str, options: Iterable[str]) -> dict[str, Any]:
    """One of these, to be chosen."""
    return {"type": "string", "title": title, "enum": list(options)}


def day_question(title: str, description: str) -> dict[str, Any]:
    """A day, from a calendar."""
    return {"type": "string", "format": "date", "title": title, "description": description}


def written_questions(why: str, who: str) -> Questions:
    """Why, in words that name nobody, who decides it, and what lets in a text that could identify nobody."""
    kept = f"It stands in the history of the case. {NAME_NOBODY}"
    reason = {"type": "string", "title": why, "description": kept, "minLength": 2, "maxLength": NOTE_LENGTH}
    return {REASON: reason, ANSWERED_BY: who_question(who), NOT_IDENTIFYING: dict(WHY_NOT_IDENTIFYING)}


def who_question(title: str) -> dict[str, Any]:
    """Who answers."""
    post = "Your post and agency, as it shall stand in the history"
    return {"type": "string", "title": title, "description": post, "minLength": 2, "maxLength": REFERENCE_LENGTH}


def as_schema(title: str, questions: Questions, required: Iterable[str]) -> dict[str, Any]:
    """The form of these questions, in their order; why and who are always required."""
    properties = {name: {**question, "position": at} for at, (name, question) in enumerate(questions.items())}
    return {"type": "object", "title": title, "properties": properties, "required": [*required, REASON, ANSWERED_BY]}


def read_day(answers: Mapping[str, object], name: str = DAY, title: str = "To which day") -> date | None:
    """The day that was chosen, if any; raises Refused when it cannot be read."""
    day = answers.get(name)
    try:
        return parse_day(str(day)[:10]) if day else None
    except PhraseError as error:
        raise Refused([f"{title}: {error}"], "Nothing was changed. Correct this and send it again.") from error


def needed_day(answers: Mapping[str, object], chosen: str) -> date:
    """The day that was chosen; raises Refused when there is none."""
    day = read_day(answers)
    if day is None:
        raise Refused([f'A day is needed for "{chosen}".'], "Nothing was changed. Say the day in the new form.")
    return day


def role_named(title: object, posts: Mapping[str, str]) -> str:
    """The name of the post with this title; '' where none was chosen."""
    return next((name for name, known in posts.items() if known == title), "")
