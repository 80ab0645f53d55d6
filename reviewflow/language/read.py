"""From a file's tree to the model of the language, with every mistake said in an office's words."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reviewflow.language import model as m
from reviewflow.language.mend import mended
from reviewflow.language.problem import Problem, listing, suggestion
from reviewflow.language.source import Path, Source, plain

M = TypeVar("M", bound=BaseModel)

NOUNS: dict[type[BaseModel], str] = {
    m.FormField: "a form's field",
    m.Form: "a form",
    m.Message: "a message",
    m.Rung: "a rung",
    m.Ladder: "a ladder",
    m.Ladders: "the ladders file",
    m.NationalLimit: "a national limit",
    m.Guidance: "a guidance file",
    m.Opening: "the opening",
    m.Limit: "a time limit",
    m.Reopen: "a reopening",
    m.Start: "a start",
    m.Step: "a step",
    m.Process: "a process",
    m.Role: "a role",
    m.Agency: "an agency",
    m.Contact: "the contact",
    m.Partnership: "the partnership file",
}

_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,59}$": "a name. Names have small letters, digits and _, a letter first: agency_return",
    r"^[A-Z]{1,8}-\{year\}-\{number\}$": "a reference. Write capitals, then year and number: RR-{year}-{number}",
    r"^\d\d-\d\d$": "a day of the year. Write month and day: 09-30",
    r"^[a-z0-9-]+(\.[a-z0-9-]+)+$": "a mail domain. Write it as: police.example.org",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "a date or a step's field. Write: notified, or agreed_outcome.decided_on",
}


def read_model(source: Source, kind: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    """The file as a `kind`, and all that is wrong with it.

    With problems, the model is there only for more checking (see `mended`); None when even that would mislead.
    """
    if source.root is None:
        return None, source.problems
    data = plain(source.root)
    try:
        return kind.model_validate(data), source.problems
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = [_problem(source, kind, each) for each in errors]
    unique = list(dict.fromkeys((*source.problems, *problems)))
    usable = mended(kind, data, errors)
    ordered = tuple(sorted(unique, key=lambda problem: (problem.mark, problem.code)))
    return (usable if isinstance(usable, kind) else None), ordered


def _problem(source: Source, kind: type[BaseModel], error: ErrorDetails) -> Problem:
    path = tuple(part for part in error["loc"] if not str(part).startswith("("))
    on_key = path[-1:] == ("[key]",)
    if on_key:
        path = path[:-1]
    code, message = _said(kind, path, error)
    mark = (
        source.key_mark(path) if on_key or error["type"] in {"extra_forbidden", "missing"} else source.value_mark(path)
    )
    return source.problem(mark, code, message)


def _said(kind: type[BaseModel], path: Path, error: ErrorDetails) -> tuple[str, str]:
    found, context = error["input"], error.get("ctx", {})
    name = path[-1] if path else ""
    match error["type"]:
        case "extra_forbidden":
            return "PD010", _unknown_key(_model_at(kind, path[:-1]), str(name))
        case "missing":
            return "PD011", _missing_key(_model_at(kind, path[:-1]), str(name))
        case "string_pattern_mismatch":
            what = _PATTERNS.get(
                context.get("pattern", ""), "an e-mail address. Write it as: reviews@police.example.org"
            )
            return "PD013", f'"{found}" is not {what}.'
        case "enum" | "literal_error":
            return "PD016", _wrong_word(kind, path, str(found), str(context.get("expected", "")))
        case "too_short":
            return "PD011", f'"{name}" needs at least one entry.'
        case "string_too_long":
            return (
                "PD017",
                f"This text has {len(str(found))} characters; at most {context.get('max_length')} fit here.",
            )
        case "greater_than_equal":
            return "PD014", f"{found} is too small; the smallest number here is {context.get('ge')}."
        case code if code.startswith("PD"):
            return code, error["msg"]
        case kind_of_error:
            return "PD012", _wrong_shape(kind_of_error, found)


def _unknown_key(owner: type[BaseModel] | None, name: str) -> str:
    if owner is None:
        return f'"{name}" is not known here.'
    keys = [field.alias or key for key, field in owner.model_fields.items()]
    noun = NOUNS[owner]
    return (
        f'"{name}" is not something {noun} can have.{suggestion(name, keys)}\n'
        f"{noun[0].upper()}{noun[1:]} can have: {listing(keys)}."
    )


def _missing_key(owner: type[BaseModel] | None, name: str) -> str:
    if owner is None:
        return f'"{name}" is missing.'
    field = next(field for key, field in owner.model_fields.items() if name in (key, field.alias))
    noun = NOUNS[owner]
    return f'"{name}" is missing. {noun[0].upper()}{noun[1:]} needs it: {field.description}.'


def _wrong_word(kind: type[BaseModel], path: Path, found: str, expected: str) -> str:
    words = _enum_words(kind, path) or [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    return f'"{found}" is not known here.{suggestion(found, words)}\nExpected: {listing(words)}.'


def _enum_words(kind: type[BaseModel], path: Path) -> list[str]:
    annotation = _annotation_at(kind, path)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(each.value) for each in annotation]
    return []


def _wrong_shape(kind_of_error: str, found: object) -> str:
    was = "names with values" if isinstance(found, dict) else "a list" if isinstance(found, list) else f'"{found}"'
    if kind_of_error in {"dict_type", "model_type", "model_attributes_type"}:
        return f"Names with values are expected here, each on a line of its own (name: value); {was} was found."
    if kind_of_error in {"tuple_type", "list_type"}:
        return f"A list is expected here, each on a line that begins with a dash; {was} was found."
    return f"Text is expected here; {was} was found."


def _model_at(kind: type[BaseModel], path: Path) -> type[BaseModel] | None:
    found = _annotation_at(kind, path)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _annotation_at(kind: type[BaseModel], path: Path) -> Any:
    here: Any = kind
    for part in path:
        here = _inside(here, part)
    return _bare(here)


def _inside(annotation: Any, part: str | int) -> Any:
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        for key, field in bare.model_fields.items():
            if part in (key, field.alias):
                return field.annotation
        return None
    values = [each for each in get_args(bare) if each is not Ellipsis]
    return values[-1] if values else None


def _bare(annotation: Any) -> Any:
    """Without Annotated, Optional and the choice of a name: what a mapping or list would be."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = _richest(get_args(annotation))
        else:
            return annotation


def _richest(choices: Sequence[Any]) -> Any:
    bare = [_bare(choice) for choice in choices if choice is not type(None)]
    return next((each for each in bare if get_origin(each) or each not in (str, typing.Any)), bare[0])
