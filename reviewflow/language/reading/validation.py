"""From a file's tree to the model of the language, with all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reviewflow.language.problem import MOST_PROBLEMS, Mark, Problem
from reviewflow.language.reading.error_words import describe
from reviewflow.language.reading.recovery import Recovered, recover
from reviewflow.language.reading.shapes import keys_of, model_at, path_of
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import KEY, Path, entries_below, plain
from reviewflow.language.suggestions import nearest

ModelT = TypeVar("ModelT", bound=BaseModel)
_AT_THE_KEY = {"extra_forbidden", "missing"}


@dataclass(frozen=True, slots=True)
class Reading(Generic[ModelT]):
    """What became of a file: its model, what is wrong with it, and where stand-ins took the place of mistakes.

    With problems, the model is there only for more checking (see `recovery`); None when even that would mislead.
    """

    model: ModelT | None
    problems: tuple[Problem, ...]
    stand_ins: frozenset[Path] = frozenset()


def read_model(source: Source, kind: type[ModelT]) -> Reading[ModelT]:
    """The file as a `kind`; never raises for what is in it. Problems are in the order of the file."""
    if source.root is None:
        return Reading(None, source.problems)
    data = plain(source.root)
    try:
        return Reading(kind.model_validate(data), source.problems)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = [_problem(source, kind, error) for error in _first_hand(kind, errors)]
    incomplete = {problem.mark for problem in source.problems if problem.code == "PD103"}
    problems = [problem for problem in problems if problem.code != "PD011" or problem.mark not in incomplete]
    unique = list(dict.fromkeys((*source.problems, *problems)))
    ordered = tuple(sorted(unique, key=lambda problem: (problem.mark, problem.code)))
    match recover(kind, data, errors):
        case Recovered(model, stand_ins) if isinstance(model, kind):
            return Reading(model, ordered, stand_ins)
        case _:
            return Reading(None, ordered)


def _first_hand(kind: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without what only follows from another mistake; of a great many the first ones."""
    misspelt = {(*place, near) for place, near in _misspelt(kind, errors)}
    places = [path_of(kind, error["loc"]) for error in errors]
    for error in errors[:MOST_PROBLEMS]:
        path, value = path_of(kind, error["loc"]), error["input"]
        below = any(len(place) > len(path) and place[: len(path)] == path for place in places)
        empty = isinstance(value, str) and not value.strip()  # the parser's problem, PD007
        if not (empty or path in misspelt or (error["type"] == "too_short" and below)):
            yield error


def _misspelt(kind: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[tuple[Path, str | None]]:
    """Each place that has an unknown key, with the nearest key that it may have."""
    for error in errors:
        if error["type"] == "extra_forbidden":
            path = path_of(kind, error["loc"])
            owner = model_at(kind, path[:-1])
            yield path[:-1], nearest(str(path[-1]), keys_of(owner)) if owner else None


def _problem(source: Source, kind: type[BaseModel], error: ErrorDetails) -> Problem:
    path = path_of(kind, error["loc"])
    code, message = describe(kind, path, error)
    if path[-1:] == (KEY,):
        return source.key_problem(path[:-1], code, message)
    if error["type"] in _AT_THE_KEY:
        return source.key_problem(path, code, message)
    mark = _key_within(source, path, error.get("ctx", {}).get("key", ""))
    return source.value_problem(path, code, message) if mark is None else source.problem(mark, code, message)


def _key_within(source: Source, path: Path, key: str) -> Mark | None:
    """Where a key of a condition stands; None when it is the whole condition that is wrong."""
    entries = entries_below(source.node(path)) if key else ()
    return next((entry.mark for entry, _ in entries if entry.value == key), None)
