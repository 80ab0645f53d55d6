"""The names that a page for developers gives: modules, functions, tests and files, each of which must be there.

`reviewflow.case.apply.event.fold` is a module, or what stands in one; `tests/case/test_laws.py::test_x` a test;
anything with a slash is a file or a folder, and NAME or * in it stands for anything. What moved is found at its new
place and named.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.docs.reader import ROOT

PACKAGES = ("reviewflow", "flows", "tasks", "notifications", "tests")
OTHERS = ("docs", "definitions", "deploy", "var", ".github", ".ci")
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
DOTTED = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+")
PATHS = re.compile(rf"(?:(?:{'|'.join((*PACKAGES, *OTHERS))})/[\w./*-]*|[\w-]+\.(?:md|toml|yml|txt))(?:::\w+)?")
MADE = ("var/", "docs/processes/")
"""What is made, and is not in the sources."""


def named(page: str) -> list[str]:
    """The names of code and files that a page gives, in its order."""
    spans = [span.removesuffix("()") for span in CODE.findall(page)]
    return [span for span in spans if DOTTED.fullmatch(span) or PATHS.fullmatch(span)]


def exists(name: str) -> bool:
    if "/" not in name and DOTTED.fullmatch(name):
        return name in places()
    path, _, test = name.partition("::")
    if path.startswith(MADE):
        return True
    pattern = path.replace("NAME", "*").rstrip("/")
    found = list(ROOT.glob(pattern))
    return bool(found) and (not test or name in places())


def moved(name: str) -> str:
    """Where something of that name stands now, if it is in one place of the same package only; else nothing."""
    separator = "::" if "::" in name else "."
    first, last = re.split(r"\W", name)[0], name.rpartition(separator)[2]
    found = [place for place in places() if place.startswith(first) and place.endswith(f"{separator}{last}")]
    return found[0] if len(found) == 1 else ""


@cache
def places() -> frozenset[str]:
    """Every module, what stands in it and in its classes, and every test, by the names that pages give."""
    found = set[str]()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found |= set(_in_module(path))
    return frozenset(found)


def _in_module(path: Path) -> Iterator[str]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    yield module
    for node in ast.parse(path.read_text("utf-8")).body:
        for name in _names(node):
            yield f"{module}.{name}"
            if name.startswith("test_"):
                yield f"{path.relative_to(ROOT).as_posix()}::{name}"
        if isinstance(node, ast.ClassDef):
            yield from (f"{module}.{node.name}.{name}" for inner in node.body for name in _names(inner))


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            for target in targets:
                yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
        case _:
            pass
