"""JSON Schema for editors, made from the model, so that completion, hover and checking say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reviewflow.language.folder.kinds import KINDS
from reviewflow.language.inheritance.overlay import REMOVED
from reviewflow.text import listing
from reviewflow.writing import write_whole

SHIPPED = Path(__file__).parent / "schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that every editor understands


def schema_text(kind: str) -> str:
    """The schema of one kind of file; raises ValueError for a kind there is none of."""
    if kind not in KINDS:
        raise ValueError(f'"{kind}" is not a kind of definition. Kinds: {listing(KINDS)}.')
    schema = _for_editors(KINDS[kind].model_json_schema(by_alias=True))
    whole = _inheriting(schema) if kind == "process" else schema
    return json.dumps({"$schema": DRAFT, **whole}, indent=2, ensure_ascii=False)


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write every schema; yields the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        path = folder / f"{kind}.schema.json"
        write_whole(path, f"{schema_text(kind)}\n".encode())
        yield path


def _for_editors(node: Any) -> Any:
    """A schema as an editor needs it.

    An editor's YAML sees numbers and yes/no where reviewflow reads text, so both must be right; nothing may be left
    empty; and a name that cannot be one is marked.
    """
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = _without_nothing({key: _for_editors(value) for key, value in node.items() if not _noise(key, value)})
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    written = _as_written(schema)
    if "enum" in written:
        del schema["const"], schema["type"]
    return {**schema, **written}


def _inheriting(schema: dict[str, Any]) -> dict[str, Any]:
    """A process that inherits may leave out what its bases bring, and remove what they have."""
    parts = schema.pop("$defs")
    overlaid = {f"{name}{_OVERLAID}": _overlaid(part, parts) for name, part in parts.items() if "properties" in part}
    inherits = {"anyOf": [{"required": ["extends"]}, {"required": ["groups"]}]}
    over = {**_overlaid(schema, parts), "required": ["language", "process", "version", "title"]}
    return {"$defs": {**parts, **overlaid}, "type": "object", "if": inherits, "then": over, "else": schema}


_OVERLAID = "LaidOver"


def _overlaid(node: Any, parts: dict[str, Any]) -> Any:
    match node:
        case {"$ref": str(ref), **more} if "properties" in parts[ref.rpartition("/")[2]]:
            return {"$ref": ref + _OVERLAID, **more}
        case {"anyOf": list(choices), **more} | {"oneOf": list(choices), **more}:
            return {"anyOf": [_overlaid(choice, parts) for choice in choices], **more}
        case {"type": "object"}:
            inside = {key: _or_removed(node[key], parts) for key in _INSIDE if isinstance(node.get(key), dict)}
            return {key: value for key, value in node.items() if key != "required"} | inside
        case _:
            return node


_INSIDE = ("properties", "patternProperties", "additionalProperties")


def _or_removed(entries: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    changed = {}
    for name, node in entries.items():
        bare = {key: value for key, value in node.items() if key != "description"}
        description = {key: value for key, value in node.items() if key == "description"}
        changed[name] = {**description, "anyOf": [_overlaid(bare, parts), {"const": REMOVED}]}
    return changed


def _noise(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, {}, []))


def _without_nothing(node: dict[str, Any]) -> dict[str, Any]:
    choices = [choice for choice in node.pop("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **node}
    return {**node, "anyOf": choices} if choices else node


def _as_written(node: dict[str, Any]) -> dict[str, Any]:
    """What the words of the model's types may look like in a file."""
    match node:
        case {"const": int(number)}:
            return {"enum": [number, str(number)]}
        case {"type": "integer"}:
            return {"type": ["integer", "string"], "minimum": node.pop("ge", 0), "pattern": "^[0-9]{1,9}$"}
        case {"type": "string", "maxLength": _} if "pattern" not in node:
            return {"type": ["string", "number", "boolean"]}
        case _:
            return {}
