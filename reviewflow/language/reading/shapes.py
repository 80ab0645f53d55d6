"""Which part of the model a path in a file belongs to."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from reviewflow.language.model import Model, Says
from reviewflow.language.reading.tree import KEY, Path


def path_of(kind: type[BaseModel], location: Sequence[str | int]) -> Path:
    """Where an error is in a file of this kind: without the names of the choices that pydantic went through.

    Such a name is told from a key that an office wrote by the type that stands there: "(values)" may be either.
    """
    path: list[str | int] = []
    here: Any = kind
    chosen = False
    for part in location:
        chosen = not chosen and part in _choices(here)
        if not chosen:
            path.append(part)
            here = _inside(here, part)
    return tuple(path)


def _choices(annotation: Any) -> frozenset[str]:
    """The names of the choices that a type offers, as in `TextOr`."""
    if isinstance(annotation, Tag):
        return frozenset({annotation.tag})
    if get_origin(annotation) not in (Annotated, Union, types.UnionType):
        return frozenset()
    return frozenset().union(*(_choices(part) for part in get_args(annotation)))


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys as they are written."""
    return [field.alias or key for key, field in model.model_fields.items()]


def model_at(kind: type[BaseModel], path: Path) -> type[Model] | None:
    """The model of what stands at a path; None where that has no keys of its own."""
    annotation = annotation_at(kind, path)
    return annotation if isinstance(annotation, type) and issubclass(annotation, Model) else None


def annotation_at(kind: type[BaseModel], path: Path) -> Any:
    """The type of what stands at a path, without Annotated and Optional; None where nothing may stand."""
    here: Any = kind
    for part in path:
        here = _inside(here, part)
    return _bare(here)


def expected_at(kind: type[BaseModel], path: Path) -> str:
    """What a text at a path has to be, as its type says it; of a key the path ends with KEY."""
    if path[-1:] == (KEY,):
        annotation = next(iter(get_args(annotation_at(kind, path[:-2]))), None)
    else:
        annotation = _inside(annotation_at(kind, path[:-1]), path[-1]) if path else None
    return next(_sentences(annotation), "written as it must be here")


def _sentences(annotation: Any) -> Iterator[str]:
    if isinstance(annotation, Says):
        yield annotation.sentence
    elif get_origin(annotation) in (Annotated, Union, types.UnionType):
        for part in get_args(annotation):
            yield from _sentences(part)


def _inside(annotation: Any, part: str | int) -> Any:
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        for key, field in bare.model_fields.items():
            if part in (key, field.alias):
                return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        return None
    values = [choice for choice in get_args(bare) if choice is not Ellipsis]
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
    return next((choice for choice in bare if get_origin(choice) or choice not in (str, typing.Any)), bare[0])
