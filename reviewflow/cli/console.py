"""How commands read what is typed, print JSON, and say why they stopped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from errno import EACCES, EDQUOT, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from typing import Any

import typer

from reviewflow.errors import OURS, YOURS, ReviewflowError

NOON = time(12)
EARLIEST, FARTHEST = 2015, 5
"""The first year, and how many years ahead, that can be rehearsed: what is typed beyond is a slip."""


def moment(text: str | None) -> datetime:
    """The moment a command works at, in UTC: now, or the one that was asked for (noon in London for a day).

    Raises BadParameter for what is no moment, or too far away to be meant.
    """
    from reviewflow.london import LONDON

    clock_now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the shell is where the clock is read
    if text is None:
        return clock_now
    day, _, clock = text.replace(" ", "T").partition("T")
    try:
        at = time.fromisoformat(clock) if clock else NOON
    except ValueError:
        raise typer.BadParameter(f'"{clock}" is not a time of day. Write 09:30.') from None
    chosen = the_day(day)
    if not EARLIEST <= chosen.year <= clock_now.year + FARTHEST:
        raise typer.BadParameter(f"{day} is too far away to rehearse. Look at the year.")
    return datetime.combine(chosen, at, at.tzinfo or LONDON).astimezone(UTC)


def the_day(text: str) -> date:
    """A day as it is typed, 2026-05-05; raises BadParameter."""
    from reviewflow.language.phrases import PhraseError, parse_day

    try:
        return parse_day(text)
    except PhraseError as error:
        raise typer.BadParameter(str(error)) from None


def the_moment(text: str) -> tuple[date, time | None]:
    """A day, and a time of day when one is given: 2026-05-05, 2026-05-05 14:30; raises BadParameter."""
    from reviewflow.language.phrases import PhraseError, parse_clock

    day, _, clock = text.strip().replace("T", " ").partition(" ")
    try:
        return the_day(day), parse_clock(clock) if clock else None
    except PhraseError as error:
        raise typer.BadParameter(str(error)) from None


def pairs(given: list[str], *, example: str) -> dict[str, str]:
    """'name=value' words as a mapping; raises BadParameter, with the example, for a word without = or a name twice."""
    values: dict[str, str] = {}
    for pair in given:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals:
            raise typer.BadParameter(f'"{pair}" has no =. Write it as {example}.')
        if name in values:
            several = f"{name}={values[name]},{value}"
            raise typer.BadParameter(f'"{name}" is given twice. If both are meant, write {several}')
        values[name] = value
    return values


def show_json(value: Any) -> None:
    """Print it as JSON: days and moments as ISO text, enums as their values."""
    typer.echo(as_json(value))


def as_json(value: Any) -> str:
    """As JSON in lines: days and moments as ISO text, enums as their values."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=plain)


def plain(value: object) -> object:
    """What `json.dumps` asks for what it does not know; raises TypeError for anything else."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


OF_THE_PLACE = frozenset({ENOENT, EACCES, EPERM, ENOTDIR, EISDIR, EROFS})
"""What is wrong with a file or folder that somebody named, rather than with the machine."""
NO_ROOM = frozenset({ENOSPC, EDQUOT})
"""The disk is full, or what somebody may have of it."""


def stop_words(error: Exception) -> tuple[str, int] | None:
    """What to tell a person, and the exit status; None for a bug, which is not theirs to put right."""
    if isinstance(error, ReviewflowError):
        return str(error), error.exit_status
    if isinstance(error, ModuleNotFoundError):
        from reviewflow.cli.extras import missing_extra

        words = missing_extra(error)
        return None if words is None else (words, YOURS)
    if isinstance(error, OSError) and error.filename and error.errno in OF_THE_PLACE:
        return (
            f"{error.filename} cannot be used: {error.strerror}. Name another place, or make its folder first.",
            YOURS,
        )
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        what = error.filename or "A file"
        return f"{what} could not be written: the disk is full. Make room, and say it again.", OURS
    if isinstance(error, OSError):
        what = error.filename or "A file, or a line to another machine,"
        return (
            f"{what} cannot be used: {error.strerror or type(error).__name__}. Nothing was half done; try again.",
            OURS,
        )
    return None
