"""What a file's text is read into: texts, lists and names with values, each of which knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewflow.language.problem import START, Mark

Path = tuple[str | int, ...]
"""Where something stands in a file: ("steps", "meet", "after", 0)."""
KEY = "[key]"
"""What a path ends with that is about a key and not about its value; pydantic's word."""


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    mark: Mark
    block: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    nodes: tuple[Node, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Entries:
    pairs: tuple[tuple[Text, Node], ...]
    mark: Mark

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key.value for key, _ in self.pairs))

    def get(self, name: str) -> Node | None:
        """The value of a name; the last one when it is written twice."""
        return next((value for key, value in reversed(self.pairs) if key.value == name), None)

    def with_value(self, name: str, value: Node) -> Entries:
        """The same, with another value in the place of the name's, or at the end."""
        pairs = [(key, value if key.value == name else old) for key, old in self.pairs]
        new = [] if name in self.names else [(Text(name, value.mark), value)]
        return Entries((*pairs, *new), self.mark)


Node = Text | Items | Entries


def plain(node: Node) -> object:
    """The tree as text, lists and mappings."""
    match node:
        case Text(value):
            return value
        case Items(nodes):
            return [plain(item) for item in nodes]
        case Entries(pairs):
            return {key.value: plain(value) for key, value in pairs}


def entries_below(node: Node | None) -> Iterator[tuple[Text, Node]]:
    """Every name with its value, at any depth."""
    match node:
        case Entries(pairs):
            for key, value in pairs:
                yield key, value
                yield from entries_below(value)
        case Items(nodes):
            for item in nodes:
                yield from entries_below(item)


def entries_of(node: Node | None) -> Entries:
    """A mapping, or an empty one in the place of anything else."""
    return node if isinstance(node, Entries) else Entries((), START if node is None else node.mark)


def texts_of(node: Node) -> tuple[Text, ...]:
    """A value, or the values of a list."""
    nodes = node.nodes if isinstance(node, Items) else (node,)
    return tuple(item for item in nodes if isinstance(item, Text))
