"""A long chart in columns, read one after the other. What leads from one to another is said by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from itertools import count

from reviewflow.diagram.chart import OPENING, Arrow, Chart, Way

Columns = Sequence[Sequence[str]]


def rows(chart: Chart, abreast: int) -> dict[str, int]:
    """The row of each box: below all it follows, and no more than so many in one."""
    before: dict[str, list[str]] = {name: [] for name in chart.boxes}
    for arrow in chart.arrows:
        if arrow.way is Way.ON:
            before[arrow.target].append(arrow.source)
    found: dict[str, int] = {}
    filled: Counter[int] = Counter()
    for name in TopologicalSorter(before).static_order():
        first = max((found[each] + 1 for each in before[name]), default=0)
        found[name] = next(row for row in count(first) if filled[row] < abreast)
        filled[found[name]] += 1
    return found


def columns(found: Mapping[str, int], heights: Mapping[str, float], number: int) -> list[list[str]]:
    """The rows in so many columns, or fewer, the highest of them as low as can be."""
    tall = [0.0] * (max(found.values()) + 1)
    for name, row in found.items():
        tall[row] = max(tall[row], heights[name])
    low, high = max(tall), sum(tall)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(tall, middle)) <= number else (middle, high)
    column_of = [place for place, rows_ in enumerate(_filled(tall, high)) for _ in range(rows_)]
    parts: list[list[str]] = [[] for _ in range(max(column_of) + 1)]
    for name in sorted(found, key=found.__getitem__):
        parts[column_of[found[name]]].append(name)
    return parts


def _filled(tall: Sequence[float], most: float) -> list[int]:
    """How many rows each column holds when none is higher than that."""
    held, height = [0], 0.0
    for each in tall:
        if held[-1] and height + each > most:
            held.append(0)
            height = 0.0
        held[-1] += 1
        height += each
    return held


def numbers(parts: Columns) -> dict[str, int]:
    """Every box but the first by number, in the order of reading."""
    names = [name for part in parts for name in part if name != OPENING]
    return {name: number for number, name in enumerate(names, start=1)}


def inside(chart: Chart, parts: Columns) -> list[list[Arrow]]:
    """The arrows that are drawn in each column."""
    column = _column(parts)
    found: list[list[Arrow]] = [[] for _ in parts]
    for arrow in chart.arrows:
        if column[arrow.source] == column[arrow.target]:
            found[column[arrow.source]].append(arrow)
    return found


def references(chart: Chart, parts: Columns) -> dict[str, tuple[str, ...]]:
    """What each box says of the arrows that come from or go to another column."""
    column = _column(parts)
    across = [arrow for arrow in chart.arrows if column[arrow.source] != column[arrow.target]]
    known = numbers(parts)
    return {name: tuple(_said(name, across, known)) for name in chart.boxes}


def _said(name: str, across: Sequence[Arrow], known: Mapping[str, int]) -> Iterator[str]:
    for words, way, comes in (
        ("After", Way.ON, True),
        ("Leads to", Way.ON, False),
        ("Sent back from", Way.BACK, True),
        ("Sends back to", Way.BACK, False),
    ):
        ends = [
            (arrow.target, arrow.source) if comes else (arrow.source, arrow.target)
            for arrow in across
            if arrow.way is way
        ]
        others = sorted(known.get(other, 0) for here, other in ends if here == name)
        if others:
            yield f"{words} {', '.join(str(each) if each else 'the opening' for each in others)}"


def _column(parts: Columns) -> dict[str, int]:
    return {name: number for number, part in enumerate(parts) for name in part}
