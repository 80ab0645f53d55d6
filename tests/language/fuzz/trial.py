"""What is done with a damaged file: read, checked as `check` does it, and, when nothing is wrong, used and played."""

import random
import re
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Any

from reviewflow.case.model.refusal import Refused
from reviewflow.case.plan.plan import Plan
from reviewflow.diagram.forms import DiagramForm, drawn
from reviewflow.errors import ReviewflowError
from reviewflow.language.checks import check_library
from reviewflow.language.checks.meant import answered
from reviewflow.language.definition import Definition, define
from reviewflow.language.differences import differences
from reviewflow.language.folder import library as reading
from reviewflow.language.folder.kinds import CALENDARS, kind_at
from reviewflow.language.folder.library import Library, read_library
from reviewflow.language.problem import DefinitionError, Problem, Severity
from reviewflow.language.reading.parser import read_source
from reviewflow.language.reading.recovery import STAND_IN
from reviewflow.language.reading.validation import read_model
from reviewflow.london import at_clock
from reviewflow.service.rehearsal.check import problems_of_files
from reviewflow.service.rehearsal.choose import rehearse
from reviewflow.service.rehearsal.explain.account import account
from reviewflow.service.rehearsal.explain.summary import summary
from reviewflow.service.rehearsal.play import OPENS
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from reviewflow.service.workspace.days.calendars import calendars_of
from tests.language.fuzz.corpus import Start, starts
from tests.language.fuzz.year import Year

SOON = 3.0
"""Seconds of the processor to check one file: ten times what the largest takes."""
NOT_PRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
TODAY = date(2026, 5, 5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a damaged file."""

    fault: str = ""
    """What is wrong with us: a traceback, or what a problem lacks; empty when there is nothing."""
    told: tuple[Problem, ...] = ()
    played: bool = False
    seconds: float = 0.0


def tried(start: Start, data: bytes, *, use: bool) -> Outcome:
    """What becomes of the start with these bytes in its place; with `use`, what check passes is used and played."""
    began, seconds = time.process_time(), 0.0
    fault, told, played = "", (), False
    try:
        with _neighbours_read_once(start):
            told, library = _checked(
                {**(start.beside if use else _near(start.name)), start.place: data}, start, whole=use
            )
        seconds = time.process_time() - began
        fault = next(_untold(start, data, told), "")
        clean = use and not any(_is_error_of(start, problem) for problem in told) and not _new_errors(start.name, told)
        played = clean and _used(start, library)
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        fault = traceback.format_exc()
    return Outcome(fault or (f"took {seconds:.1f} s" if seconds > SOON else ""), told, played, seconds)


def _checked(files: Mapping[str, bytes], start: Start, *, whole: bool) -> tuple[tuple[Problem, ...], Library]:
    """As reviewflow check does it, but for versions in a database; the room before limits only of the whole."""
    places = [PurePath(name) for name in sorted(files) if name != CALENDARS]
    library = read_library((kind_at(place), str(place), place.stem, files[str(place)]) for place in places)
    if not whole and start.place != CALENDARS:
        return answered(library, check_library(library))[0], library
    calendars = files[CALENDARS].decode("utf-8", "replace")
    return answered(library, tuple(problems_of_files(library, calendars)))[0], library


@cache
def _near(name: str) -> Mapping[str, bytes]:
    return next(start.near for start in starts() if start.name == name)


def _mine(library: Library, start: Start) -> Iterator[str]:
    yield from (name for name, loaded in library.processes.items() if loaded.source.file == start.place)


def _is_error_of(start: Start, problem: Problem) -> bool:
    """Of the file itself: what stands beside it may lead to what does not."""
    return problem.severity is Severity.ERROR and problem.file == start.place


def _new_errors(name: str, told: tuple[Problem, ...]) -> frozenset[tuple[str, str]]:
    """Errors that are not told while the file is whole, such as of a process that takes a damaged group."""
    return _errors(told) - _errors_of_whole(name)


def _errors(told: tuple[Problem, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((one.file, one.message) for one in told if one.severity is Severity.ERROR)


@cache
def _errors_of_whole(name: str) -> frozenset[tuple[str, str]]:
    start = next(start for start in starts() if start.name == name)
    with _neighbours_read_once(start):
        return _errors(_checked({**start.beside, start.place: start.data}, start, whole=True)[0])


def _untold(start: Start, data: bytes, told: tuple[Problem, ...]) -> Iterator[str]:
    """What a problem lacks that a person needs."""
    lines = data.decode("utf-8", "replace").count("\n") + data.count(b"\r") + 2
    for problem in told:
        text = str(problem)
        text.encode()
        if not problem.message.strip() or STAND_IN in text:
            yield f"says nothing: {problem!r}"
        if (
            problem.mark.line < 1
            or problem.mark.column < 1
            or (problem.file == start.place and problem.mark.line > lines)
        ):
            yield f"no place: {problem!r}"
        if NOT_PRINTABLE.search(text):
            yield f"not printable: {problem!r}"


def _used(start: Start, library: Library) -> bool:
    """Explained, drawn, compared and played to the end; False where there is no process to do that with."""
    name = next(_mine(library, start), next(iter(library.processes), None))
    if name is None or library.partnership is None:
        return False
    partnership = library.partnership.model
    try:
        definition = define(library, name)
    except DefinitionError:
        return False
    same = Definition.model_validate_json(definition.body)
    assert same.hash == definition.hash
    assert account(definition, partnership).sections
    assert summary(definition, partnership).sections
    for form in (DiagramForm.MERMAID, DiagramForm.BPMN):
        drawn(form, definition, partnership)
    assert not [*differences(definition, same)]
    return _played(definition, partnership)


def _played(definition: Definition, partnership: Any) -> bool:
    plan = Plan(definition)
    calendars = calendars_of(partnership, "proclaimed_until: 2028-12-31")
    try:
        asked = scenario(plan, partnership, dates={}, agencies=(), late={}, answers={}, times={}, today=TODAY)
        rehearse(Setting(plan, partnership, calendars), asked)
        chance = random.Random(definition.hash)
        Year(plan, partnership, calendars, asked, chance, at_clock(max(asked.dates.values()), OPENS)).play()
    except (ReviewflowError, Refused):
        return False
    return True


_KEPT: dict[int, Any] = {}


@contextmanager
def _neighbours_read_once(start: Start) -> Iterator[None]:
    """What does not change is read once: a neighbour's text and its model."""

    def source(file: str, data: bytes) -> Any:
        return read_source(file, data) if file == start.place else _source(file, data)

    def model(read: Any, kind: Any) -> Any:
        if read.file == start.place or read.inherited:
            return read_model(read, kind)
        if id(read) not in _KEPT:
            _KEPT[id(read)] = (read, read_model(read, kind))
        return _KEPT[id(read)][1]

    reading.read_source, reading.read_model = source, model  # type: ignore[attr-defined]
    try:
        yield
    finally:
        reading.read_source, reading.read_model = read_source, read_model  # type: ignore[attr-defined]


@cache
def _source(file: str, data: bytes) -> Any:
    return read_source(file, data)
