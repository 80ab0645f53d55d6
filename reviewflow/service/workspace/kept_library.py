"""A folder of definitions as it was read and checked before, kept by what its files say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import VERSION, BaseModel

from reviewflow.files import NotRead
from reviewflow.language.folder.kinds import FILES, FOLDERS, KINDS
from reviewflow.language.folder.library import File, Library, Loaded, read_folder, read_library
from reviewflow.language.problem import Mark, Problem, Severity
from reviewflow.language.reading.source import Source
from reviewflow.service.workspace.cache import code_digest, digest_of, keep, recall

M = TypeVar("M", bound=BaseModel)
Shelf = Mapping[str, Loaded[Any]]


class KeptLibrary:
    """The definitions of a folder and the errors in them: from the cache, or read and checked and then kept there."""

    def __init__(self, folder: Path) -> None:
        self._files = whole(folder)

    @cached_property
    def library(self) -> Library:
        """As `load_library` reads it. Where a thing stands in its file is read anew when somebody asks for it."""
        text = recall(f"library-{self._name}") if self._name else None
        if text is not None:
            return _library(json.loads(text), lambda: self._read)
        if self._name:
            _keep_library(f"library-{self._name}", self._read)
        return self._read

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """The errors that a check of the library finds."""
        text = recall(f"errors-{self._name}") if self._name else None
        if text is not None:
            return tuple(map(_problem, json.loads(text)))
        from reviewflow.language.checks import check_library, errors

        wrong = errors(check_library(self._read))
        if self._name:
            keep(f"errors-{self._name}", json.dumps([asdict(problem) for problem in wrong]))
        return wrong

    @cached_property
    def _read(self) -> Library:
        return read_library(self._files)

    @cached_property
    def _name(self) -> str:
        """What these files are kept under: paths and bytes, and the code that reads them; empty: they are not kept."""
        code = code_digest()
        files = (part for _, path, _, data in self._files for part in (os.fsencode(path), _bytes(data)))
        return digest_of((code.encode(), VERSION.encode(), *files)) if code else ""


def whole(folder: Path) -> list[File]:
    """Every file as it is read; all of one folder, also where another takes its place meanwhile."""
    while True:
        before, files = folder.stat().st_ino, list(read_folder(folder))
        if folder.stat().st_ino == before:
            return files


def _bytes(data: bytes | NotRead) -> bytes:
    return data if isinstance(data, bytes) else str(data).encode()


class _Kept(Loaded[M]):
    """A definition whose text becomes a model, and whose source is read, when somebody asks for them."""

    _kind: type[M]
    _text: str
    _read: Callable[[], Source]

    def __init__(self, kind: type[M], text: str, read: Callable[[], Source]) -> None:
        vars(self).update(_kind=kind, _text=text, _read=read)  # it is frozen

    @cached_property
    def model(self) -> M:
        return self._kind.model_validate_json(self._text)

    @cached_property
    def source(self) -> Source:
        return self._read()


def _keep_library(name: str, library: Library) -> None:
    """Keep it, unless a definition would come back as another than it is."""
    shelves = {kind: _shelf(library, kind) for kind in KINDS}
    models = {kind: {name: _text(loaded.model) for name, loaded in shelf.items()} for kind, shelf in shelves.items()}
    for kind, shelf in shelves.items():
        if any(KINDS[kind].model_validate_json(models[kind][name]) != loaded.model for name, loaded in shelf.items()):
            return
    problems = [asdict(problem) for problem in library.problems]
    left_out = [asdict(problem) for problem in library.left_out]
    rest = {"files": library.files, "problems": problems, "broken": sorted(library.broken), "left_out": left_out}
    keep(name, json.dumps({"models": models, **rest}))


def _text(model: BaseModel) -> str:
    return model.model_dump_json(by_alias=True, exclude_unset=True)


def _shelf(library: Library, kind: str) -> Shelf:
    """The definitions of a kind by name; those of which there is one in all under the name of their kind."""
    if kind in FILES.values():
        only = getattr(library, kind)
        return {kind: only} if only else {}
    shelf: Shelf = getattr(library, _PLURAL[kind])
    return shelf


_PLURAL = {kind: folder for folder, kind in FOLDERS.items()}


def _library(stored: Mapping[str, Any], read: Callable[[], Library]) -> Library:
    def shelf(kind: str) -> dict[str, _Kept[Any]]:
        return {
            name: _Kept(KINDS[kind], text, lambda name=name: _shelf(read(), kind)[name].source)  # type: ignore[misc]
            for name, text in stored["models"][kind].items()
        }

    return Library(
        **{folder: shelf(kind) for folder, kind in FOLDERS.items()},  # type: ignore[arg-type]
        **{kind: shelf(kind).get(kind) for kind in FILES.values()},  # type: ignore[arg-type]
        files=tuple(stored["files"]),
        problems=tuple(map(_problem, stored["problems"])),
        broken=frozenset((kind, name) for kind, name in stored["broken"]),
        left_out=tuple(map(_problem, stored["left_out"])),
    )


def _problem(stored: Mapping[str, Any]) -> Problem:
    elsewhere = stored["elsewhere"]
    return Problem(
        stored["file"],
        Mark(**stored["mark"]),
        stored["code"],
        stored["message"],
        Severity(stored["severity"]),
        tuple(stored["excerpt"]),
        Mark(**elsewhere) if elsewhere else None,
        tuple(stored["about"]),
    )
