"""Flowcharts that stand in a page as Mermaid, drawn as SVG: the site runs no script to draw them and fetches none.

Only what our pages use is read: boxes `name["words"]`, rounded ones `name(["words"])`, arrows `a --> b` and arrows with
words, `a -- "words" --> b`. `<br/>` begins a new line. Anything else is an error, so that no page loses a part unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

import graphlay

from reviewflow.diagram.drawing.glyph_widths import FALLBACK, Face, width

FENCE = re.compile(r"^```mermaid\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"flowchart (?P<way>TB|LR)")
_BOX = re.compile(r'(?P<name>\w+)(?P<open>\(?)\["(?P<words>[^"]*)"\]\)?')
_ARROW = re.compile(r'(?P<source>\w+) (?:-- "(?P<words>[^"]*)" )?--> (?P<target>\w+)')
_DIRECTIONS = {"TB": "topbottom", "LR": "leftright"}
SIZE, SMALL = 13.0, 10.5
LINE = 1.25
PAD = 9.0
EDGE = 12.0
"""Room around the whole drawing."""
SPACING = {"layer_gap": 16, "node_gap": 20, "port_gap": 10}
INK, FILL = "#1a1a1a", "#eef4fb"
Node = Mapping[str, Mapping[str, float]]
"""Where graphlay put a box: its center and its size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its words, a line each."""

    lines: tuple[str, ...]
    rounded: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, with the words beside it, a line each."""

    source: str
    target: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flowchart:
    """A whole chart, in the order in which it is written."""

    direction: str
    boxes: Mapping[str, Box]
    arrows: tuple[Arrow, ...]


def with_drawings(page: str) -> str:
    """The page with each Mermaid block as a drawing; raises ValueError at a line that is not understood."""
    return FENCE.sub(lambda block: f'<div class="drawing">{svg(read(block["text"]))}</div>', page)


def read(text: str) -> Flowchart:
    """The chart that the text of a Mermaid block says; raises ValueError at a line that is not understood."""
    first, *others = (line.strip() for line in text.splitlines() if line.strip())
    head = _HEAD.fullmatch(first)
    if head is None:
        raise ValueError(f"A drawing begins with flowchart TB or flowchart LR, not with: {first}")
    boxes: dict[str, Box] = {}
    arrows: list[Arrow] = []
    for line in others:
        if box := _BOX.fullmatch(line):
            boxes[box["name"]] = Box(_lines(box["words"]), bool(box["open"]))
        elif arrow := _ARROW.fullmatch(line):
            arrows.append(Arrow(arrow["source"], arrow["target"], _lines(arrow["words"] or "")))
        else:
            raise ValueError(f"A line of a drawing is not understood: {line}")
    return Flowchart(_DIRECTIONS[head["way"]], boxes, tuple(arrows))


def _lines(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split("<br/>")))


def svg(chart: Flowchart) -> str:
    """The chart as one SVG element, the same bytes each time."""
    placed = _placed(chart)
    low, high = placed.bounds["min"], placed.bounds["max"]
    view = (low["x"] - EDGE, low["y"] - EDGE, high["x"] - low["x"] + 2 * EDGE, high["y"] - low["y"] + 2 * EDGE)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": " ".join(_n(number) for number in view),
            "style": f"width: 100%; max-width: {_n(view[2])}px",
            "role": "img",
            "font-family": FALLBACK,
            "fill": INK,
        },
    )
    marker = {"viewBox": "0 0 6 6", "refX": "5.6", "refY": "3", "markerWidth": "8", "markerHeight": "8"}
    head = ET.SubElement(ET.SubElement(root, "defs"), "marker", {"id": "head", **marker, "orient": "auto"})
    ET.SubElement(head, "path", {"d": "M0.5 0.5 L5.5 3 L0.5 5.5 Z"})
    for piece, edge in zip(_pieces(chart), placed.edges, strict=True):
        way = reversed(edge["points"]) if piece.back else edge["points"]
        points = " ".join(f"{_n(point['x'])},{_n(point['y'])}" for point in way)
        ends = {"marker-end": "url(#head)"} if piece.target in chart.boxes else {}
        ET.SubElement(root, "polyline", {"points": points, "fill": "none", "stroke": INK, **ends})
    nodes = dict(zip([*chart.boxes, *_words_of(chart)], placed.nodes, strict=True))
    for name, box in chart.boxes.items():
        _box(root, box, nodes[name])
    for name, arrow in _words_of(chart).items():
        _words(root, arrow.lines, nodes[name], SMALL)
    return ET.tostring(root, encoding="unicode")


def _words_of(chart: Flowchart) -> Mapping[str, Arrow]:
    """The arrows with words. The words are laid out as a box of their own, which the arrow passes through."""
    return {f"words {number}": arrow for number, arrow in enumerate(chart.arrows) if arrow.lines}


@dataclass(frozen=True, slots=True)
class Piece:
    """An arrow without words, or one half of an arrow with words; `back` when it leads to an earlier box."""

    source: str
    target: str
    back: bool


def _pieces(chart: Flowchart) -> Iterator[Piece]:
    """The pieces of each arrow: to its words, and on from there."""
    order = list(chart.boxes)
    for number, arrow in enumerate(chart.arrows):
        back = order.index(arrow.source) > order.index(arrow.target)
        stops = (arrow.source, *([f"words {number}"] if arrow.lines else []), arrow.target)
        yield from (Piece(*ends, back) for ends in pairwise(stops))


def _placed(chart: Flowchart) -> graphlay.Layout:
    graph = graphlay.Graph()
    for name, box in chart.boxes.items():
        wide, high = _size(box.lines, SIZE)
        graph.node(name, width=wide + 2 * PAD, height=high + 2 * PAD)
    for name, arrow in _words_of(chart).items():
        wide, high = _size(arrow.lines, SMALL)
        graph.node(name, width=wide + 4, height=high + 4)
    for piece in _pieces(chart):  # a way back is laid like the way that led there: the first box stays at the top
        graph.edge(*((piece.target, piece.source) if piece.back else (piece.source, piece.target)))
    return graphlay.layout(graph, options={"direction": chart.direction, "spacing": SPACING})


def _size(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max((width(line, size, Face.REGULAR) for line in lines), default=0.0), len(lines) * size * LINE


def _box(root: ET.Element, box: Box, node: Node) -> None:
    wide, high = node["size"]["width"], node["size"]["height"]
    x, y = node["center"]["x"], node["center"]["y"]
    place = {"x": _n(x - wide / 2), "y": _n(y - high / 2), "width": _n(wide), "height": _n(high)}
    ET.SubElement(root, "rect", {**place, "rx": "12" if box.rounded else "2", "fill": FILL, "stroke": INK})
    _words(root, box.lines, node, SIZE)


def _words(root: ET.Element, lines: Sequence[str], node: Node, size: float) -> None:
    """Lines around the middle of where they were laid."""
    top = node["center"]["y"] - len(lines) * size * LINE / 2
    for number, line in enumerate(lines):
        base = top + (number + 0.78) * size * LINE
        place = {"x": _n(node["center"]["x"]), "y": _n(base), "font-size": _n(size), "text-anchor": "middle"}
        ET.SubElement(root, "text", place).text = line


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
