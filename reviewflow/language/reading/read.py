"""From a file's tree to the model of the language, with every mistake said in an office's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reviewflow.language import model as m
from reviewflow.language.problem import MOST_PROBLEMS, Mark, Problem
from reviewflow.language.reading.recovery import as_name, mended
from reviewflow.language.reading.shapes import annotation_at, keys_of, model_at, path_of
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Path, entries_below, plain
from reviewflow.language.suggestions import nearest, suggestion
from reviewflow.text import listing

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
    m.CaseDate: "a date of the case",
    m.Hold: "a hold",
    m.Ending: "an ending",
    m.Placing: "a placing",
    m.GroupUse: "the use of a group",
    m.Group: "a group",
    m.DecisionTable: "a decision table",
    m.TableOutcome: "an outcome",
    m.TableRow: "a row",
    m.Document: "a document",
    m.OwnCalendar: "a calendar",
    m.Process: "a process",
    m.Role: "a role",
    m.Agency: "an agency",
    m.Contact: "the contact",
    m.Partnership: "the partnership file",
}

_NAME = r"^[a-z][a-z0-9_]{0,59}$"
_NAMES = {_NAME, r"^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$"}  # and an owner, or a list that a form gathered
_PATTERNS = {
    r"^[A-Z]{1,8}-\{year\}-\{number\}$": "a reference. Write capitals, then year and number: RR-{year}-{number}",
    r"^\d\d-\d\d$": "a day of the year. Write month and day: 09-30",
    r"^[a-z0-9-]+(\.[a-z0-9-]+)+$": "a mail domain. Write it as: police.example.org",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "a date or a step's field. Write: notified, or agreed_outcome.decided_on",
    r"^[a-z0-9_]{1,60}\.docx$": "a Word file's name. Write it in small letters: agenda.docx",
    r"^[a-z0-9_-]{1,60}/[a-z0-9_-]{1,60}$": "a deployment's name. Write the flow and the deployment: publish/website",
}
_ADDRESS = "an e-mail address. Write it as: reviews@police.example.org"


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
    problems = [_problem(source, kind, each) for each in _first_hand(kind, errors)]
    told = {problem.mark for problem in source.problems if problem.code == "PD103"}
    problems = [each for each in problems if each.code != "PD011" or each.mark not in told]
    unique = list(dict.fromkeys((*source.problems, *problems)))
    usable = mended(kind, data, errors)
    ordered = tuple(sorted(unique, key=lambda problem: (problem.mark, problem.code)))
    return (usable if isinstance(usable, kind) else None), ordered


def _first_hand(kind: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without what only follows from another mistake; of a great many the first ones."""
    misspelt = {(*place, near) for place, near in _misspelt(kind, errors)}
    places = [path_of(error["loc"]) for error in errors]
    for error in errors[:MOST_PROBLEMS]:
        path, found = path_of(error["loc"]), error["input"]
        below = any(len(place) > len(path) and place[: len(path)] == path for place in places)
        empty = isinstance(found, str) and not found.strip()  # said by read_source, PD007
        if not (empty or path in misspelt or (error["type"] == "too_short" and below)):
            yield error


def _misspelt(kind: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[tuple[Path, str | None]]:
    """Each place that has an unknown key, with the key that was meant."""
    for error in errors:
        if error["type"] == "extra_forbidden":
            path = path_of(error["loc"])
            owner = model_at(kind, path[:-1])
            yield path[:-1], nearest(str(path[-1]), keys_of(owner)) if owner else None


def _problem(source: Source, kind: type[BaseModel], error: ErrorDetails) -> Problem:
    path = path_of(error["loc"])
    on_key = path[-1:] == ("[key]",)
    if on_key:
        path = path[:-1]
    code, message = _said(kind, path, error)
    at_key = on_key or error["type"] in {"extra_forbidden", "missing"}
    mark = source.key_mark(path) if at_key else source.value_mark(path)
    return source.problem(_within(source, path, message) or mark if code == "PD050" else mark, code, message)


def _within(source: Source, path: Path, message: str) -> Mark | None:
    """Where in a condition the name stands that its problem begins with."""
    return next((key.mark for key, _ in entries_below(source.node(path)) if message.startswith(f'"{key.value}"')), None)


def _said(kind: type[BaseModel], path: Path, error: ErrorDetails) -> tuple[str, str]:
    found, context = error["input"], error.get("ctx", {})
    name = path[-1] if path else ""
    match error["type"]:
        case "extra_forbidden":
            return "PD010", _unknown_key(model_at(kind, path[:-1]), str(name))
        case "missing":
            return "PD011", _missing_key(model_at(kind, path[:-1]), str(name))
        case "string_pattern_mismatch":
            return "PD013", _no_name(path, str(found), str(context.get("pattern")))
        case "enum" | "literal_error" if isinstance(found, str | int):
            return "PD016", _wrong_word(kind, path, str(found), str(context.get("expected", "")))
        case "too_short":
            return "PD011", f'"{name}" needs at least one entry.'
        case "string_too_long":
            return (
                "PD017",
                f"This text has {len(str(found)):,} characters; at most {context.get('max_length'):,} fit here.",
            )
        case "greater_than_equal":
            return "PD014", f"{found} is too small; the smallest number here is {context.get('ge')}."
        case code if code.startswith("PD"):
            return code, error["msg"]
        case kind_of_error:
            return (
                "PD012",
                f"{_expected_shape(kind_of_error)} expected here, not {_shape(found)}.{_HINTS.get(name, '')}",
            )


def _expected(found: str, pattern: str) -> str:
    if pattern in _NAMES:
        stem = found.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
        example = "agency_return" if found[:1].isdigit() else as_name(stem) or "agency_return"
        return f"a name. Names have small letters, digits and _, a letter first. Write: {example}"
    return _PATTERNS.get(pattern, _ADDRESS)


def _no_name(path: Path, found: str, pattern: str) -> str:
    """What is wrong with a name; where one name is expected somebody may have written two, or a person."""
    names = [as_name(each) for each in re.split(r",|;|&|\band\b", found) if as_name(each)]
    if "owner" in path and (len(names) > 1 or "@" in found):
        return f'"{found}" is not a name. {_ROLE}{_HINTS["owner"] if len(names) > 1 else ""}'
    if "after" in path and len(names) > 1:
        return f'"{found}" is not a name. Write several names as a list: [{", ".join(names)}].'
    message = f'"{found}" is not {_expected(found, pattern)}.'
    return f"{message}\n{_ROLE}" if "owner" in path else message


_ROLE = "An owner is a role by its name in partnership.yaml, never a person or an address."


def _unknown_key(owner: type[BaseModel] | None, name: str) -> str:
    if owner is None:
        return f'"{name}" is not known here.'
    keys, noun = keys_of(owner), NOUNS[owner]
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
    return f'"{found}" is not known here.{suggestion(found, words)}\nKnown here: {listing(words)}.'


def _enum_words(kind: type[BaseModel], path: Path) -> list[str]:
    annotation = annotation_at(kind, path)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(each.value) for each in annotation]
    return []


_HINTS: dict[str | int, str] = {
    "owner": "\nWhen several do it, write owner: each, and list them under for_each.",
    "start": "\nWrite the process and its dates below it: process: learning_review",
    "reopens": "\nWrite the step that is sent back, and below it when: {enough: no}",
    "steps": "\nEach step begins with its name and a colon.",
    "options": "\nEach answer has a short name and what people read: summary: A summary of what we know",
}


def _expected_shape(kind_of_error: str) -> str:
    match kind_of_error:
        case "dict_type" | "model_type" | "model_attributes_type":
            return "Names with values, each on a line of its own (name: value), are"
        case "tuple_type" | "list_type":
            return "A list, each entry on a line that begins with a dash, is"
        case "int_type" | "literal_error":
            return "A number is"
        case "bool_type":
            return "yes or no is"
        case _:
            return "Text is"


def _shape(found: object) -> str:
    return "names with values" if isinstance(found, dict) else "a list" if isinstance(found, list) else f'"{found}"'
