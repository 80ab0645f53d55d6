"""A flowchart that stands in a page is drawn whole, or not at all."""

import sys
from xml.etree import ElementTree as ET

import pytest

from tests.docs.reader import ROOT

sys.path.insert(0, str(ROOT / "docs" / "_site"))
import mermaid

SVG = "{http://www.w3.org/2000/svg}"
CHART = """\
flowchart TB
    one["The first<br/>of two"]
    two(["second"])
    one --> two
    two -- "back<br/>again" --> one
"""


def drawn(text: str) -> ET.Element:
    return ET.fromstring(mermaid.svg(mermaid.read(text)))


def test_every_word_and_every_arrow_is_drawn() -> None:
    root = drawn(CHART)
    assert [text.text for text in root.iter(f"{SVG}text")] == ["The first", "of two", "second", "back", "again"]
    assert sum("marker-end" in line.attrib for line in root.iter(f"{SVG}polyline")) == 2


def test_what_comes_first_stands_above_although_an_arrow_leads_back() -> None:
    first, second = (float(box.attrib["y"]) for box in drawn(CHART).iter(f"{SVG}rect"))
    assert first < second


@pytest.mark.parametrize("line", ["one -.-> two", "subgraph one", "one{two}", "style one fill:red"])
def test_a_line_that_is_not_understood_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        mermaid.read(f"{CHART}    {line}\n")


def test_only_the_drawings_of_a_page_are_replaced() -> None:
    page = mermaid.with_drawings(f"# Before\n\n```mermaid\n{CHART}```\n\n```text\nafter\n```\n")
    assert page.startswith('# Before\n\n<div class="drawing"><svg')
    assert page.endswith("</svg></div>\n\n```text\nafter\n```\n")
