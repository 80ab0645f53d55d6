"""A form that was refused, offered again with what was chosen and written. Why it was refused stands above it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reviewflow.case.rules.answers.typed import NOTE_LENGTH
from reviewflow.language.model import NOT_IDENTIFYING
from reviewflow.privacy import why_not_kept
from reviewflow.service.views.by_hand.questions import REASON

_OF_ACTIONS = ("why", "still_needed")
"""What is written of an action that is not verified."""


def offered_again(form: Mapping[str, Any], answers: Mapping[str, object]) -> dict[str, Any]:
    """The form with what was answered in it.

    Left out: who answered, and any text that might not be kept. Where the form waits, many may look.
    """
    properties = {name: dict(question) for name, question in form["properties"].items()}
    for name, question in properties.items():
        if (kept := _kept(name, question, answers.get(name))) is not None:
            question["default"] = kept
    return {**form, "properties": properties}


def _kept(name: str, question: Mapping[str, Any], answer: object) -> object:
    """What may be offered again of an answer; None for nothing."""
    if isinstance(answer, dict) and "properties" in question:
        parts = {part: _kept(part, asked, answer.get(part)) for part, asked in question["properties"].items()}
        return {part: kept for part, kept in parts.items() if kept is not None} or None
    if isinstance(answer, list):
        offered = question.get("items", {}).get("enum", ())
        return [entry for entry in answer if entry in offered]
    if not isinstance(answer, str):
        return None
    if "enum" in question:
        return answer if answer in question["enum"] else None
    if "format" in question:
        return answer if _is_moment(answer) else None
    written = name in {REASON, NOT_IDENTIFYING, *_OF_ACTIONS} and len(answer) <= NOTE_LENGTH
    return answer if written and why_not_kept(answer) is None else None


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
