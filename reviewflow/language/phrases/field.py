"""A phrase as the type of a field: read from text, written as text, and described to editors as text."""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType
from typing import Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from reviewflow.language.phrases.error import PhraseError


def phrase(
    kind: type | UnionType, parse: Callable[[str], Any], *examples: str, write: Callable[[Any], str] = str
) -> tuple[object, ...]:
    """What stands in `Annotated[kind, *phrase(...)]`; what `parse` refuses becomes an error of its own code."""

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError(
                "PD012", "A phrase is expected here, such as: {example}.", {"example": examples[0]}
            )
        try:
            return parse(value)
        except PhraseError as error:
            raise PydanticCustomError(error.code, "{said}", {"said": str(error)}) from error

    return (
        PlainValidator(read),
        PlainSerializer(write, return_type=str),
        WithJsonSchema({"type": "string", "examples": list(examples)}),
    )
