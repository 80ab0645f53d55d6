"""One A4 page: of many ways to lay the chart out, the one that can be printed largest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from reviewflow.diagram.drawing.boxes import TEXT, Sized, sized
from reviewflow.diagram.drawing.columns import Columns, columns, inside, references, rows
from reviewflow.diagram.drawing.glyph_widths import Face, wrapped
from reviewflow.diagram.drawing.layout import Layout, Rect, arranged, side_by_side
from reviewflow.diagram.drawing.legend import ROW, LegendEntry, legend
from reviewflow.diagram.shapes import Chart

SHORT, LONG, MARGIN = 210.0, 297.0, 8.0
HEAD, HEAD_LINE, NOTE = 5.2, 3.0, 2.6
"""The sizes of the title, of the line below and of the notes, in millimetres."""
LEADING = 1.25
GAP = 2.5
LARGEST = 0.36
"""Millimetres for a tenth of a title's size: a title is no larger than 10 points."""
MANY = 150
"""Boxes; with more of them a page cannot be read anyway, and only a few layouts are tried."""
WIDTHS = (92.0, 108.0, 130.0, 165.0, 205.0)
ABREAST = (2, 3, 4, 5)
COLUMNS = (1, 2, 3, 4, 5, 6)
FEW_WIDTHS, FEW_ABREAST, FEW_COLUMNS = (120.0,), (4,), (8, 12)
NARROW, WIDE_ROWS = (80.0, 92.0, 108.0, 130.0), (3, 4, 5, 6, 7, 8)
"""For a chart whose arrows matter more than its size."""
POINTS = 72 / 25.4
"""In a millimetre."""
BETWEEN = 16.0
"""The gap between columns, in tenths of a title's size."""


@dataclass(frozen=True, slots=True)
class Page:
    chart: Chart
    width: float
    height: float
    layout: Layout
    boxes: dict[str, Sized]
    scale: float
    title: tuple[str, ...]
    particulars: tuple[str, ...]
    notes: tuple[str, ...]
    legend: tuple[tuple[LegendEntry, ...], ...]

    @property
    def room(self) -> Rect:
        """What is left for the chart, in millimetres."""
        top = MARGIN + (len(self.title) * HEAD + len(self.particulars) * HEAD_LINE) * LEADING + GAP
        below = MARGIN + len(self.legend) * ROW + len(self.notes) * NOTE * LEADING + GAP
        return Rect(MARGIN, top, self.width - 2 * MARGIN, self.height - top - below)

    @property
    def drawn(self) -> Rect:
        """Where the chart stands, in millimetres: in the middle, at the top."""
        room = self.room
        width, height = self.layout.bounds.width * self.scale, self.layout.bounds.height * self.scale
        return Rect(room.x + (room.width - width) / 2, room.y, width, height)


def page(chart: Chart) -> Page:
    """The same chart always gives the same page; of several as large, the one with the widest boxes."""
    tried = []
    for drawn in _pages(chart):
        if drawn.scale >= LARGEST:
            return drawn  # the widest boxes come first, so that no other is better
        tried.append(drawn)
    return max(tried, key=lambda page: (round(page.scale, 4), page.boxes[next(iter(chart.boxes))].width))


def page_with_arrows(chart: Chart, smallest: float) -> Page:
    """The page on which the most arrows are drawn, and not said by number; of those, the one that is printed largest.

    Its letters have at least `smallest` points. Where no page has, it is that of `page`.
    """
    pages = _pages(chart, NARROW[::-1], WIDE_ROWS)
    readable = [drawn for drawn in pages if drawn.scale * TEXT * POINTS >= smallest]
    if not readable:
        return page(chart)
    return max(readable, key=lambda drawn: (len(drawn.layout.routes), round(drawn.scale, 4)))


def _pages(chart: Chart, widths: Sequence[float] = WIDTHS[::-1], in_a_row: Sequence[int] = ABREAST) -> Iterator[Page]:
    few = len(chart.boxes) > MANY
    for width, abreast in product((FEW_WIDTHS if few else widths), (FEW_ABREAST if few else in_a_row)):
        plain = {name: sized(box, width).height for name, box in chart.boxes.items()}
        row = rows(chart, abreast)
        for number in FEW_COLUMNS if few else COLUMNS:
            parts = columns(row, plain, number)
            boxes = _boxes(chart, parts, width)
            layout = _laid(chart, parts, row, boxes)
            for across, down in ((SHORT, LONG), (LONG, SHORT)):
                yield _fitted(chart, boxes, layout, across, down)


def _boxes(chart: Chart, parts: Columns, width: float) -> dict[str, Sized]:
    elsewhere = references(chart, parts)
    return {name: sized(box, width, elsewhere[name]) for name, box in chart.boxes.items()}


def _laid(chart: Chart, parts: Columns, row: Mapping[str, int], boxes: Mapping[str, Sized]) -> Layout:
    sizes = {name: (box.width + box.behind, box.height + box.behind) for name, box in boxes.items()}
    drawn = zip(parts, inside(chart, parts), strict=True)
    return side_by_side(
        [arranged(arrows, {name: sizes[name] for name in part}, row) for part, arrows in drawn], BETWEEN
    )


def _fitted(chart: Chart, boxes: dict[str, Sized], layout: Layout, across: float, down: float) -> Page:
    room = across - 2 * MARGIN
    empty = Page(
        chart,
        across,
        down,
        layout,
        boxes,
        scale=0,
        title=wrapped(chart.title, room, HEAD, Face.BOLD),
        particulars=wrapped(" · ".join(chart.particulars), room, HEAD_LINE, Face.REGULAR),
        notes=wrapped(" · ".join(chart.notes), room, NOTE, Face.REGULAR),
        legend=legend(chart, room),
    )
    bounds = layout.bounds
    scale = min(empty.room.width / bounds.width, empty.room.height / bounds.height, LARGEST)
    return replace(empty, scale=scale)
