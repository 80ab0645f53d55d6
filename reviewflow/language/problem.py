"""What is wrong in a definition, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reviewflow.errors import ReviewflowError
from reviewflow.language.encoding import visible


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: line and column count from 1, length is what the caret underlines."""

    line: int
    column: int
    length: int = 1
    file: str = ""
    """The file, when it is another than the one that is being read."""


START = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, in words an office uses; `code` is stable and has a section in the docs."""

    file: str
    mark: Mark
    code: str
    message: str
    severity: Severity = Severity.ERROR
    excerpt: tuple[str, ...] = ()
    elsewhere: Mark | None = None
    """Where the text itself stands, when it was taken over from another file."""
    about: tuple[str | int, ...] = field(default=(), compare=False)
    """The value that it is about: ("steps", "meet", "owner"), or its key: ("steps", "meet", "[key]"); () for text."""

    def __str__(self) -> str:
        return "\n".join([self.headline, *self.excerpt, *(f"  {line}" for line in self.message.split("\n"))])

    @property
    def headline(self) -> str:
        return f"{self.file}:{self.mark.line}:{self.mark.column}  {self.severity} {self.code}"


LONG_LIST = 160
"""Characters of a line that lists what there is; a longer one is shown once."""
_ITS_BEGINNING = 100


def printed(problems: Iterable[Problem]) -> Iterator[str]:
    """The problems as they are read one after the other: a long list of what there is stands with the first alone."""
    shown: set[str] = set()
    for problem in problems:
        lines = []
        for line in problem.message.split("\n"):
            owner, colon, _ = line.partition(": ")
            listed = bool(colon) and len(line) > LONG_LIST
            lines.append(f"{owner}: as listed above." if listed and line[:_ITS_BEGINNING] in shown else line)
            if listed:
                shown.add(line[:_ITS_BEGINNING])
        yield str(replace(problem, message="\n".join(lines)))


class DefinitionError(ReviewflowError):
    """A definition cannot be used; `problems` has all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(printed(self.problems)))


MOST_PROBLEMS = 100  # of one kind in one file; further ones show when these are put right
MOST_SHOWN = 120
"""Characters of a line."""
MOST_QUOTED = 80
"""Characters of what a message quotes."""


def excerpt(lines: Sequence[str], mark: Mark) -> tuple[str, ...]:
    """The line with a caret under what is meant, and the line before it; of long lines the part that matters."""
    if not 1 <= mark.line <= len(lines):
        return ()
    first = max(0, mark.column - 1 - MOST_SHOWN // 2) if mark.column + min(mark.length, 40) > MOST_SHOWN else 0
    numbers = [number for number in (mark.line - 1, mark.line) if number >= 1]
    shown = [f"{number:5} | {visible(lines[number - 1])[first : first + MOST_SHOWN]}" for number in numbers]
    before = "".join("\t" if c == "\t" else " " for c in lines[mark.line - 1][first : mark.column - 1])
    room = max(1, len(lines[mark.line - 1][first : first + MOST_SHOWN]) - (mark.column - 1 - first))
    return (*(line.rstrip() for line in shown), f"      | {before}{'^' * min(mark.length, room)}")


def shortened(message: str) -> str:
    """The message with what it quotes cut to a length that can be read."""
    return re.sub('"([^"]*)"', _short, visible(message.replace("\r", "")))


def _short(quote: re.Match[str]) -> str:
    return quote[0] if len(quote[1]) <= MOST_QUOTED else f'"{quote[1][: MOST_QUOTED - 3]}..."'
