"""Every part of the language has a name for messages, and every pattern has words for a text that does not match it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel, StringConstraints

from reviewflow.language.folder.kinds import KINDS
from reviewflow.language.model import Model, Says


def parts(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def reachable() -> list[type[BaseModel]]:
    models = list(KINDS.values())
    for model in models:
        for field in model.model_fields.values():
            models += [part for part in parts(field.annotation) if part not in models]
    return models


def metadata(annotation: object) -> Iterator[tuple[object, ...]]:
    """What stands beside each type, at any depth."""
    yield getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from metadata(inner)


@pytest.mark.parametrize("model", reachable(), ids=lambda model: model.__name__)
def test_a_part_of_the_language_has_a_name_for_messages(model: type[BaseModel]) -> None:
    assert issubclass(model, Model)
    assert model.noun.partition(" ")[0] in {"a", "an", "the"}


@pytest.mark.parametrize("model", reachable(), ids=lambda model: model.__name__)
def test_a_pattern_has_words_for_what_does_not_match_it(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        for beside in [*metadata(field.annotation), tuple(field.metadata)]:
            patterns = [part.pattern for part in beside if isinstance(part, StringConstraints) and part.pattern]
            patterns += [part.pattern for part in beside if getattr(part, "pattern", None)]
            sentences = [part.sentence for part in beside if isinstance(part, Says)]
            assert bool(patterns) == bool(sentences), name
