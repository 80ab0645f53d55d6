"""At least so many of a kind of member: one of governors; two of police or health or education."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

NAME = "[a-z][a-z0-9_]*"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""Numbers in words, from one on."""


@dataclass(frozen=True, slots=True)
class OneOfKind:
    """At least `number` of those named: members, or one kind of member of a group."""

    number: int
    names: tuple[str, ...]
    title: str = ""
    """What the kind is called, once its members are known."""

    def words(self, title: Callable[[str], str]) -> str:
        """'one of governors', 'two of police or health'."""
        return f"{NUMBERS[self.number - 1]} of {self.title or ' or '.join(title(name) for name in self.names)}"

    def is_met(self, members: Collection[str]) -> bool:
        """Whether enough of them are among these members."""
        return len({*self.names} & {*members}) >= self.number

    def of_members(self, members: Mapping[str, tuple[str, tuple[str, ...]]]) -> OneOfKind:
        """The same with the members of the kind and its title, where it names a kind: {name: (title, members)}."""
        if len(self.names) != 1 or self.names[0] not in members:
            return self
        title, names = members[self.names[0]]
        return replace(self, names=names, title=title)


def kind_in(words: str) -> OneOfKind | None:
    """'two of police or health' -> OneOfKind(2, ('police', 'health')); None where it says no such thing."""
    numbers = "|".join((*NUMBERS, "[1-9]"))
    match = re.fullmatch(rf"(?:at least )?({numbers}) of ({NAME}(?: or {NAME})*)", words)
    if match is None:
        return None
    number = int(match[1]) if match[1].isdigit() else NUMBERS.index(match[1]) + 1
    return OneOfKind(number, tuple(match[2].split(" or ")))
