"""A long chart in columns, read one after the other. What leads from one to another is said by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from itertools import count

from reviewflow.diagram.shapes import Arrow, Chart, Way

Columns = Sequence[Sequence[str]]


def rows(chart: Chart, abreast: int) -> dict[str, int]:
    """The row of each box: below all that it follows, and at most `abreast` boxes in a row."""
    before: dict[str, list[str]] = {name: [] for name in chart.boxes}
    for arrow in chart.arrows:
        if arrow.way is Way.ON:
            before[arrow.target].append(arrow.source)
    row_of: dict[str, int] = {}
    filled: Counter[int] = Counter()
    for name in TopologicalSorter(before).static_order():
        first = max((row_of[earlier] + 1 for earlier in before[name]), default=0)
        row_of[name] = next(row for row in count(first) if filled[row] < abreast)
        filled[row_of[name]] += 1
    return row_of


def columns(row_of: Mapping[str, int], heights: Mapping[str, float], number: int) -> list[list[str]]:
    """The boxes in at most `number` columns, whole rows in each, with the highest column as low as can be."""
    tall = [0.0] * (max(row_of.values()) + 1)
    for name, row in row_of.items():
        tall[row] = max(tall[row], heights[name])
    low, high = max(tall), sum(tall)
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(tall, middle)) <= number else (middle, high)
    column_of = [place for place, rows_ in enumerate(_filled(tall, high)) for _ in range(rows_)]
    parts: list[list[str]] = [[] for _ in range(max(column_of) + 1)]
    for name in sorted(row_of, key=row_of.__getitem__):
        parts[column_of[row_of[name]]].append(name)
    return parts


def _filled(tall: Sequence[float], most: float) -> list[int]:
    """How many rows each column has when none is higher than `most`."""
    filled, height = [0], 0.0
    for row_height in tall:
        if filled[-1] and height + row_height > most:
            filled.append(0)
            height = 0.0
        filled[-1] += 1
        height += row_height
    return filled


def inside(chart: Chart, parts: Columns) -> list[list[Arrow]]:
    """The arrows that are drawn in each column."""
    column = _column(parts)
    arrows: list[list[Arrow]] = [[] for _ in parts]
    for arrow in chart.arrows:
        if column[arrow.source] == column[arrow.target]:
            arrows[column[arrow.source]].append(arrow)
    return arrows


AFTER_OPENING = "After the opening"
"""Of a step that begins when the case is opened."""


def references(chart: Chart, parts: Columns) -> dict[str, tuple[str, ...]]:
    """What each box says of the arrows that come from or go to another column."""
    column = _column(parts)
    known = {name: box.number for name, box in chart.boxes.items()}
    others: dict[str, dict[str, list[int]]] = {name: {} for name in chart.boxes}
    for arrow in chart.arrows:
        if column[arrow.source] != column[arrow.target]:
            comes, goes = SAID[arrow.way]
            others[arrow.target].setdefault(comes, []).append(known.get(arrow.source, 0))
            others[arrow.source].setdefault(goes, []).append(known.get(arrow.target, 0))
    return {name: tuple(_reference_lines(of_box)) for name, of_box in others.items()}


SAID = {Way.ON: ("After", "Leads to"), Way.BACK: ("Sent back from", "Sends back to")}
"""Of an arrow, at the box to which it comes and at the box from which it goes."""


def _reference_lines(others: Mapping[str, Sequence[int]]) -> Iterator[str]:
    for words in (words for ways in SAID.values() for words in ways):
        if words in others:
            numbers = sorted(others[words])
            yield f"{words} {', '.join(str(number) if number else 'the opening' for number in numbers)}"


def _column(parts: Columns) -> dict[str, int]:
    return {name: number for number, part in enumerate(parts) for name in part}
