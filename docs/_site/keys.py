"""The page of every key, from the models' own descriptions, with the pages that show each in an example."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from reviewflow.language.folder.kinds import KINDS
from reviewflow.language.reading.parser import read_source
from reviewflow.language.reading.tree import plain
from reviewflow.service.rehearsal.preview.markdown import table

Key = tuple[type[BaseModel], str]
EXAMPLE = re.compile(r"```yaml\n# definitions/(?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)
PLACES = {
    "process": "definitions/processes/NAME.yaml",
    "form": "definitions/forms/NAME.yaml",
    "message": "definitions/messages/NAME.yaml",
    "guidance": "definitions/guidance/NAME.yaml",
    "group": "definitions/groups/NAME.yaml",
    "table": "definitions/tables/NAME.yaml",
    "document": "definitions/documents/NAME.yaml",
    "ladders": "definitions/ladders.yaml",
    "partnership": "definitions/partnership.yaml",
}
HEAD = """\
# Every key

Made from the same descriptions that your editor shows while you type, and that `reviewflow check` goes by. A key with
a ● must be written; the others may be left out. The last column leads to pages that show the key in a whole example.
"""


def keys_page(docs: Path) -> str:
    shown = pages_of_keys(docs)
    lines = [HEAD]
    for kind, model in KINDS.items():
        lines += [f"## {_title(model)}", "", f"One file each: `{PLACES[kind]}`.", ""]
        for part in _parts(model, kind):
            lines += [*_part(model, part, shown), ""]
    return "\n".join(lines)


def _part(kind: type[BaseModel], part: type[BaseModel], shown: Mapping[Key, list[Path]]) -> Iterator[str]:
    if part is not kind:
        yield f"### {_title(kind)}: {_title(part).lower()}"
        yield ""
    yield (part.__doc__ or "").strip().replace("\n", " ")
    yield ""
    yield from table(("Key", "What it says", "Shown in"), (_row(part, name, each, shown) for name, each in keys(part)))


def _row(part: type[BaseModel], name: str, field: FieldInfo, shown: Mapping[Key, list[Path]]) -> tuple[str, ...]:
    needed = " ●" if field.is_required() else ""
    pages = ", ".join(f"[{page.stem.replace('_', ' ')}]({page.as_posix()})" for page in shown.get((part, name), [])[:3])
    return f"`{name}`{needed}", field.description or "", pages


def keys(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Each key as it is written in a file."""
    yield from ((field.alias or name, field) for name, field in model.model_fields.items())


def _parts(model: type[BaseModel], kind: str) -> list[type[BaseModel]]:
    """The model and what stands in it; what was told with an earlier kind is not told again."""
    told = {part for earlier in list(KINDS)[: list(KINDS).index(kind)] for part in all_parts(KINDS[earlier])}
    return [part for part in all_parts(model) if part not in told]


def all_parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = [model]
    for part in found:
        found += [each for _, field in keys(part) for each in parts_in(field.annotation) if each not in found]
    return list(dict.fromkeys(found))


def parts_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from parts_in(each)


def _title(model: type[BaseModel]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


def pages_of_keys(docs: Path) -> dict[Key, list[Path]]:
    """The pages whose examples use each key."""
    found: defaultdict[Key, list[Path]] = defaultdict(list)
    for path in sorted(docs.rglob("*.md")):
        for key in {key for example in EXAMPLE.finditer(path.read_text("utf-8")) for key in _used(example["text"])}:
            found[key].append(path.relative_to(docs))
    return found


def _used(text: str) -> Iterator[Key]:
    root = read_source("example", text.encode()).root
    data = plain(root) if root else {}
    model = next((KINDS[kind] for kind in KINDS if isinstance(data, dict) and kind in data), None)
    if model:
        yield from used(model, data)


def used(model: type[BaseModel], data: Any) -> Iterator[Key]:
    """The keys that a file's mapping uses, with the part of the language each belongs to."""
    fields = dict(keys(model))
    for name, value in data.items() if isinstance(data, dict) else ():
        if name in fields:
            yield model, name
            for part in parts_in(fields[name].annotation):
                yield from _below(part, value)


def _below(part: type[BaseModel], value: Any) -> Iterator[Key]:
    """A part stands there itself, or several do, in a list or by name."""
    match value:
        case list():
            for each in value:
                yield from used(part, each)
        case dict() if value.keys() <= {name for name, _ in keys(part)}:
            yield from used(part, value)
        case dict():
            for each in value.values():
                yield from used(part, each)
        case _:
            pass
