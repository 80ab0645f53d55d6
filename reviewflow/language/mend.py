"""Reading on after mistakes: what is wrong in itself is left out, so that the rest is checked in the same pass.

Nothing mended is ever run. It is only looked at, and only where what is left out cannot make sound values look wrong.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reviewflow.language.model import Process
from reviewflow.language.source import Path

STAND_INS: dict[str, object] = {
    "language": "1",
    "version": "1",
    "title": "-",
    "label": "-",
    "reference": "X-{year}-{number}",
    "agencies": "at least 1",
}
LEFT_OUT = frozenset({"due", "not_before", "within", "summary", "help", "ladder", "calendar"})
TRIES = 5


def mended(kind: type[BaseModel], data: Any, errors: Sequence[ErrorDetails]) -> BaseModel | None:
    """The model without its mistakes; None when they are such that what is left would mislead."""
    if kind is not Process:
        return None
    data = copy.deepcopy(data)
    for _ in range(TRIES):
        if not all(_mend(data, error) for error in errors):
            return None
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None


def _mend(data: Any, error: ErrorDetails) -> bool:
    path = tuple(part for part in error["loc"] if not str(part).startswith("("))
    key = path[-1] if path else None
    holder = _at(data, path[:-1])
    if not isinstance(holder, dict):
        return False
    if error["type"] == "extra_forbidden" or key in LEFT_OUT:
        return holder.pop(key, None) is not None
    if key in STAND_INS:
        holder[key] = STAND_INS[str(key)]
        return True
    return False


def _at(data: Any, path: Path) -> Any:
    for part in path:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]
        else:
            return None
    return data
