"""The editor's schemas say what the model says, and agree with `check` on every example."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from reviewflow.language.folder.kinds import FILES, FOLDERS, KINDS, kind_of
from reviewflow.language.json_schema import SHIPPED, schema_text, write_schemas
from reviewflow.language.reading.parser import read_source
from reviewflow.language.reading.tree import plain
from tests.language.definitions import BASE, OK, case_files, cases, problems

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).parents[2]


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2, which editors read: yes is a text there, true and 12 are not."""


AsEditorsRead.yaml_implicit_resolvers = {}
AsEditorsRead.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[1-9][0-9]*$"), list("-+123456789"))


def with_text_keys(value: Any) -> Any:
    """As an editor passes it on: JSON has only texts for names."""
    match value:
        case dict():
            return {
                str(key).lower() if isinstance(key, bool) else key: with_text_keys(each) for key, each in value.items()
            }
        case list():
            return [with_text_keys(each) for each in value]
        case _:
            return value


def validator(kind: str) -> Any:
    schema = json.loads((SHIPPED / f"{kind}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


GOOD = [(name, data) for case in cases(OK) for name, data in case_files(case).items()] + list(BASE.items())


@pytest.mark.parametrize(("name", "data"), GOOD)
def test_what_passes_the_check_passes_the_editor(name: str, data: bytes) -> None:
    source = read_source(name, data)
    assert source.root is not None
    check = validator(kind_of(source, ""))
    check.validate(plain(source.root))
    check.validate(with_text_keys(yaml.load(data, AsEditorsRead)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_the_models(kind: str, tmp_path: Path) -> None:
    assert [path.name for path in write_schemas(tmp_path)] == [f"{each}.schema.json" for each in KINDS]
    assert (SHIPPED / f"{kind}.schema.json").read_text(encoding="utf-8") == schema_text(kind) + "\n"


@pytest.mark.parametrize("key", ["verison", "colour"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_key_is_refused_by_both(kind: str, key: str) -> None:
    name, data = next((n, d) for n, d in BASE.items() if kind_of(read_source(n, d), "") == kind)
    wrong = data + f"{key}: red\n".encode()
    assert "PD010" in {each.code for each in problems({name: wrong})}
    assert not validator(kind).is_valid(plain(read_source(name, wrong).root))  # type: ignore[arg-type]


def test_every_key_is_described_and_none_may_be_empty() -> None:
    for kind in KINDS:
        text = schema_text(kind)
        assert '"null"' not in text
        schema = json.loads(text)
        for part in (schema, *schema["$defs"].values()) if "$defs" in schema else (schema,):
            assert all("description" in each for each in part.get("properties", {}).values())


def test_the_editor_finds_a_schema_for_every_place() -> None:
    mapped = json.loads((ROOT / ".vscode/settings.json").read_text())["yaml.schemas"]
    places = {**{f"{folder}/x.yaml": kind for folder, kind in FOLDERS.items()}, **FILES}
    for place, kind in places.items():
        found = [schema for schema, pattern in mapped.items() if fnmatch(f"definitions/{place}", pattern)]
        assert found == [f"./reviewflow/language/schemas/{kind}.schema.json"]
