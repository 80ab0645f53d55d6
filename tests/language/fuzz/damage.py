"""One thing wrong in a file: a key misspelt, dropped, doubled or misplaced, or its value of another type."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from tests.language.fuzz.samples import planted
from tests.language.mutations import VALUES as SPOILT

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STR, SEQ, MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
MOST_DEEP = 18


class Kind(StrEnum):
    MISSPELT = "misspelt"
    DROPPED = "dropped"
    DOUBLED = "doubled"
    MISTYPED = "mistyped"
    MISPLACED = "misplaced"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a mapping or of a list: which one, and how deep it stands."""

    holder: yaml.MappingNode | yaml.SequenceNode
    index: int
    depth: int

    @property
    def key(self) -> str:
        entry = self.holder.value[self.index]
        return str(entry[0].value) if isinstance(self.holder, yaml.MappingNode) else ""


class Tree:
    """A file that can be damaged at any of its entries, written, and made whole again."""

    def __init__(self, text: str) -> None:
        self.root = yaml.compose(text, Loader=LOADER)
        self.places = tuple(_places(self.root, 0))
        self.keys = tuple(place for place in self.places if place.key)

    def text(self) -> bytes:
        return yaml.serialize(self.root, Dumper=DUMPER, allow_unicode=True, width=1000).encode("utf-8", "surrogatepass")

    @contextmanager
    def damaged(self, kind: Kind, place: Place, chance: random.Random) -> Iterator[str]:
        """The tree with one thing wrong at a place, for as long as the block lasts; gives what was written there."""
        before = [(node, list(node.value)) for node in {id(p.holder): p.holder for p in self.places}.values()]
        try:
            yield _DO[kind](self, place, chance)
        finally:
            for node, value in before:
                node.value = value


def as_text(value: Any) -> str:
    return yaml.serialize(_node(value), Dumper=DUMPER, allow_unicode=True, width=1000)


def _places(node: yaml.Node | None, depth: int) -> Iterator[Place]:
    match node:
        case yaml.MappingNode():
            for index, (_, value) in enumerate(node.value):
                yield Place(node, index, depth)
                yield from _places(value, depth + 1)
        case yaml.SequenceNode():
            for index, value in enumerate(node.value):
                yield Place(node, index, depth)
                yield from _places(value, depth + 1)


def _node(value: Any) -> yaml.Node:
    match value:
        case dict():
            return yaml.MappingNode(MAP, [(_node(key), _node(inner)) for key, inner in value.items()])
        case list():
            return yaml.SequenceNode(SEQ, [_node(inner) for inner in value])
        case _:
            return yaml.ScalarNode(STR, str(value))


def _misspelt(tree: Tree, place: Place, chance: random.Random) -> str:
    key, value = place.holder.value[place.index]
    at = chance.randrange(max(1, len(key.value)))
    new = chance.choice(MISSPELLINGS)(key.value, at)
    place.holder.value[place.index] = (_node(new), value)
    return new


MISSPELLINGS = (
    lambda key, at: key[:at] + key[at + 1 : at + 2] + key[at : at + 1] + key[at + 2 :],
    lambda key, at: key[:at] + key[at + 1 :],
    lambda key, at: key[:at] + key[at : at + 1] + key[at:],
    lambda key, at: key[:at] + "z" + key[at + 1 :],
    lambda key, at: key.upper(),
    lambda key, at: key.title(),
    lambda key, at: f"{key}s",
    lambda key, at: f"({key})",
    lambda key, at: f"({key}",
    lambda key, at: f"[{key}]",
    lambda key, at: key.replace("_", " "),
    lambda key, at: key.replace("_", "-") + "-",
    lambda key, at: f"{key}:",
    lambda key, at: f" {key}",
    lambda key, at: key[:at] + "é" + key[at:],
    lambda key, at: key[:at] + "\u200b" + key[at:],
    lambda key, at: key[:at] + "\u202e" + key[at:],
    lambda key, at: key[:at] + "\x00" + key[at:],
    lambda key, at: key[:at] + "\n" + key[at:],
    lambda key, at: ("values", "name", "(values)", "(name)", "[key]", "", "0", "-1", "<<", "~", "{x}", "%s", "{0}")[
        at % 13
    ],
    lambda key, at: key * 40,
)


def _dropped(tree: Tree, place: Place, chance: random.Random) -> str:
    del place.holder.value[place.index]
    return ""


def _doubled(tree: Tree, place: Place, chance: random.Random) -> str:
    entries = place.holder.value
    new = entries[place.index]
    if isinstance(place.holder, yaml.MappingNode) and chance.random() < 0.5:
        new = (new[0], _other_value(tree, place, chance))
    entries.insert(chance.randrange(len(entries) + 1), new)
    return place.key


def _mistyped(tree: Tree, place: Place, chance: random.Random) -> str:
    value = _other_value(tree, place, chance)
    entry = place.holder.value[place.index]
    place.holder.value[place.index] = (entry[0], value) if isinstance(entry, tuple) else value
    return str(value.value)[:80] if isinstance(value, yaml.ScalarNode) else value.id


def _other_value(tree: Tree, place: Place, chance: random.Random) -> yaml.Node:
    entry = place.holder.value[place.index]
    old = entry[1] if isinstance(entry, tuple) else entry
    match chance.randrange(8):
        case 0:
            return _node([*SHAPES[chance.randrange(len(SHAPES))]] if chance.random() < 0.5 else {})
        case 1:
            return yaml.SequenceNode(SEQ, [old, old])
        case 2:
            return yaml.MappingNode(MAP, [(_node(chance.choice(NAMES)), old)])
        case 3:
            return yaml.ScalarNode(STR, place.key or "x")
        case 4:
            other = chance.choice(tree.places)
            value = other.holder.value[other.index]
            return _shallow(value[1] if isinstance(value, tuple) else value, MOST_DEEP - place.depth)
        case 5:
            return _node(chance.choice(planted())[2])
        case 6 if isinstance(old, yaml.ScalarNode):
            return _node(_spoilt_text(str(old.value), chance))
        case _:
            return _node(chance.choice(TEXTS))


SHAPES: tuple[list[Any], ...] = ([], ["a", "b"], [["a"]], [{"a": "b"}], ["a", ["b"]], [{}], ["", ""], ["0", "-1"])
NAMES = ("agency_return", "a", "0", "(values)", "[key]", "removed", "any", "all", "not", "each", "agency", "")
TEXTS = (
    *SPOILT,
    *("", " ", "\n", "\t", "~", "null", "(values)", "[key]", "{x}", "{0}", "{title.__class__}", "{{ 7 }}", "{% x %}"),
    *("%s", "\\", "'", '"', "a\nb", "\x00", "\u202e", "é", "٣", "½", "1_000", "1e5", "0x10", "-0", "1.5", "+1"),
    *("inf", "nan", "9" * 400, "0001-01-01", "9999-12-31", "2026-12-31 to 2026-01-01", "24:00", "00:00", "25 hours"),
    *("0 working days", "000 working days after opened", "1 month before opened", "every 0 days until opened"),
    *("0 of 0", "9 of 2", "none of 3", "the later of", "the earlier of and", "on on", "after", "each.", ".", "..", "/"),
    *("agency ", "the agency in ", "the agency's senior", "contact ", "a@b", "a@b.c", "removed", "same", "true", "yes"),
)


def _spoilt_text(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    match chance.randrange(5):
        case 0:
            del words[at]
        case 1:
            words.insert(at, chance.choice(words))
        case 2:
            words[at] = chance.choice(
                ("0", "999999999999", "and", "or", "not", "of", "each", "any", ",", "opened", "{")
            )
        case 3:
            chance.shuffle(words)
        case _:
            return text + chance.choice(("x", ",", ".", " and", "\x00", "'", "}", "{", " after opened", "\n"))
    return " ".join(words)


def _misplaced(tree: Tree, place: Place, chance: random.Random) -> str:
    """Taken from here to elsewhere, or one that belongs elsewhere put here."""
    mappings = [other.holder for other in tree.keys] or [tree.root]
    if chance.random() < 0.5 and isinstance(place.holder, yaml.MappingNode):
        key, value = place.holder.value[place.index]
        del place.holder.value[place.index]
        chance.choice(mappings).value.append((key, _shallow(value, MOST_DEEP - place.depth)))
        return str(key.value)
    holder = place.holder if isinstance(place.holder, yaml.MappingNode) else chance.choice(mappings)
    _, key, sample = chance.choice(planted())
    holder.value.insert(chance.randrange(len(holder.value) + 1), (_node(key), _node(sample)))
    return key


def _shallow(node: yaml.Node, most: int) -> yaml.Node:
    """A copy, so that no file holds itself, and no deeper than can be read."""
    if isinstance(node, yaml.MappingNode) and most > 0:
        return yaml.MappingNode(MAP, [(key, _shallow(value, most - 1)) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode) and most > 0:
        return yaml.SequenceNode(SEQ, [_shallow(value, most - 1) for value in node.value])
    return yaml.ScalarNode(STR, str(node.value) if isinstance(node, yaml.ScalarNode) else "deep")


_DO = {
    Kind.MISSPELT: _misspelt,
    Kind.DROPPED: _dropped,
    Kind.DOUBLED: _doubled,
    Kind.MISTYPED: _mistyped,
    Kind.MISPLACED: _misplaced,
}
