"""Where each box stands and how each arrow runs. graphlay places them, the same way every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import graphlay

from reviewflow.diagram.shapes import Arrow, Way

SPACING = {
    "layer_gap": 13,
    "node_gap": 9,
    "dummy_gap": 6,
    "port_gap": 7,
    "port_stroke_clear": 4,
    "stub": 5,
    "bundle_lane_gap": 5,
    "isolated_gap": 9,
    "reroute_node_gap": 9,
}
LANE_GAP = 4.5
HAIR = 1.0
TOUCH = 0.6
WIDER = (1.0, 1.5, 2.3)
"""What the gap beside a passing arrow is multiplied by, until none runs through a box or meets the side of one."""
STRAIGHT, BRANCH = 3.0, 1.0
"""How much weight is on keeping an arrow straight: more for the usual way on than for a branch."""


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    places: Mapping[str, Rect]
    routes: tuple[tuple[Arrow, tuple[Point, ...]], ...]
    bounds: Rect
    lanes: tuple[Rect, ...] = ()


def arranged(arrows: Sequence[Arrow], sizes: Mapping[str, tuple[float, float]], rows: Mapping[str, int]) -> Layout:
    """From the top down, each box in its row; with more room where an arrow would run through a box."""
    for wider in WIDER:
        layout = _arranged(arrows, sizes, rows, wider)
        if not any(
            runs_through(layout, arrow, way) or _meets_a_side(layout, arrow, way) for arrow, way in layout.routes
        ):
            break
    return layout


def runs_through(layout: Layout, arrow: Arrow, way: Sequence[Point]) -> bool:
    """Whether this arrow runs through a box that is neither of its ends; graphlay lets one do so now and then.

    To touch a box is not to be inside it.
    """
    ends = {arrow.source, arrow.target}
    within = [
        (box.x + TOUCH, box.right - TOUCH, box.y + TOUCH, box.bottom - TOUCH)
        for name, box in layout.places.items()
        if name not in ends
    ]
    return any(_is_inside(a, b, within) for a, b in pairwise(way))


def _meets_a_side(layout: Layout, arrow: Arrow, way: Sequence[Point]) -> bool:
    """Whether this arrow begins or ends neither above nor below its box: a chart is read from the top down."""
    ends = ((layout.places[arrow.source], way[0]), (layout.places[arrow.target], way[-1]))
    return any(min(abs(point.y - box.y), abs(point.y - box.bottom)) > TOUCH for box, point in ends)


def _is_inside(a: Point, b: Point, boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a straight piece of an arrow is inside one of these: left, right, top and bottom. Asked very often."""
    left, right, top, bottom = min(a.x, b.x), max(a.x, b.x), min(a.y, b.y), max(a.y, b.y)
    for begins, ends, above, below in boxes:
        if left < ends and right > begins and top < below and bottom > above:
            return True
    return False


def _arranged(
    arrows: Sequence[Arrow], sizes: Mapping[str, tuple[float, float]], rows: Mapping[str, int], wider: float
) -> Layout:
    graph = graphlay.Graph()
    first = min(rows[name] for name in sizes)
    for name, (width, height) in sizes.items():
        graph.node(name, width=width, height=height, rank={"fixed": rows[name] - first})
    for arrow in arrows:
        # What is sent back is laid like the way that led there, so that no arrow can turn the order around.
        ends = (arrow.source, arrow.target) if arrow.way is Way.ON else (arrow.target, arrow.source)
        graph.edge(*ends, weight=BRANCH if arrow.words else STRAIGHT)
    spacing = {**SPACING, "dummy_gap": SPACING["dummy_gap"] * wider}
    options = {"spacing": spacing, "routing": {"lane_gap": LANE_GAP}, "compaction": {"mode": "priority"}}
    return read(graphlay.layout(graph, preset="process_map", options=options), list(sizes), arrows)


def side_by_side(layouts: Sequence[Layout], gap: float) -> Layout:
    places: dict[str, Rect] = {}
    routes: list[tuple[Arrow, tuple[Point, ...]]] = []
    x = 0.0
    for layout in layouts:
        places |= {name: Rect(at.x + x, at.y, at.width, at.height) for name, at in layout.places.items()}
        routes += [(arrow, tuple(Point(point.x + x, point.y) for point in way)) for arrow, way in layout.routes]
        x += layout.bounds.width + gap
    return Layout(places, tuple(routes), Rect(0, 0, x - gap, max(layout.bounds.height for layout in layouts)))


def read(laid_out: graphlay.Layout, names: Sequence[str], arrows: Sequence[Arrow]) -> Layout:
    """A layout of graphlay as values, moved so that its top left corner is at 0, 0."""
    low, high = laid_out.bounds["min"], laid_out.bounds["max"]
    left, top = low["x"], low["y"]
    places = {}
    for name, node in zip(names, laid_out.nodes, strict=True):
        width, height = node["size"]["width"], node["size"]["height"]
        places[name] = Rect(
            node["center"]["x"] - width / 2 - left, node["center"]["y"] - height / 2 - top, width, height
        )
    routes = []
    for arrow, edge in zip(arrows, laid_out.edges, strict=True):
        points = straight([Point(point["x"] - left, point["y"] - top) for point in edge["points"]])
        routes.append((arrow, points if arrow.way is Way.ON else points[::-1]))
    lanes = (lane["rect"] for lane in laid_out.raw.get("lanes", []))
    return Layout(
        places,
        tuple(routes),
        Rect(0, 0, high["x"] - left, high["y"] - top),
        tuple(_rect(lane["min"], lane["max"], left, top) for lane in lanes),
    )


def straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with pieces that are askew by less than HAIR made straight."""
    kept = list(points)
    for place, following in enumerate(points[1:], start=1):
        before = kept[place - 1]
        level = abs(following.y - before.y) < HAIR
        upright = abs(following.x - before.x) < HAIR
        kept[place] = Point(before.x if upright else following.x, before.y if level else following.y)
    return tuple(kept)


def _rect(low: Mapping[str, float], high: Mapping[str, float], left: float, top: float) -> Rect:
    return Rect(low["x"] - left, low["y"] - top, high["x"] - low["x"], high["y"] - low["y"])
