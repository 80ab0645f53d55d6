"""A definitions folder as read: every file, its place, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from reviewflow.language.model import Form, Guidance, Ladder, Ladders, Message, Partnership, Process
from reviewflow.language.problem import START, Problem, listing
from reviewflow.language.read import read_model
from reviewflow.language.source import Entries, Source, read_source

M = TypeVar("M", bound=BaseModel)

KINDS: dict[str, type[BaseModel]] = {
    "process": Process,
    "form": Form,
    "message": Message,
    "guidance": Guidance,
    "ladders": Ladders,
    "partnership": Partnership,
}
FOLDERS = {"processes": "process", "forms": "form", "messages": "message", "guidance": "guidance"}
FILES = {"ladders.yaml": "ladders", "partnership.yaml": "partnership"}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[M]):
    model: M
    source: Source


@dataclass(frozen=True, slots=True)
class Library:
    """All definitions that could be read; names of files that could not are in `broken`, by kind."""

    processes: Mapping[str, Loaded[Process]] = field(default_factory=dict)
    forms: Mapping[str, Loaded[Form]] = field(default_factory=dict)
    messages: Mapping[str, Loaded[Message]] = field(default_factory=dict)
    guidance: Mapping[str, Loaded[Guidance]] = field(default_factory=dict)
    ladders: Loaded[Ladders] | None = None
    partnership: Loaded[Partnership] | None = None
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: frozenset[tuple[str, str]] = frozenset()

    def ladder(self, name: str) -> Ladder | None:
        return self.ladders.model.ladders.get(name) if self.ladders else None

    def could_be(self, kind: str, name: str) -> bool:
        """Whether the name belongs to a file that exists but cannot be read: its own problem, said once."""
        return (kind, name) in self.broken or (kind, "") in self.broken


def definition_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each definition file with its kind, in a steady order."""
    for name, kind in FILES.items():
        if (folder / name).is_file():
            yield kind, folder / name
    for name, kind in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            yield kind, path


def load_library(folder: Path) -> Library:
    """Read every definition below `folder`; problems are collected, never raised."""
    return read_library((kind, str(path), path.stem, path.read_bytes()) for kind, path in definition_files(folder))


def read_library(files: Iterable[tuple[str, str, str, bytes]]) -> Library:
    """Read definitions given as (kind, shown path, file stem, bytes)."""
    found: dict[str, dict[str, Loaded[BaseModel]]] = {kind: {} for kind in KINDS}
    problems: list[Problem] = []
    broken: set[tuple[str, str]] = set()
    shown_files = []
    for kind, shown, stem, data in files:
        shown_files.append(shown)
        source = read_source(shown, data)
        actual = kind_of(source) or kind
        model, wrong = read_model(source, KINDS[actual])
        problems += wrong
        if wrong:
            broken.add((actual, "" if actual in FILES.values() else stem))
        if model is None:
            continue
        name = _name_of(model, actual)
        problems += _misnamed(source, actual, name, stem)
        found[actual][name] = Loaded(model, source)
    return _library(found, tuple(shown_files), tuple(problems), frozenset(broken))


def _library(
    found: Mapping[str, dict[str, Loaded[BaseModel]]],
    files: tuple[str, ...],
    problems: tuple[Problem, ...],
    broken: frozenset[tuple[str, str]],
) -> Library:
    return Library(
        processes=_of(found["process"], Process),
        forms=_of(found["form"], Form),
        messages=_of(found["message"], Message),
        guidance=_of(found["guidance"], Guidance),
        ladders=next(iter(_of(found["ladders"], Ladders).values()), None),
        partnership=next(iter(_of(found["partnership"], Partnership).values()), None),
        files=files,
        problems=problems,
        broken=broken,
    )


def _of(found: Mapping[str, Loaded[BaseModel]], kind: type[M]) -> dict[str, Loaded[M]]:
    return {name: Loaded(each.model, each.source) for name, each in found.items() if isinstance(each.model, kind)}


def kind_of(source: Source) -> str | None:
    """What kind of definition a file says it is: the first of its keys that names one."""
    if isinstance(source.root, Entries):
        return next((key.value for key, _ in source.root.pairs if key.value in KINDS), None)
    return None


def _name_of(model: BaseModel, kind: str) -> str:
    return kind if kind in FILES.values() else str(getattr(model, kind))


def _misnamed(source: Source, kind: str, name: str, stem: str) -> list[Problem]:
    if kind in FILES.values() or name == stem:
        return []
    mark = source.value_mark((kind,))
    message = f'This file is {stem}.yaml, but it says "{kind}: {name}". Give both the same name.'
    return [source.problem(mark, "PD018", message)]


def unknown_kind(source: Source) -> Problem:
    """For a file of which nobody can say what it is."""
    message = f"This file does not say what it is. It must have one of: {listing(f'{kind}:' for kind in KINDS)}."
    return source.problem(START, "PD019", message)
