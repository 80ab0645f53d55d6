"""Where BPMN's shapes stand: from left to right, in a lane for each party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import graphlay

from reviewflow.diagram.drawing.glyph_widths import Face, width, wrapped
from reviewflow.diagram.drawing.layout import Point, Rect
from reviewflow.diagram.modelling.net import EVENTS, GATEWAYS, Net, Node, NodeKind

TASK = (130.0, 84.0)
GATEWAY, EVENT = 50.0, 36.0
NOTE_WIDTH = 150.0
LETTER, LEADING = 12.0, 14.0
LABEL_WIDTH = 100.0
AROUND, BELOW = 20.0, 40.0
"""Room above what stands in a lane, and below it, where events and gateways have their names."""
HEADING = 30.0
"""How wide the strip is in which a pool or a lane has its name."""
SPACING = {"layer_gap": 36, "node_gap": 24, "dummy_gap": 14, "port_gap": 12, "stub": 10}


@dataclass(frozen=True, slots=True)
class Pool:
    frame: Rect
    lanes: Mapping[str, Rect]
    places: Mapping[str, Rect]
    ways: tuple[tuple[Point, ...], ...]
    """One for each flow, then one for each note, in their order."""
    labels: tuple[Rect | None, ...]


def placed(net: Net, notes: Mapping[str, str]) -> Pool:
    """`notes` has the step's node of each note."""
    lanes = list(dict.fromkeys(node.lane for node in net.nodes.values()))
    options = {"spacing": SPACING, "order": {"group_lanes": "strict"}}
    rough = graphlay.layout(_graph(net, notes, lanes, {}), preset="layered", options=options)
    centres = {name: (at["center"]["x"], at["center"]["y"]) for name, at in zip(net.nodes, rough.nodes, strict=True)}
    places, bands = _apart(net, centres, lanes)
    routed = graphlay.reroute(_graph(net, notes, lanes, places), preset="layered", options=options)
    ways = _ways(net, notes, places, routed)
    frame = Rect(0, 0, max(band.right for band in bands.values()), max(band.bottom for band in bands.values()))
    labels = tuple(_label_place(flow.name, way) for flow, way in zip(net.flows, ways, strict=False))
    return Pool(frame, bands, places, ways, (*labels, *(None for _ in notes)))


def _graph(net: Net, notes: Mapping[str, str], lanes: Sequence[str], places: Mapping[str, Rect]) -> graphlay.Graph:
    graph = graphlay.Graph()
    for node in net.nodes.values():
        across, down = _size(node)
        at = places.get(node.id)
        centre = {"x": at.x + across / 2, "y": at.y + down / 2} if at else None
        shape = "ellipse" if node.kind in EVENTS else "box"
        graph.node(node.id, width=across, height=down, shape=shape, group=lanes.index(node.lane), position=centre)
    for flow in net.flows:
        # What is sent back is laid like the way that led there, so that no flow can turn the order around.
        ends = (flow.target, flow.source) if flow.back else (flow.source, flow.target)
        graph.edge(*ends, label_size=_label(flow.name) if flow.name else None)
    for note, beside in notes.items():
        graph.edge(beside, note)
    return graph


def _apart(
    net: Net, centres: Mapping[str, tuple[float, float]], lanes: Sequence[str]
) -> tuple[dict[str, Rect], dict[str, Rect]]:
    """The lanes one below the other, each as high as what stands in it; from top to bottom as graphlay has them."""
    sizes = {node.id: _size(node) for node in net.nodes.values()}
    rough = {
        name: Rect(x - sizes[name][0] / 2, y - sizes[name][1] / 2, *sizes[name]) for name, (x, y) in centres.items()
    }
    members = {lane: [node.id for node in net.nodes.values() if node.lane == lane] for lane in lanes}
    left = min(place.x for place in rough.values()) - 2 * HEADING - AROUND
    across = max(place.right for place in rough.values()) - left + AROUND
    places: dict[str, Rect] = {}
    bands: dict[str, Rect] = {}
    y = 0.0
    for lane in sorted(lanes, key=lambda lane_name: min(rough[name].y for name in members[lane_name])):
        top = min(rough[name].y for name in members[lane]) - AROUND
        bottom = max(rough[name].bottom for name in members[lane]) + BELOW
        for name in members[lane]:
            at = rough[name]
            places[name] = Rect(at.x - left, at.y - top + y, at.width, at.height)
        bands[lane] = Rect(HEADING, y, across - HEADING, bottom - top)
        y += bottom - top
    return {name: places[name] for name in net.nodes}, bands


def _ways(
    net: Net, notes: Mapping[str, str], places: Mapping[str, Rect], routed: graphlay.Layout
) -> tuple[tuple[Point, ...], ...]:
    ends = [*((flow.source, flow.target, flow.back) for flow in net.flows), *((n, m, False) for m, n in notes.items())]
    ways = []
    for (source, target, back), edge in zip(ends, routed.edges, strict=True):
        points = [Point(point["x"], point["y"]) for point in edge["points"]]
        points = points[::-1] if back else points
        points[0] = _touching(net.nodes[source], places[source], points[0])
        points[-1] = _touching(net.nodes[target], places[target], points[-1])
        ways.append(tuple(points))
    return tuple(ways)


def _size(node: Node) -> tuple[float, float]:
    if node.kind in GATEWAYS:
        return GATEWAY, GATEWAY
    if node.kind in EVENTS:
        return EVENT, EVENT
    if node.kind is NodeKind.NOTE:
        return NOTE_WIDTH, LEADING * len(wrapped(node.name, NOTE_WIDTH - 10, LETTER, Face.REGULAR)) + 10
    return TASK


def _label(name: str) -> dict[str, float]:
    lines = wrapped(name, LABEL_WIDTH, LETTER, Face.REGULAR)
    widest = max((width(line, LETTER, Face.REGULAR) for line in lines), default=0)
    return {"width": round(widest + 2, 2), "height": LEADING * len(lines)}


def _label_place(name: str, way: Sequence[Point]) -> Rect | None:
    """Over the middle of the longest piece."""
    if not name:
        return None
    a, b = max(pairwise(way), key=lambda piece: abs(piece[0].x - piece[1].x) + abs(piece[0].y - piece[1].y))
    size = _label(name)
    across, down = size["width"], size["height"]
    return Rect((a.x + b.x - across) / 2, (a.y + b.y) / 2 - down, across, down)


def _touching(node: Node, place: Rect, point: Point) -> Point:
    """The end of a flow on the outline of a diamond or a circle instead of the square around it."""
    half = place.width / 2
    across, down = point.x - place.x - half, point.y - place.y - half
    if node.kind in GATEWAYS:
        reach = half - min(abs(across), abs(down))
    elif node.kind in EVENTS:
        reach = sqrt(max(half**2 - min(abs(across), abs(down)) ** 2, 0))
    else:
        return point
    if abs(across) >= abs(down):
        return Point(place.x + half + (reach if across > 0 else -reach), point.y)
    return Point(point.x, place.y + half + (reach if down > 0 else -reach))
