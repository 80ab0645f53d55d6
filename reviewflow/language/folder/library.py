"""A definitions folder as read: every file, its place, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from reviewflow.files import NotRead
from reviewflow.language.folder.kinds import (
    CALENDARS,
    FILES,
    FOLDER_OF,
    KINDS,
    SUFFIXES,
    kind_at,
    kind_of,
    own_name,
    unknown_kind,
)
from reviewflow.language.folder.second_files import (
    NamedFile,
    is_copy_of_calendars,
    is_proper,
    left_out,
    second_calendars,
)
from reviewflow.language.inheritance.extends import BaseFiles, resolve
from reviewflow.language.model import (
    DecisionTable,
    Document,
    Form,
    Group,
    Guidance,
    Ladder,
    Ladders,
    Message,
    Partnership,
    Process,
)
from reviewflow.language.problem import Problem
from reviewflow.language.reading.parser import read_file, read_source
from reviewflow.language.reading.recovery import STAND_IN, as_name
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path as Place
from reviewflow.language.reading.validation import read_model

ModelT = TypeVar("ModelT", bound=BaseModel)


File = tuple[str, str, str, bytes | NotRead]
"""A file as it is given: the kind that its place says, the path that is shown, its name without ending, its bytes."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[ModelT]):
    """A definition with the file that it was read from."""

    model: ModelT
    source: Source
    stand_ins: frozenset[Place] = frozenset()
    """Where the model has a stand-in for what could not be read."""


@dataclass(frozen=True, slots=True)
class Library:
    """All definitions that could be read; names of files that could not are in `broken`, by kind."""

    processes: Mapping[str, Loaded[Process]] = field(default_factory=dict)
    forms: Mapping[str, Loaded[Form]] = field(default_factory=dict)
    messages: Mapping[str, Loaded[Message]] = field(default_factory=dict)
    guidance: Mapping[str, Loaded[Guidance]] = field(default_factory=dict)
    groups: Mapping[str, Loaded[Group]] = field(default_factory=dict)
    tables: Mapping[str, Loaded[DecisionTable]] = field(default_factory=dict)
    documents: Mapping[str, Loaded[Document]] = field(default_factory=dict)
    ladders: Loaded[Ladders] | None = None
    partnership: Loaded[Partnership] | None = None
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: frozenset[tuple[str, str]] = frozenset()
    left_out: tuple[Problem, ...] = ()
    """Of the problems those of files that are not used at all, because another says the same."""
    half_partnership: Loaded[Partnership] | None = None
    """Who is who as far as it can be read, to check the rest against it; nobody is written to by it."""

    @property
    def stand_ins(self) -> frozenset[tuple[str, Place]]:
        """Where stand-ins took the place of what could not be read, by file."""
        recovered: list[Loaded[Any]] = [*self.processes.values(), *self.forms.values()]
        recovered += [*self.messages.values(), *self.guidance.values()]
        recovered += [only for only in (self.ladders, self.half_partnership) if only]
        return frozenset((loaded.source.file, place) for loaded in recovered for place in loaded.stand_ins)

    def ladder(self, name: str) -> Ladder | None:
        return self.ladders.model.ladders.get(name) if self.ladders else None

    def could_be(self, kind: str, name: str) -> bool:
        """Whether a name may be defined in a file that cannot be read, so that it is not reported as unknown too."""
        return name == STAND_IN or not self.broken.isdisjoint({(kind, name), (kind, "")})


def definition_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each YAML file below `folder`, and whatever else has such a name, with its place's kind, in a steady order."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        place = path.relative_to(folder)
        if place.as_posix() != CALENDARS and not any(part.startswith(".") for part in place.parts):
            yield kind_at(place), path


def load_library(folder: Path) -> Library:
    """Read every definition below `folder`; problems are collected, never raised."""
    return read_library(read_folder(folder))


def read_folder(folder: Path) -> Iterator[File]:
    """Every definition below `folder`, with its bytes or why they are not read."""
    for kind, path in definition_files(folder):
        yield kind, str(path), path.stem, read_file(path, within=folder)


def read_files(files: Mapping[str, bytes]) -> Library:
    """Read definitions given by their place below a folder that need not exist."""
    places = [PurePath(name) for name in sorted(files)]
    return read_library((kind_at(place), str(place), place.stem, files[str(place)]) for place in places)


def read_library(files: Iterable[File]) -> Library:
    """Read definitions given as (kind by its place, shown path, file stem, bytes)."""
    sources = [(place, read_source(shown, data), stem) for place, shown, stem, data in files]
    named = [_named(*file) for file in sources]
    reading = _LibraryReader(left_out=list(left_out(named)))
    unused = {problem.file for problem in reading.left_out}
    used = [file for file in named if file.source.file not in unused]
    bases = BaseFiles(_by_name(used, "process"), _by_name(used, "group"))
    for (place, source, stem), file in zip(sources, named, strict=True):
        if source.file in unused:
            reading.pass_over(file, used)
        else:
            reading.read(place, source, stem, bases)
    return reading.library()


def _named(place: str, source: Source, stem: str) -> NamedFile:
    kind = kind_of(source, place)
    if kind in FILES.values():
        return NamedFile(kind, kind, source, proper=place == kind)
    own = own_name(source, kind)
    name = stem if own == "-" else own
    proper = is_proper(name, source.file, FOLDER_OF.get(kind, ""))
    return NamedFile(kind, name if kind else source.file, source, proper)


def _by_name(files: Iterable[NamedFile], kind: str) -> Mapping[str, Source]:
    """The files of a kind, by the name that each gives itself; by the file's name when it gives none."""
    return {file.name: file.source for file in reversed(list(files)) if file.kind == kind}


@dataclass(frozen=True, slots=True)
class _LibraryReader:
    """One pass over the files, which collects definitions and problems."""

    loaded: dict[str, dict[str, Loaded[BaseModel]]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    half_read: list[Loaded[Partnership]] = field(default_factory=list)

    def pass_over(self, file: NamedFile, used: Iterable[NamedFile]) -> None:
        """A file that another stands for; where none does, nothing is known of its name."""
        self.files.append(file.source.file)
        if not any((other.kind, other.name) == (file.kind, file.name) for other in used):
            self.broken.add((file.kind, "" if file.kind in FILES.values() else file.name))

    def read(self, place: str, source: Source, stem: str, bases: BaseFiles) -> None:
        self.files.append(source.file)
        kind = kind_of(source, place)
        if not kind and is_copy_of_calendars(source.file):
            self.left_out.append(second_calendars(source))
            return
        if not kind:
            self.problems.extend(source.problems or [unknown_kind(source)])
            return
        source = resolve(source, bases) if kind == "process" else source
        reading = read_model(source, KINDS[kind])
        self.problems.extend(reading.problems)
        if reading.problems:
            names = [""] if kind in FILES.values() else [stem, own_name(source, kind)]
            self.broken.update((kind, name) for name in names)
        if isinstance(reading.model, Partnership) and reading.problems:  # read anew at every run, so never half right
            self.half_read.append(Loaded(reading.model, source, reading.stand_ins))
        elif reading.model is not None:
            self._keep(kind, stem, Loaded(reading.model, source, reading.stand_ins))

    def _keep(self, kind: str, stem: str, loaded: Loaded[BaseModel]) -> None:
        name = kind if kind in FILES.values() else str(getattr(loaded.model, kind))
        if name not in {kind, own_name(loaded.source, kind)}:
            name = stem  # its own could not be read
        self.problems.extend(_misnamed(loaded.source, kind, name, stem))
        self.loaded[kind].setdefault(name, loaded)

    def library(self) -> Library:
        library = _library(self.loaded, tuple(self.files), tuple(self.problems), frozenset(self.broken))
        return replace(
            library,
            problems=(*library.problems, *self.left_out),
            left_out=tuple(self.left_out),
            half_partnership=next(iter(self.half_read), None),
        )


def _library(
    loaded: Mapping[str, dict[str, Loaded[BaseModel]]],
    files: tuple[str, ...],
    problems: tuple[Problem, ...],
    broken: frozenset[tuple[str, str]],
) -> Library:
    return Library(
        processes=_of(loaded["process"], Process),
        forms=_of(loaded["form"], Form),
        messages=_of(loaded["message"], Message),
        guidance=_of(loaded["guidance"], Guidance),
        groups=_of(loaded["group"], Group),
        tables=_of(loaded["table"], DecisionTable),
        documents=_of(loaded["document"], Document),
        ladders=next(iter(_of(loaded["ladders"], Ladders).values()), None),
        partnership=next(iter(_of(loaded["partnership"], Partnership).values()), None),
        files=files,
        problems=problems,
        broken=broken,
    )


def _of(definitions: Mapping[str, Loaded[BaseModel]], kind: type[ModelT]) -> dict[str, Loaded[ModelT]]:
    return {
        name: Loaded(loaded.model, loaded.source, loaded.stand_ins)
        for name, loaded in definitions.items()
        if isinstance(loaded.model, kind)
    }


def _misnamed(source: Source, kind: str, name: str, stem: str) -> list[Problem]:
    if kind in FILES.values() or name == stem:
        return []
    own = as_name(stem)
    other = f'write "{kind}: {own}"' if own == stem else f'call it {own}.yaml and write "{kind}: {own}"'
    message = (
        f'This file is {stem}.yaml, but it says "{kind}: {name}". Give both the same name: '
        f"call the file {name}.yaml, or {other if own else 'give both another one'}."
    )
    return [source.value_problem((kind,), "PD018", message)]
