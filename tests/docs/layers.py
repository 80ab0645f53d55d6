"""The picture of the architecture, read from the imports themselves, and the rooms, as their packages describe them.

An arrow that only repeats a way that others lead already is left out, so that the picture can be read.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.docs.reader import ROOT

TOP = ("flows", "tasks", "notifications")
WORDS = {
    "flows": "Prefect's flows",
    "tasks": "Prefect's tasks, the view of each case",
    "notifications": "mail and other channels, by Apprise",
    "reviewflow.cli": "the commands",
    "reviewflow.service": "the use cases",
    "reviewflow.diagram": "a process drawn",
    "reviewflow.store": "SQLite or PostgreSQL",
    "reviewflow.case": "one case: pure",
    "reviewflow.language": "YAML: read and checked, pure",
    "reviewflow.calendar": "working days",
    "reviewflow.privacy": "what could identify a child",
    "reviewflow.london": "days and times of London",
    "reviewflow.text": "lists and numbers in words",
    "reviewflow.shipped": "files that travel with the program",
    "reviewflow.errors": "what is raised on purpose",
    "reviewflow.files": "a file judged before it is read",
    "reviewflow.writing": "files written whole or not at all",
}
"""What stands in a box below its name."""

ROOMS = ("reviewflow.service", "reviewflow.case", "reviewflow.language", "reviewflow.store", "reviewflow.cli")
"""The packages whose inside is told room by room."""

Graph = Mapping[str, frozenset[str]]


def drawing() -> str:
    """The picture as a Mermaid block."""
    graph = shortest(imports())
    boxes = [f'    {_id(name)}["{_words(name)}"]' for name in graph]
    arrows = [f"    {_id(name)} --> {_id(each)}" for name, used in graph.items() for each in sorted(used)]
    return "\n".join(("```mermaid", "flowchart TB", *boxes, *arrows, "```"))


def rooms() -> str:
    """A table of the packages inside the large ones, with what each says belongs in it."""
    lines = ["| package | what stands in it |", "| --- | --- |"]
    for part in ROOMS:
        for path in sorted(ROOT.joinpath(*part.split(".")).glob("*/__init__.py")):
            about = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
            if about:
                lines.append(f"| `{part}.{path.parent.name}` | {' '.join(about.split('Not here:')[0].split())} |")
    return "\n".join(lines)


def _id(name: str) -> str:
    return name.replace(".", "_")


def _words(name: str) -> str:
    return f"{name}<br/>{WORDS[name]}" if name in WORDS else name


@cache
def imports() -> Graph:
    """Each part of the program with the parts that it imports, the layers from the top down."""
    order = [*TOP, *(f"reviewflow.{name}" for name in _layers())]
    found: dict[str, set[str]] = {name: set() for name in order}
    for part in order:
        for path in _modules(part):
            found[part] |= {used for used in map(_part_of, _imported(path)) if used in found} - {part}
    return {part: frozenset(used) for part, used in found.items()}


def _layers() -> Iterator[str]:
    """The packages of the engine, as the contract of import-linter orders them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [engine] = [each for each in contracts if each.get("containers") == ["reviewflow"]]
    for layer in engine["layers"]:
        yield from (name.strip() for name in layer.split("|"))


def _modules(part: str) -> Iterator[Path]:
    place = ROOT.joinpath(*part.split("."))
    yield from place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{each.name}" for each in names)
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case _:
                pass


def _part_of(name: str) -> str:
    first, _, rest = name.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first == "reviewflow" else first


def shortest(graph: Graph) -> Graph:
    """Without the arrows that longer ways make needless; the graph has no circles."""
    return {part: frozenset(each for each in used if not _by_others(graph, used, each)) for part, used in graph.items()}


def _by_others(graph: Graph, used: frozenset[str], target: str) -> bool:
    return any(target in _below(graph, other) for other in used if other != target)


def _below(graph: Graph, part: str) -> frozenset[str]:
    return graph[part].union(*(_below(graph, each) for each in graph[part]))
