"""What is wrong in a definition, where, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: line and column count from 1, length is what the caret underlines."""

    line: int
    column: int
    length: int = 1


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

    def __str__(self) -> str:
        return "\n".join([self.headline, *self.excerpt, *(f"  {line}" for line in self.message.split("\n"))])

    @property
    def headline(self) -> str:
        return f"{self.file}:{self.mark.line}:{self.mark.column}  {self.severity} {self.code}"


class DefinitionError(Exception):
    """A definition cannot be used; `problems` has all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n\n".join(str(problem) for problem in self.problems))


def excerpt(lines: Sequence[str], mark: Mark) -> tuple[str, ...]:
    """The line with a caret under what is meant, and the line before it."""
    if not 1 <= mark.line <= len(lines):
        return ()
    shown = [f"{number:5} | {lines[number - 1]}" for number in (mark.line - 1, mark.line) if number >= 1]
    before = "".join("\t" if c == "\t" else " " for c in lines[mark.line - 1][: mark.column - 1])
    room = max(1, len(lines[mark.line - 1]) - mark.column + 1)
    return (*shown, f"      | {before}{'^' * min(mark.length, room)}")


def suggestion(found: str, allowed: Iterable[str]) -> str:
    """' Did you mean "x"?' when one of the allowed words is near what was written, else ''."""
    near = difflib.get_close_matches(found, list(allowed), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def listing(words: Iterable[str], *, none: str = "nothing yet") -> str:
    """The allowed words as one phrase: 'a, b and c'."""
    shown = list(words)
    if not shown:
        return none
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def unknown(what: str, found: str, allowed: Iterable[str], owner: str) -> str:
    """The one sentence for a name that nobody defined."""
    known = sorted(allowed)
    return f'"{found}" is not {what}.{suggestion(found, known)}\n{owner}: {listing(known)}.'
