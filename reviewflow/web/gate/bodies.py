"""What may stand in what people send to Prefect: what the forms of both of its interfaces send, and nothing else.

Prefect itself takes far more there: what a worker runs and where, any state, templates that it fills in. Each function
says why a body is refused; '' lets it through. Bodies are as `read_body` gives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

BEGUN_BY_PEOPLE = ("open-case", "change-a-case", "verify-actions", "chase")
"""The deployments that officers begin. All others are begun by the software, and one of them believes a moment."""
UNREADABLE = "What was sent could not be read."
NOT_FOR_PEOPLE = "This is begun by the software alone."
NO_TEMPLATES = "Type the answer itself: templates and variables are not filled in here."
NO_MORE = "Only what the form asks can be sent: {}."
AS_IT_IS = "This cannot be set here: {}. Leave it as it was on the page, and press the button again."
SCHEMA = "These rules of a form are not ours, so nothing was checked by them."
DEEPEST, LONGEST_TEXT, MOST_TAGS = 20, 500, 20
OUR_PATTERNS = frozenset({"^([01]?[0-9]|2[0-3]):[0-5][0-9]$"})
"""What our own forms hold an answer against, a time of day. Any other could keep Prefect's server at work for ever."""
_ITSELF = ("none", "json")
_BEGIN = ("name", "parameters", "state", "tags", "work_queue_name", "job_variables", "enforce_parameter_schema")
_STATE = ("type", "name", "message", "state_details")


def read_body(raw: bytes) -> object:
    """What was sent, None for nothing; raises ValueError when it is no JSON, or nested as no form is."""
    if not raw.strip():
        return None
    try:
        body: object = json.loads(raw, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError(UNREADABLE) from error
    if any(depth > DEEPEST for depth, _ in _inside(body)):
        raise ValueError(UNREADABLE)
    return body


def refuse_answer(body: object) -> str:
    """Of `resume`: the answers of a form. Which of them there are, and of what kind, Prefect holds against the form."""
    if body is None:
        return ""
    if not isinstance(body, dict) or set(body) - {"run_input"}:
        return NO_MORE.format("the answers of the form")
    answers = body.get("run_input")
    return NO_MORE.format("the answers of the form") if not isinstance(answers, dict | None) else _templates(answers)


def refuse_begin(body: object, deployment: Mapping[str, object]) -> str:
    """Of `create_flow_run`: the answers of its form, a name, tags, a later time; `deployment` is as Prefect has it."""
    if deployment.get("name") not in BEGUN_BY_PEOPLE:
        return NOT_FOR_PEOPLE
    if not isinstance(body, dict | None):
        return UNREADABLE
    begun = body or {}
    strange = [key for key, value in begun.items() if key not in _BEGIN and not _is_nothing(value)]
    own = [key for key in _BEGIN[4:] if not _is_nothing(begun.get(key)) and begun[key] != deployment.get(key)]
    if begun.get("enforce_parameter_schema") is False and deployment.get("enforce_parameter_schema") is not False:
        own.append("enforce_parameter_schema")
    if strange or own:
        return AS_IT_IS.format(", ".join(key[:40] for key in (strange + own)[:3]))
    return _parameters(begun.get("parameters"), deployment) or _said(begun) or _state(begun.get("state"))


def refuse_check(body: object) -> str:
    """Of `ui/schemas/validate`: the rules of one of our forms, and answers that are held against them."""
    if not isinstance(body, dict) or set(body) - {"schema", "values"}:
        return UNREADABLE
    schema = body.get("schema")
    if not isinstance(schema, dict):
        return UNREADABLE
    shared = [schema[key] for key in ("definitions", "$defs") if key in schema]
    grows = any(_refers(inside) for _, inside in _inside(shared))
    strange = any(_is_strange(inside) for _, inside in _inside(schema))
    return SCHEMA if grows or strange else _templates(body.get("values"))


def _parameters(parameters: object, deployment: Mapping[str, object]) -> str:
    schema = deployment.get("parameter_openapi_schema")
    asked = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(parameters, dict | None):
        return UNREADABLE
    if set(parameters or ()) - set(asked or ()):
        return NO_MORE.format(", ".join(asked or ()) or "nothing")
    long = [text for _, text in _inside(parameters) if isinstance(text, str) and len(text) > LONGEST_TEXT]
    return UNREADABLE if long else _templates(parameters)


def _said(begun: Mapping[str, object]) -> str:
    name, tags = begun.get("name"), begun.get("tags")
    if not _is_text(name):
        return AS_IT_IS.format("name")
    fits = isinstance(tags, list | None) and len(tags or ()) <= MOST_TAGS and all(map(_is_text, tags or ()))
    return "" if fits else AS_IT_IS.format("tags")


def _state(state: object) -> str:
    """A run that is begun is due: at once or later. A state of another kind would wait with a form that nobody made."""
    if state is None:
        return ""
    if not isinstance(state, dict) or str(state.get("type")).upper() != "SCHEDULED":
        return AS_IT_IS.format("state")
    details = state.get("state_details")
    strange = any(not _is_nothing(value) for key, value in state.items() if key not in _STATE)
    if strange or not isinstance(details, dict | None) or not all(_is_text(state.get(key)) for key in _STATE[1:3]):
        return AS_IT_IS.format("state")
    later = any(not _is_nothing(value) for key, value in (details or {}).items() if key != "scheduled_time")
    return "" if not later and _is_moment((details or {}).get("scheduled_time")) else AS_IT_IS.format("state")


def _templates(values: object) -> str:
    """The forms can write an answer as JSON; what Prefect would fill in from a template or a variable is refused."""
    kinds = [inside["__prefect_kind"] for _, inside in _inside(values) if _has_kind(inside)]  # type: ignore[index]
    return "" if all(kind in _ITSELF for kind in kinds) else NO_TEMPLATES


def _has_kind(value: object) -> bool:
    return isinstance(value, dict) and value.get("__prefect_kind") is not None


def _inside(value: object) -> Iterator[tuple[int, object]]:
    """The value and all that is in it, each with how deep it lies."""
    waiting = [(0, value)]
    while waiting:
        depth, inside = waiting.pop()
        yield depth, inside
        if depth <= DEEPEST and isinstance(inside, dict | list):
            below = inside.values() if isinstance(inside, dict) else inside
            waiting += [(depth + 1, part) for part in below]


def _is_nothing(value: object) -> bool:
    """Whether it says nothing at any depth: forms send such for what they do not ask."""
    return all(not part or isinstance(part, dict | list) for _, part in _inside(value))


def _refers(inside: object) -> bool:
    return isinstance(inside, dict) and "$ref" in inside


def _is_strange(inside: object) -> bool:
    """Whether these rules of a form could keep Prefect's server at work: what refers to itself, and any pattern.

    A field may be named pattern too; then its rules stand there, which are looked at by themselves.
    """
    if not isinstance(inside, dict):
        return False
    pattern, refers = inside.get("pattern"), inside.get("$ref")
    ours = pattern is None or isinstance(pattern, dict) or (isinstance(pattern, str) and pattern in OUR_PATTERNS)
    shared = refers is None or (isinstance(refers, str) and refers.startswith(("#/definitions/", "#/$defs/")))
    return not ours or not shared or bool(set(inside) & {"patternProperties", "$id", "$dynamicRef", "$recursiveRef"})


def _is_text(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= LONGEST_TEXT)


def _is_moment(value: object) -> bool:
    if value is None:
        return True
    try:
        return bool(datetime.fromisoformat(str(value)))
    except ValueError:
        return False


def _no_number(_: str) -> object:
    raise ValueError(UNREADABLE)
