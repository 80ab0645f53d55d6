"""The page as SVG. Every meaning has a shape, a line or a word of its own; colour only repeats it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from reviewflow.diagram.drawing.boxes import BARS, LINE, PAD, SHEETS, SLANT, STACK, Block, Sized, Tone
from reviewflow.diagram.drawing.glyph_widths import FALLBACK, Face, width
from reviewflow.diagram.drawing.layout import Point, Rect
from reviewflow.diagram.drawing.legend import ROW, SAMPLE, SIZE, Sign
from reviewflow.diagram.drawing.page import HEAD, HEAD_LINE, LEADING, MARGIN, NOTE, DrawnPage
from reviewflow.diagram.shapes import Shape, Way

INK, PAPER = "#1a1a1a", "#ffffff"
FILLS = {
    Shape.OPENING: "#e8e8e8",
    Shape.PERSON: "#eef4fb",
    Shape.DECISION: "#fff4d6",
    Shape.AUTOMATIC: "#ececec",
    Shape.PROCESS: "#e6f3e8",
    Shape.ENDING: "#e8e8e8",
}
STRIPS = {
    Tone.CONDITION: (PAPER, INK, "2 1.5"),
    Tone.NATIONAL: (INK, PAPER, "none"),
    Tone.LOCAL: (PAPER, INK, "none"),
}
"""Ground, letters and frame of what stands on a strip."""
WEIGHTS = {Face.REGULAR: {}, Face.BOLD: {"font-weight": "bold"}, Face.ITALIC: {"font-style": "italic"}}
DASHED = "4 2.5"
ROUND = 8.0


def svg(page: DrawnPage) -> str:
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{_n(page.width)}mm",
            "height": f"{_n(page.height)}mm",
            "viewBox": f"0 0 {_n(page.width)} {_n(page.height)}",
            "role": "img",
            "font-family": FALLBACK,
            "fill": INK,
        },
    )
    ET.SubElement(root, "title").text = page.chart.title
    ET.SubElement(root, "desc").text = " · ".join(page.chart.particulars)
    heads = ET.SubElement(root, "defs")
    _arrowhead(heads, "head", INK)
    _arrowhead(heads, "back", PAPER)
    _rect(root, Rect(0, 0, page.width, page.height), fill=PAPER)
    _head(root, page)
    _chart(root, page)
    _foot(root, page)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def _head(root: ET.Element, page: DrawnPage) -> None:
    y = MARGIN
    for line in page.title:
        _text(root, line, MARGIN, y + HEAD, HEAD, Face.BOLD)
        y += HEAD * LEADING
    for line in page.particulars:
        _text(root, line, MARGIN, y + HEAD_LINE, HEAD_LINE, Face.REGULAR)
        y += HEAD_LINE * LEADING


def _chart(root: ET.Element, page: DrawnPage) -> None:
    at = page.drawn
    drawn = ET.SubElement(root, "g", {"transform": f"translate({_n(at.x)} {_n(at.y)}) scale({page.scale:.5f})"})
    for arrow, points in page.layout.routes:
        _arrow(drawn, points, dashed=arrow.way is Way.BACK)
    for name, place in page.layout.places.items():
        _box(drawn, page.boxes[name], place)


def _box(parent: ET.Element, sized: Sized, place: Rect) -> None:
    group = ET.SubElement(parent, "g", {"id": f"box-{sized.box.name.replace(':', '-')}"})
    front = Rect(place.x, place.y, sized.width, sized.height)
    for sheet in range(SHEETS if sized.box.many else 0, -1, -1):
        moved = Rect(front.x + sheet * STACK, front.y + sheet * STACK, front.width, front.height)
        _outline(group, sized.box.shape, moved, optional=sized.box.optional)
    y = front.y + PAD
    for block in sized.blocks:
        _block(group, sized, block, front, y)
        y += block.height


def _block(group: ET.Element, sized: Sized, block: Block, front: Rect, y: float) -> None:
    ink = INK
    if block.tone is not Tone.PLAIN:
        ink = STRIPS[block.tone][1]
        strip = Rect(front.x + sized.inset - 1, y + 0.4, front.width - 2 * sized.inset + 2, block.height - 1)
        _strip(group, block.tone, strip)
        y += 1
    x = front.x + front.width / 2
    for number, line in enumerate(block.lines):
        base = y + number * block.size * LINE + block.size * 0.92
        _text(group, line, x, base, block.size, block.face, **{"text-anchor": "middle", "fill": ink})


def _outline(parent: ET.Element, shape: Shape, at: Rect, *, optional: bool = False) -> None:
    style = {"fill": FILLS[shape], "stroke": INK, "stroke-width": "1.1", "stroke-linejoin": "round"}
    if optional:
        style["stroke-dasharray"] = DASHED
    match shape:
        case Shape.OPENING:
            _rect(parent, at, rx=_n(ROUND), **style)
        case Shape.ENDING:
            _rect(parent, at, rx=_n(ROUND), **{**style, "stroke-width": "2.6"})
        case Shape.DECISION | Shape.AUTOMATIC:
            points = " ".join(f"{_n(corner.x)},{_n(corner.y)}" for corner in _corners(shape, at))
            ET.SubElement(parent, "polygon", {"points": points, **style})
        case Shape.PERSON:
            _rect(parent, at, **style)
        case Shape.PROCESS:
            _rect(parent, at, **style)
            inner = Rect(at.x + BARS, at.y, at.width - 2 * BARS, at.height)
            _rect(parent, inner, fill="none", stroke=INK, **{"stroke-width": "0.8"})


def _corners(shape: Shape, at: Rect) -> tuple[Point, ...]:
    """A hexagon for a decision, a box that leans for what is done by itself."""
    middle = at.y + at.height / 2
    top = [Point(at.x + SLANT, at.y), Point(at.right - (SLANT if shape is Shape.DECISION else 0), at.y)]
    right = [Point(at.right, middle)] if shape is Shape.DECISION else []
    bottom = [Point(at.right - SLANT, at.bottom), Point(at.x + (SLANT if shape is Shape.DECISION else 0), at.bottom)]
    left = [Point(at.x, middle)] if shape is Shape.DECISION else []
    return (*top, *right, *bottom, *left)


def _arrow(parent: ET.Element, points: Sequence[Point], *, dashed: bool) -> None:
    way = " ".join(f"{_n(point.x)},{_n(point.y)}" for point in points)
    style = {
        "fill": "none",
        "stroke": INK,
        "stroke-width": "1.1",
        "marker-end": f"url(#{'back' if dashed else 'head'})",
    }
    ET.SubElement(parent, "polyline", {"points": way, **style, **({"stroke-dasharray": DASHED} if dashed else {})})


def _arrowhead(heads: ET.Element, name: str, fill: str) -> None:
    """Filled for the way on, open for the way back."""
    size = {"viewBox": "0 0 6 6", "refX": "5.6", "refY": "3", "markerWidth": "5.5", "markerHeight": "5.5"}
    marker = ET.SubElement(heads, "marker", {"id": name, **size, "markerUnits": "userSpaceOnUse", "orient": "auto"})
    ET.SubElement(marker, "path", {"d": "M0.5 0.5 L5.5 3 L0.5 5.5 Z", "fill": fill, "stroke": INK})


def _foot(root: ET.Element, page: DrawnPage) -> None:
    y = page.height - MARGIN - len(page.legend) * ROW
    for number, line in enumerate(reversed(page.notes)):
        _text(root, line, MARGIN, y - 1.5 - number * NOTE * LEADING, NOTE, Face.REGULAR)
    group = ET.SubElement(root, "g", {"id": "legend"})
    for row in page.legend:
        for entry in row:
            place = f"translate({_n(MARGIN + entry.x)} {_n(y + 0.8)}) scale(0.2)"
            _sample(ET.SubElement(group, "g", {"transform": place}), entry.sample)
            _text(group, entry.words, MARGIN + entry.x + SAMPLE, y + 3.4, SIZE, Face.REGULAR)
        y += ROW


def _sample(group: ET.Element, sample: Shape | Sign) -> None:
    at = Rect(0, 0, 34, 17)
    match sample:
        case Shape():
            _outline(group, sample, at)
        case Sign.BACK:
            _arrow(group, (Point(0, 8.5), Point(34, 8.5)), dashed=True)
        case Sign.STACK:
            for sheet in range(SHEETS, -1, -1):
                _outline(group, Shape.PERSON, Rect(sheet * STACK, sheet * STACK, 28, 12))
        case Sign.OPTIONAL:
            _outline(group, Shape.PERSON, at, optional=True)
        case Sign.CONDITION | Sign.NATIONAL | Sign.LOCAL:
            _strip(group, Tone(sample), Rect(0, 3, 34, 11))


def _strip(parent: ET.Element, tone: Tone, at: Rect) -> None:
    ground, _, dash = STRIPS[tone]
    _rect(parent, at, fill=ground, stroke=INK, **{"stroke-width": "0.6", "stroke-dasharray": dash})


def _rect(parent: ET.Element, at: Rect, **style: str) -> None:
    place = {"x": _n(at.x), "y": _n(at.y), "width": _n(at.width), "height": _n(at.height)}
    ET.SubElement(parent, "rect", {**place, **style})


def _text(parent: ET.Element, text: str, x: float, y: float, size: float, face: Face, **style: str) -> None:
    """A line of text that is as wide as it was measured, whatever font is at hand."""
    place = {"x": _n(x), "y": _n(y), "font-size": _n(size), "textLength": _n(width(text, size, face))}
    line = ET.SubElement(parent, "text", {**place, "lengthAdjust": "spacingAndGlyphs", **WEIGHTS[face], **style})
    line.text = text


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
