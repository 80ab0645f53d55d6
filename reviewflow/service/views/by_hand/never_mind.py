"""A form that may also be put away: by whoever asked for it and wants nothing after all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NEVER_MIND = "never_mind"
PUT_AWAY = "Never mind"
"""The name of the state of a run whose form was put away."""
QUESTION = {
    "type": "boolean",
    "title": "Never mind: nothing is to be done",
    "description": "The form goes away, and nothing is recorded. Then nothing else needs to be filled in.",
    "default": False,
}


def with_never_mind(form: Mapping[str, Any]) -> dict[str, Any]:
    """The form with that question at its end; what is required else is not required then."""
    properties = {**form["properties"], NEVER_MIND: {**QUESTION, "position": len(form["properties"])}}
    rest = {name: part for name, part in form.items() if name not in {"properties", "required"}}
    chosen = {"properties": {NEVER_MIND: {"const": True}}, "required": [NEVER_MIND]}
    required = list(form.get("required", ()))
    something = {name: {"not": {"type": "null"}} for name in required}  # Prefect sends null for what was left empty
    return {**rest, "properties": properties, "if": chosen, "else": {"required": required, "properties": something}}


def is_put_away(answers: Mapping[str, object] | None) -> bool:
    """Whether the form was answered with that."""
    return answers is not None and answers.get(NEVER_MIND) is True
