"""Mermaid text says what the chart says, and nothing in it can be taken for Mermaid's own signs."""

import re

import pytest

from reviewflow.diagram.mermaid import markdown, mermaid
from reviewflow.diagram.shapes import Way
from tests.diagram.builders import ALL, shown

NODE = re.compile(r'  (s_\w+)(?:\(\[|\[\[|\{\{|\[/|\[)"(.*)"(?:\]\)|\]\]|\}\}|/\]|\]):::(\w+)')
ARROW = re.compile(r'  (s_\w+) (-->|-\.->)(?:\|"(.*)"\|)? (s_\w+)')


def spoken(text: str) -> str:
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), text)


@pytest.mark.parametrize("process", ALL)
def test_it_says_what_the_chart_says(process: str) -> None:
    chart = shown(process)
    lines = mermaid(chart).splitlines()
    nodes = [found for line in lines if (found := NODE.fullmatch(line))]
    arrows = [found for line in lines if (found := ARROW.fullmatch(line))]
    boxes = sorted(chart.boxes.values(), key=lambda box: box.number if box.stage else 0)
    assert [found[3] for found in nodes] == [box.shape for box in boxes]
    for found, box in zip(nodes, boxes, strict=True):
        said = spoken(found[2])
        assert all(line in said for line in (box.title, box.only_if, *box.lines))
    for found, arrow in zip(arrows, chart.arrows, strict=True):
        assert (found[2] == "-.->") == (arrow.way is Way.BACK)
        assert spoken(found[3] or "") == arrow.words


@pytest.mark.parametrize("process", ALL)
def test_every_line_is_one_that_is_known(process: str) -> None:
    known = re.compile(r'---|title: .*|flowchart TD|  subgraph stage_\d+\[".*"\]|  end|  %% .*|  classDef .*')
    for line in mermaid(shown(process)).splitlines():
        assert NODE.fullmatch(line) or ARROW.fullmatch(line) or known.fullmatch(line), line


def test_a_page_holds_the_drawing() -> None:
    page = markdown(shown("rich"))
    assert page.startswith("# A review that uses every key\n")
    assert page.count("```") == 2
    assert "- May be ended at any time: It is joined with another review\n" in page
