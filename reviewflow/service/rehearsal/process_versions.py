"""Two versions of a process to be compared: as a file, as the folder has it, or as cases run it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.files import NotRead
from reviewflow.language.checks import check_library, errors
from reviewflow.language.definition import Definition, define
from reviewflow.language.folder.library import File, Library, read_folder, read_library
from reviewflow.language.folder.uses import concerning
from reviewflow.language.problem import DefinitionError, Problem
from reviewflow.language.reading.parser import read_file
from reviewflow.service.commands.version_numbers import used_before
from reviewflow.service.workspace.errors import NotUsable

if TYPE_CHECKING:  # two files can be compared where no database can be opened
    from reviewflow.service.workspace.workspace import Workspace
    from reviewflow.store.store import Store


def definition_in_file(path: Path, folder: Path) -> Definition:
    """The process that a file defines, with the forms, ladders and messages of the folder."""
    (definition,) = definitions_in_files([path], folder)
    return definition


def definitions_in_files(paths: Iterable[Path], folder: Path) -> Iterator[Definition]:
    """The process that each file defines, as `definition_in_file`; what stands in the folder is read with it, once.

    Raises DefinitionError or NotUsable for the first that has errors, or defines no process.
    """
    files = list(read_folder(folder))
    checked = cache(_checked)
    for path in paths:
        name = name_in(path)
        library, wrong = checked(tuple(_with(files, ("process", str(path), name, read_file(path)))))
        if concerned := concerning(library, wrong, name):
            raise DefinitionError(concerned)
        if name not in library.processes:
            raise NotUsable(f"{path} does not define a process.")
        yield define(library, name)


def _with(files: Sequence[File], one: File) -> Sequence[File]:
    """The files with this one in the place of what has its name; as they are, when it is one of them."""
    return files if one in files else [*(file for file in files if (file[0], file[2]) != (one[0], one[2])), one]


def _checked(files: Iterable[File]) -> tuple[Library, tuple[Problem, ...]]:
    library = read_library(files)
    return library, errors(check_library(library))


def name_in(path: Path) -> str:
    """The process that a file says it defines; the file's own name where it does not say."""
    data = read_file(path)
    text = "" if isinstance(data, NotRead) else data.decode("utf-8", "replace")
    match = re.search(r"^process:\s*([a-z][a-z0-9_]*)", text, re.MULTILINE)
    return match[1] if match else path.stem


@dataclass(frozen=True, slots=True)
class RunningVersion:
    """A version that cases run on."""

    definition: Definition
    open_cases: tuple[str, ...]


def running(office: Workspace, process: str) -> Iterator[RunningVersion]:
    """Each version of the process that open cases run on, oldest first."""
    cases_by_version: dict[str, list[str]] = {}
    for row in office.store.cases("open"):
        if row.process == process:
            cases_by_version.setdefault(row.definition, []).append(row.reference)
    versions = [
        RunningVersion(office.plan(digest).definition, tuple(cases)) for digest, cases in cases_by_version.items()
    ]
    yield from sorted(versions, key=lambda version: version.definition.process.version)


def version_problems(store: Store, library: Library) -> Iterator[Problem]:
    """Processes that were changed since cases were opened under the number that they still carry."""
    for name, loaded in library.processes.items():
        if ("process", name) not in library.broken and (message := used_before(store, loaded.model)):
            yield loaded.source.value_problem(("version",), "PD045", message)
