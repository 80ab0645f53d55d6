"""The picture of a case: every bar has a line with its whole name, and is seen."""

import base64
import xml.etree.ElementTree as ET
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.in_prefect.drawing import LEGEND, NAMES, WIDTH, drawn, in_words, picture
from reviewflow.service.views.in_prefect.shown import Bar

TODAY = date(2026, 5, 13)
SVG = "{http://www.w3.org/2000/svg}"
DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))
BARS = st.builds(
    Bar, st.text("abc <&· ", min_size=1), st.sampled_from(Standing), DAYS, st.none() | DAYS, st.none() | DAYS
)


@given(st.lists(BARS, min_size=1, max_size=30))
def test_every_bar_is_inside_the_picture_and_wide_enough_to_be_seen(bars: list[Bar]) -> None:
    root = ET.fromstring(drawn(bars, TODAY))
    height = float(root.attrib["height"])
    boxes = [box.attrib for box in root.iter(f"{SVG}rect") if "x" in box.attrib and float(box.attrib["x"]) >= NAMES]
    assert len(boxes) >= len(bars)
    for box in boxes:
        assert NAMES <= float(box["x"]) <= float(box["x"]) + float(box["width"]) <= WIDTH
        assert float(box["width"]) >= 4
        assert 0 < float(box["y"]) < height


def test_a_long_name_is_read_on_several_lines_and_what_is_due_is_marked() -> None:
    title = "Overdue: Agency summary and chronology · Northmoor Hospitals Trust <of the county>"
    svg = drawn([Bar(title, Standing.OVERDUE, TODAY - timedelta(days=9), TODAY - timedelta(days=2))], TODAY)
    root = ET.fromstring(svg)
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert title in " ".join(texts)
    assert {ink.words for ink in LEGEND} | {"due", "today"} <= set(texts)
    assert "script" not in svg


def test_the_same_is_said_in_words() -> None:
    bars = [Bar("a", Standing.OVERDUE, TODAY), Bar("b", Standing.DONE, TODAY), Bar("c", Standing.DONE_LATE, TODAY)]
    assert "1 overdue, 2 settled" in in_words(bars, TODAY)
    address = picture(bars, TODAY)
    assert base64.b64decode(address.partition(",")[2]).decode() == drawn(bars, TODAY)
    assert picture([], TODAY) == ""
