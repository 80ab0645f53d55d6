"""What pydantic finds wrong with a file, in an office's words: a stable code, what was found, and what to write."""

from __future__ import annotations

import re
from enum import Enum

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from reviewflow.language.model import EXAMPLE, Model
from reviewflow.language.reading.recovery import as_name
from reviewflow.language.reading.shapes import annotation_at, expected_at, keys_of, model_at
from reviewflow.language.reading.tree import KEY, Path
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing


def describe(kind: type[BaseModel], path: Path, error: ErrorDetails) -> tuple[str, str]:
    """The code and the message of an error at a path of a file of this kind; of a key, the path ends with KEY."""
    value, context = error["input"], error.get("ctx", {})
    expected = expected_at(kind, path)
    path = path[:-1] if path[-1:] == (KEY,) else path
    name = path[-1] if path else ""
    match error["type"]:
        case "extra_forbidden":
            return "PD010", _unknown_key(model_at(kind, path[:-1]), str(name))
        case "missing":
            return "PD011", _missing_key(model_at(kind, path[:-1]), str(name))
        case "string_pattern_mismatch":
            return "PD013", _no_match(path, str(value), expected)
        case "enum" | "literal_error" if isinstance(value, str | int):
            return "PD016", _wrong_word(kind, path, str(value), str(context.get("expected", "")))
        case "too_short":
            return "PD011", f'"{name}" needs at least one entry.'
        case "string_too_long":
            return (
                "PD017",
                f"This text has {len(str(value)):,} characters; at most {context.get('max_length'):,} fit here.",
            )
        case "greater_than_equal":
            return "PD014", f"{value} is too small; the smallest number here is {context.get('ge')}."
        case code if code.startswith("PD"):
            return code, error["msg"]
        case kind_of_error:
            return (
                "PD012",
                f"{_expected_shape(kind_of_error)} expected here, not {_shape(value)}.{_HINTS.get(name, '')}",
            )


def _no_match(path: Path, text: str, expected: str) -> str:
    """What is wrong with a text that has another form; where one name belongs it may be two, or a person."""
    names = [name for name in map(as_name, re.split(r",|;|&|\band\b", text)) if name]
    if (path[-1:] == ("to",) or path[-2:-1] == ("to",)) and re.match(r"contact\s", text):
        return f'"{text}" cannot stand here.\n{_CONTACT}'
    if "owner" in path and (len(names) > 1 or "@" in text):
        return f'"{text}" is not a name. {_ROLE}{_HINTS["owner"] if len(names) > 1 else ""}'
    if path[:1] == ("limits",) and path[-1:] == ("from",) and re.fullmatch(r"[a-z]\w*\.[a-z]\w*", text):
        return f'"{text}" is an answer. {_FROM.format(text.partition(".")[0])}'
    if "after" in path and len(names) > 1:
        return f'"{text}" is not a name. Write several names as a list: [{", ".join(names)}].'
    message = f'"{text}" is not {expected.replace(EXAMPLE, _example(text))}.'
    if "owner" in path and text.startswith(("agency ", "the ")):
        return f"{message}\n{_PHRASES}"
    return f"{message}\n{_ROLE}" if "owner" in path else message


def _example(text: str) -> str:
    """The text as a name: of a file's path the file's name, without its ending."""
    stem = text.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
    return "agency_return" if text[:1].isdigit() else as_name(stem) or "agency_return"


_FROM = (
    "A time limit counts from a date of the case or from a step.\nWhere that answer is the day on which the step "
    "counts as done (completes: yes), write: from: {}. Else let the answer set a date (sets), and count from that."
)
_ROLE = "An owner is a role by its name in partnership.yaml, never a person or an address."


_CONTACT = (
    "Only a step writes to a contact, and somebody releases each letter: "
    "letter: {title: ..., send: ..., to: contact NAME}. Name a role here."
)
_PHRASES = "An owner may also be: agency police; the agency in referral.referrer; the agency's senior."


def _unknown_key(owner: type[Model] | None, name: str) -> str:
    if owner is None:
        return f'"{name}" is not known here.'
    keys = keys_of(owner)
    return (
        f'"{name}" is not something {owner.noun} can have.{suggestion(name, keys)}\n'
        f"{owner.noun[0].upper()}{owner.noun[1:]} can have: {listing(keys)}."
    )


def _missing_key(owner: type[Model] | None, name: str) -> str:
    if owner is None:
        return f'"{name}" is missing.'
    field = next(field for key, field in owner.model_fields.items() if name in (key, field.alias))
    return f'"{name}" is missing. {owner.noun[0].upper()}{owner.noun[1:]} needs it: {field.description}.'


def _wrong_word(kind: type[BaseModel], path: Path, text: str, expected: str) -> str:
    words = _enum_words(kind, path) or [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    return f'"{text}" is not known here.{suggestion(text, words)}\nKnown here: {listing(words)}.'


def _enum_words(kind: type[BaseModel], path: Path) -> list[str]:
    annotation = annotation_at(kind, path)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(word.value) for word in annotation]
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


def _shape(value: object) -> str:
    return "names with values" if isinstance(value, dict) else "a list" if isinstance(value, list) else f'"{value}"'
