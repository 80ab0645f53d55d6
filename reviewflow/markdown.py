"""Text of an office's own in Markdown, and tables of it: nothing in it can be taken for a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_MARK = re.compile(r"[\\`*\[\]<>|#~]|&(?=#?\w+;)")


def plain(text: str) -> str:
    """The text as it reads in any place of a page: in a heading, a line of a list, a cell; always one line."""
    return _MARK.sub(_written, " ".join(text.split()))


def _written(mark: re.Match[str]) -> str:
    return f"&{_NAMES[mark[0]]};" if mark[0] in _NAMES else f"\\{mark[0]}"


_NAMES = {"<": "lt", ">": "gt", "&": "amp"}
"""Marks that some programs take for HTML also after a backslash."""


def table(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; the cells are Markdown already."""
    yield row(columns)
    yield row(["---"] * len(columns))
    yield from map(row, lines)


def row(cells: Iterable[str]) -> str:
    """One line of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"
