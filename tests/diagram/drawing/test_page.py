"""Pages as geometry: nothing overlaps, nothing is cut off, and what is printed can be read."""

import re
import time
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from reviewflow.diagram.drawing.boxes import TEXT, Tone
from reviewflow.diagram.drawing.glyph_widths import width
from reviewflow.diagram.drawing.layout import Point, Rect
from reviewflow.diagram.drawing.page import MARGIN, DrawnPage, _drawn, _papers, _tries, page
from reviewflow.diagram.drawing.png import png
from reviewflow.diagram.drawing.svg import FILLS, INK, PAPER, STRIPS, svg
from reviewflow.diagram.shapes import Way
from tests.diagram.builders import ALL, large, shown

TOUCH = 0.6
POINTS_TO_A_MILLIMETRE = 72 / 25.4
SMALLEST, MANY = 5.5, 31
"""Small print is as small as this on a page with so many boxes, and no smaller."""


def overlap(one: Rect, other: Rect) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > TOUCH and down > TOUCH


def runs_through(a: Point, b: Point, box: Rect) -> bool:
    inner = Rect(box.x + TOUCH, box.y + TOUCH, box.width - 2 * TOUCH, box.height - 2 * TOUCH)
    left, right, top, bottom = min(a.x, b.x), max(a.x, b.x), min(a.y, b.y), max(a.y, b.y)
    return left < inner.right and right > inner.x and top < inner.bottom and bottom > inner.y


def assert_tidy(found: DrawnPage) -> None:
    places = found.layout.places
    assert [(a, b) for a, b in combinations(places, 2) if overlap(places[a], places[b])] == []
    bounds = found.layout.bounds
    points = [point for _, way in found.layout.routes for point in way]
    assert all(
        -TOUCH <= point.x <= bounds.width + TOUCH and -TOUCH <= point.y <= bounds.height + TOUCH for point in points
    )
    assert all(each.right <= bounds.width + TOUCH and each.bottom <= bounds.height + TOUCH for each in places.values())
    drawn, room = found.drawn, found.room
    assert room.x - TOUCH <= drawn.x
    assert drawn.right <= room.right + TOUCH
    assert drawn.bottom <= room.bottom + TOUCH


@pytest.fixture(scope="module", params=ALL)
def drawn(request: pytest.FixtureRequest) -> DrawnPage:
    return page(shown(request.param))


def test_no_box_lies_on_another_or_beyond_the_page(drawn: DrawnPage) -> None:
    assert_tidy(drawn)


def test_no_arrow_runs_through_a_box(drawn: DrawnPage) -> None:
    for arrow, way in drawn.layout.routes:
        others = [place for name, place in drawn.layout.places.items() if name not in {arrow.source, arrow.target}]
        assert not any(runs_through(a, b, place) for a, b in pairwise(way) for place in others), arrow


def test_every_arrow_begins_and_ends_at_its_boxes(drawn: DrawnPage) -> None:
    for arrow, way in drawn.layout.routes:
        for name, point in ((arrow.source, way[0]), (arrow.target, way[-1])):
            place = drawn.layout.places[name]
            assert place.x - TOUCH <= point.x <= place.right + TOUCH
            assert min(abs(point.y - place.y), abs(point.y - place.bottom)) <= TOUCH, arrow


def test_no_text_is_wider_than_its_box(drawn: DrawnPage) -> None:
    for sized in drawn.boxes.values():
        room = sized.width - 2 * sized.inset
        for block in sized.blocks:
            assert all(width(line, block.size, block.face) <= room for line in block.lines)
            assert block.tone is not Tone.PLAIN or block.lines


def test_small_print_can_be_read(drawn: DrawnPage) -> None:
    if len(drawn.boxes) <= MANY:
        assert drawn.scale * TEXT * POINTS_TO_A_MILLIMETRE >= SMALLEST


def test_it_is_a_page_of_a4(drawn: DrawnPage) -> None:
    root = ET.fromstring(svg(drawn))
    assert {root.get("width"), root.get("height")} == {"210mm", "297mm"}
    for text in root.findall(".//{*}text"):
        if text.get("text-anchor") is None and not text.get("transform"):
            assert float(text.get("x") or 0) + float(text.get("textLength") or 0) <= drawn.width - MARGIN + TOUCH


def test_the_same_definition_gives_the_same_bytes() -> None:
    first, second = (svg(page(shown("review"))) for _ in range(2))
    assert first == second
    assert png(first) == png(second)
    assert png(first).startswith(b"\x89PNG")


def test_a_thousand_steps_take_seconds() -> None:
    began = time.process_time()
    found = page(large(1000))
    svg(found)
    assert time.process_time() - began < 15  # three on a quiet machine
    assert_tidy(found)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("ground", "ink"),
    sorted({*((fill, INK) for fill in FILLS.values()), (PAPER, INK), *(strip[:2] for strip in STRIPS.values())}),
)
def test_letters_stand_out_from_their_ground(ground: str, ink: str) -> None:
    """WCAG's strictest: seven to one. Grey print of it keeps the luminance, so it holds there too."""
    light, dark = sorted((luminance(ground), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


def test_arrows_run_straight(drawn: DrawnPage) -> None:
    for arrow, way in drawn.layout.routes:
        assert all(min(abs(a.x - b.x), abs(a.y - b.y)) < 0.1 for a, b in pairwise(way)), arrow


def test_an_arrow_that_is_not_drawn_is_said_by_number_at_both_ends(drawn: DrawnPage) -> None:
    shown_ = {(arrow.source, arrow.target) for arrow, _ in drawn.layout.routes}
    lines = {name: [" ".join(block.lines) for block in each.blocks] for name, each in drawn.boxes.items()}
    found = {
        name: [match[1] for line in said if (match := re.match(r"(\d+)\. ", line))] for name, said in lines.items()
    }
    number = {name: each[0] for name, each in found.items() if each}
    for arrow in drawn.chart.arrows:
        if (arrow.source, arrow.target) in shown_:
            continue
        leads, comes = ("Sends back to", "Sent back from") if arrow.way is Way.BACK else ("Leads to", "After")
        there, here = number[arrow.target], number.get(arrow.source, "opening")
        assert any(line.startswith(leads) and there in re.findall(r"\w+", line) for line in lines[arrow.source]), arrow
        assert any(line.startswith(comes) and here in re.findall(r"\w+", line) for line in lines[arrow.target]), arrow


@pytest.mark.parametrize("name", ["case_discussion", "rich"])
def test_what_is_never_laid_out_could_not_have_been_larger(name: str) -> None:
    """The same page as of all that could be tried; and no layout is smaller than what is reckoned before it is made."""
    chart, found = shown(name), list[tuple[float, float, int]]()
    first = next(iter(chart.boxes))
    for place, attempt in enumerate(_tries(chart)):
        for each in _drawn(attempt, chart, _papers(chart)):
            assert attempt.least[0] <= each.layout.bounds.width + 1e-6
            assert attempt.least[1] <= each.layout.bounds.height + 1e-6
            found.append((round(each.scale, 4), each.boxes[first].width, -place))
    chosen, (scale, wide, _) = page(chart), max(found)
    assert (round(chosen.scale, 4), chosen.boxes[first].width) == (scale, wide)
