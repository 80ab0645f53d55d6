"""The records of a case with some of their fields changed: every event does that, so it has to be quick."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import TYPE_CHECKING, Any, TypeVar

Record = TypeVar("Record")
Setters = Mapping[str, Callable[[object, object], None]]


@cache
def _access(kind: type[Any]) -> tuple[Callable[[object], tuple[object, ...]], Setters]:
    """What reads all fields of a record at once, and what sets each in a new one that is frozen to all others."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: kind.__dict__[name].__set__ for name in names}


if TYPE_CHECKING:  # the type checker knows which fields each record has only from this one
    from dataclasses import replace as replace  # noqa: PLC0414 - so that others may import it from here
else:

    def replace(record: Record, /, **changes: object) -> Record:
        """As `dataclasses.replace`, in less than half its time, of a record that has slots and at least two fields.

        Raises TypeError for a field that it has not.
        """
        kind = type(record)
        read, setters = _access(kind)
        other = object.__new__(kind)
        deque(map(call, setters.values(), repeat(other), read(record)), maxlen=0)
        for name, value in changes.items():
            if name not in setters:
                raise TypeError(f"{kind.__name__} has no field {name!r}.")
            setters[name](other, value)
        return other
