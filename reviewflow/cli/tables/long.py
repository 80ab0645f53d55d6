"""Tables of any length, quickly: as rich lays them out, which takes a third of a millisecond for each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from reviewflow.cli.tables.plain import page, table

GAP = 2
"""Spaces between two columns."""
Cell = str | Text


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """On a terminal in colours, by rich; elsewhere the same words in the same places."""
    console = page()
    if console.is_terminal:
        made = table(*columns)
        for row in rows:
            made.add_row(*row)
        console.print(made)
    else:
        console.file.writelines(f"{line}\n" for line in laid_out(columns, rows, console))


def laid_out(columns: Sequence[str], rows: Iterable[Sequence[Cell]], console: Console) -> Iterator[str]:
    """The lines of a table as wide as the console at most; long cells are folded."""
    words = [tuple(columns), *(tuple([_words(cell, console) for cell in row]) for row in rows)]
    widths = _widths([max(map(_width, {*column})) for column in zip(*words, strict=True)], console.width)
    blanks = [" " * width for width in widths]
    heads, *rows_of_words = words
    yield from _printed(heads, widths, blanks, at_the_foot=True)
    for row in rows_of_words:
        yield from _printed(row, widths, blanks)


def _printed(
    row: Sequence[str], widths: Sequence[int], blanks: Sequence[str], *, at_the_foot: bool = False
) -> Iterator[str]:
    """The lines of one row, as many as its highest cell has; what is lower stands at its top, or at its foot."""
    folded = [*map(_folded, row, widths)]
    height = max(map(len, folded))
    if height > 1:
        blank = [(empty,) * (height - len(cell)) for cell, empty in zip(folded, blanks, strict=True)]
        pairs = zip(blank, folded, strict=True) if at_the_foot else zip(folded, blank, strict=True)
        folded = [above + below for above, below in pairs]
    return map((" " * GAP).join, zip(*folded, strict=True))


def _words(cell: Cell, console: Console) -> str:
    """What stands in a cell, without its colours; a text that may hold some is read as rich reads it."""
    if isinstance(cell, Text):
        return cell.plain
    return console.render_str(cell).plain if "[" in cell or ":" in cell else cell


def _width(words: str) -> int:
    if words.isascii() and "\n" not in words:
        return len(words)
    return max(map(cell_len, words.split("\n")))


def _filled(words: str, width: int) -> str:
    return words.ljust(width) if words.isascii() else words + " " * (width - cell_len(words))


def _folded(words: str, width: int) -> tuple[str, ...]:
    """A cell in lines of its width."""
    if "\n" not in words:
        return _folded_line(words, width)
    return tuple(chain.from_iterable(_folded_line(line, width) for line in words.split("\n")))


@lru_cache(maxsize=10_000)
def _folded_line(words: str, width: int) -> tuple[str, ...]:
    """A line of a cell in as many as it needs; most stand in many rows."""
    if _width(words) <= width:
        return (_filled(words, width),)
    lines = Text(words).wrap(_unseen(width), width, overflow="fold")
    return tuple(_filled(line.plain.rstrip(), width) for line in lines)


@cache
def _unseen(width: int) -> Console:
    return Console(width=width)


def _widths(wanted: Sequence[int], page_width: int) -> list[int]:
    """The widest columns give way, down to the next widest each time, until all fit on the page."""
    padded = [width + GAP for width in wanted[:-1]] + [max(wanted[-1], 1)]
    gave_way = sum(padded) > page_width
    while (excess := sum(padded) - page_width) > 0:
        widest = max(padded)
        step = widest - max((width for width in padded if width != widest), default=0)
        padded = _narrowed(padded, widest, min(excess, step), excess)
    last = min(padded[-1], wanted[-1]) if gave_way else padded[-1]
    return [width - GAP for width in padded[:-1]] + [last]


def _narrowed(padded: Sequence[int], widest: int, most: int, excess: int) -> list[int]:
    """Every column of the widest ones narrower by its share of what is too much, and by `most` at the most."""
    sharing, narrowed = list(padded).count(widest), []
    for width in padded:
        share = min(most, round(excess / sharing)) if width == widest and sharing else 0
        excess, sharing = excess - share, sharing - (width == widest)
        narrowed.append(width - share)
    return narrowed
