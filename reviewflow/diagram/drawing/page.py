"""One A4 page: of many ways to lay the chart out, the one that can be printed largest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from reviewflow.diagram.drawing.boxes import TEXT, Sized, sized
from reviewflow.diagram.drawing.columns import Columns, columns, inside, references, rows
from reviewflow.diagram.drawing.glyph_widths import Face, wrapped
from reviewflow.diagram.drawing.layout import SPACING, Layout, Rect, arranged, side_by_side
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
BOXES_APART, ROWS_APART = SPACING["node_gap"], SPACING["layer_gap"]


@dataclass(frozen=True, slots=True)
class DrawnPage:
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

    def scale_of(self, width: float, height: float) -> float:
        """How large a drawing of this size can be printed: millimetres for a tenth of a title's size."""
        return min(self.room.width / width, self.room.height / height, LARGEST)

    @property
    def drawn(self) -> Rect:
        """Where the chart stands, in millimetres: in the middle, at the top."""
        room = self.room
        width, height = self.layout.bounds.width * self.scale, self.layout.bounds.height * self.scale
        return Rect(room.x + (room.width - width) / 2, room.y, width, height)


@dataclass(frozen=True, slots=True)
class _Try:
    """A way to lay the chart out: the boxes of each column, the row of each box, and how large the boxes are."""

    parts: Columns
    row: Mapping[str, int]
    boxes: dict[str, Sized]

    @property
    def sizes(self) -> Mapping[str, tuple[float, float]]:
        return {name: (box.width + box.behind, box.height + box.behind) for name, box in self.boxes.items()}

    @property
    def least(self) -> tuple[float, float]:
        """No layout of it is narrower or lower."""
        each = self._least_of_columns()
        return sum(width + BETWEEN for width, _ in each) - BETWEEN, max(height for _, height in each)

    def _least_of_columns(self) -> list[tuple[float, float]]:
        """Boxes of a row stand beside each other, rows below each other, with a gap between them."""
        sizes, least = self.sizes, list[tuple[float, float]]()
        for part in self.parts:
            widths, heights = dict[int, float](), dict[int, float]()
            for name in part:
                row = self.row[name]
                widths[row] = widths.get(row, -BOXES_APART) + sizes[name][0] + BOXES_APART
                heights[row] = max(heights.get(row, 0.0), sizes[name][1])
            height = sum(heights.values()) + ROWS_APART * (len(heights) - 1)
            least.append((max(widths.values()), height))
        return least

    def laid(self, chart: Chart, fits: Callable[[float, float], bool]) -> Layout | None:
        """Where all boxes of it stand: what takes long. None as soon as its size, or more than that, does not fit."""
        sizes, drawn = self.sizes, zip(self.parts, inside(chart, self.parts), strict=True)
        width, height = self.least
        each = list[Layout]()
        for (part, arrows), (narrowest, _) in zip(drawn, self._least_of_columns(), strict=True):
            each.append(arranged(arrows, {name: sizes[name] for name in part}, self.row))
            width += each[-1].bounds.width - narrowest
            height = max(height, each[-1].bounds.height)
            if not fits(width, height):
                return None
        return side_by_side(each, BETWEEN)


def page(chart: Chart) -> DrawnPage:
    """The same chart always gives the same page; of several as large, the one with the widest boxes, tried first.

    What could be printed largest is laid out first, and what cannot be as large as the best so far never, or no further
    than that shows.
    """
    papers = _papers(chart)
    best: tuple[tuple[float, float, int], DrawnPage] | None = None

    def is_large(width: float, height: float) -> bool:
        return best is None or _largest(papers, width, height) >= best[0][0]

    hoped = [(_largest(papers, *attempt.least), place, attempt) for place, attempt in enumerate(_tries(chart))]
    for most, place, attempt in sorted(hoped, key=lambda each: (-each[0], each[1])):
        if best is not None and most < best[0][0]:
            break
        for drawn in _drawn(attempt, chart, papers, is_large):
            rank = (round(drawn.scale, 4), next(iter(drawn.boxes.values())).width, -place)
            if best is None or rank > best[0]:
                best = rank, drawn
            if drawn.scale >= LARGEST:
                return drawn  # the widest boxes come first, so that no other is better
    assert best is not None, "there is always something to try"
    return best[1]


def _largest(papers: Sequence[DrawnPage], width: float, height: float) -> float:
    """How large a drawing of this size could be printed, in steps of a ten-thousandth."""
    return round(max(paper.scale_of(width, height) for paper in papers), 4)


def page_with_arrows(chart: Chart, smallest: float) -> DrawnPage:
    """The page on which the most arrows are drawn, and not said by number; of those, the one that is printed largest.

    Its letters have at least `smallest` points. Where no page has, it is that of `page`.
    """
    papers = _papers(chart)
    pages = (drawn for attempt in _tries(chart, NARROW[::-1], WIDE_ROWS) for drawn in _drawn(attempt, chart, papers))
    readable = [drawn for drawn in pages if drawn.scale * TEXT * POINTS >= smallest]
    if not readable:
        return page(chart)
    return max(readable, key=lambda drawn: (len(drawn.layout.routes), round(drawn.scale, 4)))


def _tries(chart: Chart, widths: Sequence[float] = WIDTHS[::-1], in_a_row: Sequence[int] = ABREAST) -> Iterator[_Try]:
    few = len(chart.boxes) > MANY
    as_large = cache(sized)  # most boxes say the same of other columns, however many there are
    for width, abreast in product((FEW_WIDTHS if few else widths), (FEW_ABREAST if few else in_a_row)):
        plain = {name: as_large(box, width, ()).height for name, box in chart.boxes.items()}
        row = rows(chart, abreast)
        for number in FEW_COLUMNS if few else COLUMNS:
            parts = columns(row, plain, number)
            elsewhere = references(chart, parts)
            boxes = {name: as_large(box, width, elsewhere[name]) for name, box in chart.boxes.items()}
            yield _Try(parts, row, boxes)


def _drawn(
    attempt: _Try, chart: Chart, papers: Sequence[DrawnPage], fits: Callable[[float, float], bool] = lambda *_: True
) -> Iterator[DrawnPage]:
    if (layout := attempt.laid(chart, fits)) is None:
        return
    for paper in papers:
        scale = paper.scale_of(layout.bounds.width, layout.bounds.height)
        yield replace(paper, boxes=attempt.boxes, layout=layout, scale=scale)


def _papers(chart: Chart) -> tuple[DrawnPage, ...]:
    """The page upright and across, with all but the drawing."""
    return tuple(_paper(chart, across, down) for across, down in ((SHORT, LONG), (LONG, SHORT)))


def _paper(chart: Chart, across: float, down: float) -> DrawnPage:
    room = across - 2 * MARGIN
    return DrawnPage(
        chart,
        across,
        down,
        Layout({}, (), Rect(0, 0, 0, 0)),
        boxes={},
        scale=0,
        title=wrapped(chart.title, room, HEAD, Face.BOLD),
        particulars=wrapped(" · ".join(chart.particulars), room, HEAD_LINE, Face.REGULAR),
        notes=wrapped(" · ".join(chart.notes), room, NOTE, Face.REGULAR),
        legend=legend(chart, room),
    )
