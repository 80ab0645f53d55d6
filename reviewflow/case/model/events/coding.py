"""An event as canonical JSON, and back."""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from functools import cache
from typing import Any

from reviewflow.case.model.events.facts import KINDS, Event
from reviewflow.case.model.state import Answers


def _iso(value: date | time) -> str:
    return value.isoformat()


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso).encode


def encode(event: Event) -> str:
    """Canonical JSON: keys sorted, no spaces, days as ISO text; empty values are left out."""
    values = {name: getattr(event, name) for name in _hints(event.KIND)}
    return _canonical({name: value for name, value in values.items() if value or _is_zero(value)})


def _is_zero(value: object) -> bool:
    """Whether it is the number 0, which is stored; False and everything empty are left out."""
    return value == 0 and value is not False


def decode(kind: str, body: str) -> Event:
    """The event that `encode` wrote; raises KeyError or TypeError for what this program did not write."""
    values: dict[str, Any] = json.loads(body)
    hints = _hints(kind)
    for name, hint in hints.items():
        if name in values:
            values[name] = _restored(values[name], hint)
        elif hint in _EMPTY:
            values[name] = _EMPTY[hint]()
    return KINDS[kind](**values)


@cache
def _hints(kind: str) -> dict[str, Any]:
    hints = typing.get_type_hints(KINDS[kind])
    return {field.name: hints[field.name] for field in fields(KINDS[kind])}


_DAYS = Mapping[str, date]
_MAYBE_DAYS = Mapping[str, date | None]
_DAY = (date, date | None)
_CLOCKS = Mapping[str, time]
_OF_ITEMS = Mapping[str, Answers]
_OWNERS = Mapping[str, str]
_RULES = Mapping[str, tuple[str, ...]]
_EMPTY: dict[Any, Any] = {
    tuple[str, ...]: tuple,
    _DAYS: dict,
    _MAYBE_DAYS: dict,
    Answers: dict,
    _OF_ITEMS: dict,
    _CLOCKS: dict,
    _OWNERS: dict,
    _RULES: dict,
    str: str,
    bool: bool,
    date | None: type(None),
}


def _restored(value: Any, hint: Any) -> Any:
    if hint in _DAY:
        return date.fromisoformat(value)
    if hint == time | None:
        return time.fromisoformat(value)
    if hint == _CLOCKS:
        return {name: time.fromisoformat(clock) for name, clock in value.items()}
    if hint in (_DAYS, _MAYBE_DAYS):
        return {name: day and date.fromisoformat(day) for name, day in value.items()}
    if hint == _RULES:
        return {name: tuple(rules) for name, rules in value.items()}
    return tuple(value) if hint == tuple[str, ...] else value
