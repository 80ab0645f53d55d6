"""Which part of the model a path in a file belongs to."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from reviewflow.language.reading.tree import Path


def path_of(location: Sequence[str | int]) -> Path:
    """Where an error is in the file: without the names of the choices that pydantic went through."""
    return tuple(part for part in location if not str(part).startswith("("))


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys as they are written."""
    return [field.alias or key for key, field in model.model_fields.items()]


def model_at(kind: type[BaseModel], path: Path) -> type[BaseModel] | None:
    found = annotation_at(kind, path)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def annotation_at(kind: type[BaseModel], path: Path) -> Any:
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
