"""A form that may also be put away: by whoever asked for it and wants nothing after all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

ASKED = "form"
"""The one property of such a form. It has two shapes, which Prefect's pages offer side by side."""
NEVER_MIND = "never_mind"
PUT_AWAY = "Never mind"
"""The name of the state of a run whose form was put away, and of the second shape."""
CHOICE = {
    "type": "boolean",
    "title": "Nothing is to be done",
    "description": "The form goes away with what was typed in it, and nothing is recorded.",
    "default": True,
}
FILL_IN = "Fill in"
NOTHING = {"type": "object", "title": PUT_AWAY, "properties": {NEVER_MIND: CHOICE}}


def with_never_mind(form: Mapping[str, Any]) -> dict[str, Any]:
    """The form as one of two shapes: itself, and that nothing is to be done, of which nothing else is asked.

    Prefect's pages mark what a shape requires. But of answers that fit no shape they say only that, and not which
    question lacks what: so any answers fit the second shape, and what the form demands is demanded once more beside it.
    """
    title, about = str(form["title"]), {key: form[key] for key in ("description",) if key in form}
    shape = {key: value for key, value in form.items() if key not in about}
    put_away = {"properties": {ASKED: {"properties": {NEVER_MIND: {"const": True}}, "required": [NEVER_MIND]}}}
    return {
        "type": "object",
        "title": title,
        "properties": {
            ASKED: {"title": title, **about, "default": {}, "anyOf": [{**shape, "title": FILL_IN}, NOTHING]}
        },
        "required": [ASKED],
        "allOf": [{"if": put_away, "else": {"properties": {ASKED: _demands(form)}}}],
    }


def _demands(form: Mapping[str, Any]) -> dict[str, Any]:
    """What Prefect demands of the answers of a form that stands alone; it sends null for what was left empty."""
    required = form.get("required", ())
    parts = {name: {**part, **(_demands(part) if "properties" in part else {})} for name, part in _parts(form)}
    properties = {
        name: part if name in required else {"if": {"type": "null"}, "else": part} for name, part in parts.items()
    }
    return {"properties": properties, "required": list(required)}


def _parts(form: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    properties: Mapping[str, Mapping[str, Any]] = form["properties"]
    return properties.items()


def answers_of_form(answers: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The answers as the form itself asks them; those of a form that an earlier version laid out are so already."""
    asked = None if answers is None else answers.get(ASKED)
    return asked if isinstance(asked, dict) else answers


def is_put_away(answers: Mapping[str, object] | None) -> bool:
    """Whether the form was answered with that."""
    return answers is not None and answers.get(NEVER_MIND) is True
