"""Options that many commands have: declared once as the fields of a dataclass, handed to a command as one value.

    def papers(reference: Reference, *, context: Annotated[Context, Takes("as_json", "database", "folder")]) -> None:

has `--json`, `--database` and `--definitions` in the place of `context`, in this order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Takes:
    """Which fields of a dataclass are options of a command, in the order in which help shows them; none: all."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)


def with_options(function: Callable[..., None]) -> Callable[..., None]:
    """The function as Typer takes it: each `Takes` replaced by its options, from which its dataclass is filled."""
    hints = get_type_hints(function, include_extras=True)
    taken = {name: taking for name, hint in hints.items() if (taking := _taking(hint)) is not None}

    def command(**given: Any) -> None:
        groups = {name: kind(**{field: given.pop(field) for field in names}) for name, (kind, names) in taken.items()}
        function(**given, **groups)

    parameters = list(_parameters(function, hints, taken))
    command.__name__, command.__doc__, command.__module__ = function.__name__, function.__doc__, function.__module__
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return command


def _taking(hint: object) -> tuple[type[Any], tuple[str, ...]] | None:
    """The dataclass of a parameter that stands for several options, and the fields that it takes."""
    if get_origin(hint) is not Annotated:
        return None
    kind, *notes = get_args(hint)
    takes = next((note for note in notes if isinstance(note, Takes)), None)
    return None if takes is None else (kind, takes.names or tuple(field.name for field in fields(kind)))


def _parameters(
    function: Callable[..., None],
    hints: Mapping[str, Any],
    taken: Mapping[str, tuple[type[Any], tuple[str, ...]]],
) -> Iterator[Parameter]:
    """All by keyword, so that one without a default may follow one that has one."""
    for name, parameter in signature(function).parameters.items():
        if name not in taken:
            yield parameter.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)
            continue
        kind, names = taken[name]
        options = get_type_hints(kind, include_extras=True)
        defaults = {field.name: field.default for field in fields(kind)}
        for option in names:
            default = Parameter.empty if defaults[option] is MISSING else defaults[option]
            yield Parameter(option, Parameter.KEYWORD_ONLY, default=default, annotation=options[option])
