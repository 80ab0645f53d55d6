"""JSON Schema for editors, made from the model, so that completion, hover and checking say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from reviewflow.language.library import KINDS
from reviewflow.language.problem import listing

SHIPPED = Path(__file__).parent / "schemas"


def schema_text(kind: str) -> str:
    """The schema of one kind of file; raises ValueError for a kind there is none of."""
    if kind not in KINDS:
        raise ValueError(f'"{kind}" is not a kind of definition. Kinds: {listing(KINDS)}.')
    schema = KINDS[kind].model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False)


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write every schema; yields the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        path = folder / f"{kind}.schema.json"
        path.write_text(schema_text(kind) + "\n", encoding="utf-8")
        yield path
