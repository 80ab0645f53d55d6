"""Who must be among several: police among them; one of governors; two of police or health or education."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
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


def among_in(words: str) -> tuple[tuple[str, ...], tuple[OneOfKind, ...]] | None:
    """' police and one of governors among them' -> (('police',), (one of governors,)); None where it names nobody."""
    named, found, rest = words.strip().rpartition(" among them")
    parts = re.split(", | and ", named)
    kinds = [kind for part in parts if (kind := kind_in(part))]
    names = [part for part in parts if re.fullmatch(NAME, part)]
    if not found or rest or len(kinds) + len(names) < len(parts):
        return None
    return tuple(names), tuple(kinds)


def among_words(names: Iterable[str], kinds: Iterable[OneOfKind], title: Callable[[str], str]) -> str:
    """', police and one of governors among them', each called as `title` says; '' where nobody is named."""
    titles = [*map(title, names), *(kind.words(title) for kind in kinds)]
    last = " and ".join(titles[-2:])
    return f", {', '.join([*titles[:-2], last])} among them" if titles else ""
