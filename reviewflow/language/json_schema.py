"""JSON Schema for editors, made from the model, so that completion, hover and checking say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reviewflow.language.library import KINDS
from reviewflow.language.problem import listing

SHIPPED = Path(__file__).parent / "schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that every editor understands


def schema_text(kind: str) -> str:
    """The schema of one kind of file; raises ValueError for a kind there is none of."""
    if kind not in KINDS:
        raise ValueError(f'"{kind}" is not a kind of definition. Kinds: {listing(KINDS)}.')
    schema = {"$schema": DRAFT, **_for_editors(KINDS[kind].model_json_schema(by_alias=True))}
    return json.dumps(schema, indent=2, ensure_ascii=False)


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write every schema; yields the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        path = folder / f"{kind}.schema.json"
        path.write_text(schema_text(kind) + "\n", encoding="utf-8")
        yield path


def _for_editors(node: Any) -> Any:
    """A schema as an editor needs it.

    An editor's YAML sees numbers and yes/no where reviewflow reads text, so both must be right; nothing may be left
    empty; and a name that cannot be one is marked.
    """
    if isinstance(node, list):
        return [_for_editors(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = _without_nothing({key: _for_editors(value) for key, value in node.items() if not _noise(key, value)})
    if "patternProperties" in found:
        found["additionalProperties"] = False
    written = _as_written(found)
    if "enum" in written:
        del found["const"], found["type"]
    return {**found, **written}


def _noise(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, {}, []))


def _without_nothing(node: dict[str, Any]) -> dict[str, Any]:
    choices = [each for each in node.pop("anyOf", []) if each != {"type": "null"}]
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
