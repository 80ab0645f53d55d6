"""How parts of a condition are said together, so that a reader cannot take one grouping for another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewflow.language.conditions import AllOf, AnyOf, Is, Not, Test


def said(test: Test, leaf: Callable[[Is], str]) -> str:
    """'A and (B or C)', 'it is not so that (A and B)': brackets wherever plain words could mean two things."""
    match test:
        case Is():
            return leaf(test)
        case AllOf(parts):
            return _joined(" and ", parts, leaf)
        case AnyOf(parts):
            return _joined(" or ", parts, leaf)
        case Not(part):
            return f"it is not so that {_part(part, leaf)}"


def _joined(word: str, parts: Sequence[Test], leaf: Callable[[Is], str]) -> str:
    """The last may be a `not` without brackets: nothing follows that it could take in."""
    *first, last = parts
    ended = said(last, leaf) if isinstance(last, Not) else _part(last, leaf)
    return word.join([*(_part(part, leaf) for part in first), ended])


def _part(test: Test, leaf: Callable[[Is], str]) -> str:
    alone = isinstance(test, Is) or (isinstance(test, AllOf | AnyOf) and len(test.parts) == 1)
    return said(test, leaf) if alone else f"({said(test, leaf)})"
