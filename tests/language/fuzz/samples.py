"""Files with every key that a model has, made from the models themselves, so that a new key is in them at once."""

import re
from functools import cache
from typing import Any

from reviewflow.language.folder.kinds import CALENDARS, FILES, FOLDERS, KINDS

MOST_DEEP = 5
TEXTS = (
    "agency_return",
    "reviews@police.example.org",
    "police.example.org",
    "TOY-{year}-{number}",
    "2026-12-18",
    "2026-12-21 to 2027-01-01",
    "09:30",
    "school days",
    "agency",
    "tasks/read_papers",
    "give.actions",
    "yes",
    "1",
    "at least 1",
    "on opened",
    "15 working days",
)
"""Texts of which one fits every pattern of the language that no example is given with."""
OWN_CALENDARS = {"proclaimed_until": "2028-12-31", "england": {"add": {"2027-06-03": "Jubilee"}, "remove": []}}
"""The only file that has no model."""


def files() -> dict[str, Any]:
    """A file of each kind by its place, with every key that its model has, as plain values."""
    whole = {place_of(kind): whole_file(kind) for kind in KINDS}
    return {**whole, CALENDARS: OWN_CALENDARS}


def place_of(kind: str) -> str:
    single = {name: file for file, name in FILES.items()}
    folders = {name: folder for folder, name in FOLDERS.items()}
    return single[kind] if kind in single else f"{folders[kind]}/toy.yaml"


def whole_file(kind: str) -> dict[str, Any]:
    schema = _schema(kind)
    made = _made(schema, schema.get("$defs", {}), 0)
    return {**made, kind: "toy"} if kind not in FILES.values() else made


@cache
def planted() -> tuple[tuple[str, str, Any], ...]:
    """Every key of every model with its model's name and a value that fits it."""
    keys: dict[tuple[str, str], Any] = {}
    for kind in KINDS:
        schema = _schema(kind)
        parts = {KINDS[kind].__name__: schema, **schema.get("$defs", {})}
        for name, part in parts.items():
            for key, value in part.get("properties", {}).items():
                keys.setdefault((name, key), _made(value, schema.get("$defs", {}), 4))
    return tuple((name, key, value) for (name, key), value in keys.items())


@cache
def _schema(kind: str) -> dict[str, Any]:
    return KINDS[kind].model_json_schema(by_alias=True)


def _made(schema: Any, parts: dict[str, Any], depth: int) -> Any:
    """A value of this schema: names with values as long as there is room, then what is flat."""
    if "$ref" in schema:
        return _made(parts[schema["$ref"].rpartition("/")[2]], parts, depth)
    if choices := [choice for choice in schema.get("anyOf", schema.get("oneOf", ())) if choice != {"type": "null"}]:
        rich = [choice for choice in choices if "$ref" in choice or choice.get("type") in ("object", "array")]
        return _made((rich if depth < MOST_DEEP and rich else choices)[0], parts, depth)
    match schema.get("type"):
        case "object" if "properties" in schema:
            needed = schema.get("required", ())
            keys = {key: value for key, value in schema["properties"].items() if depth < MOST_DEEP or key in needed}
            return {key: _made(value, parts, depth + 1) for key, value in keys.items()}
        case "object":
            return _entries(schema, parts, depth)
        case "array":
            return [_made(schema.get("items") or schema["prefixItems"][0], parts, depth + 1)]
        case _:
            return _text(schema)


def _entries(schema: Any, parts: dict[str, Any], depth: int) -> dict[str, Any]:
    pattern, value = next(iter(schema.get("patternProperties", {}).items()), ("", None))
    key = _text({"pattern": pattern, **schema.get("propertyNames", {})})
    value = value or schema.get("additionalProperties")
    return {key: _made(value, parts, depth + 1) if isinstance(value, dict) else "text"}


def _text(schema: Any) -> str:
    said = [*map(str, schema.get("enum", ())), *map(str, schema.get("examples", ()))]
    if "const" in schema or said:
        return str(schema.get("const", said[0] if said else ""))
    pattern = schema.get("pattern", "")
    return next((text for text in TEXTS if re.search(pattern, text)), "1") if schema.get("type") != "integer" else "1"
