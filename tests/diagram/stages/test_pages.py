"""Every shipped process by its stages: all of it is there, and every letter can be read on A4."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from reviewflow.cli import app
from reviewflow.diagram.chart import OPENS, chart
from reviewflow.diagram.drawing.page import DrawnPage
from reviewflow.diagram.stages.files import as_bytes, pages_by_stage
from tests.shipped import DEFINITIONS, FILES

SHIPPED = str(DEFINITIONS)
SMALLEST = 7.0
"""Points."""
POINTS = 72 / 25.4
"""In a millimetre."""


def sizes(drawn: DrawnPage) -> set[float]:
    """The sizes in points of all letters on the page, as they stand in the SVG, whose units are millimetres of A4."""
    root = ET.fromstring(as_bytes(drawn, as_png=False))
    assert {root.get("width"), root.get("height")} == {"210mm", "297mm"}
    return set(_sizes(root, 1.0))


def _sizes(element: ET.Element, scale: float) -> list[float]:
    turned = re.search(r"scale\(([\d.]+)\)", element.get("transform", ""))
    scale *= float(turned.group(1)) if turned else 1.0
    size = element.get("font-size")
    mine = [float(size) * scale * POINTS] if size and element.tag.endswith("text") else []
    return [*mine, *(found for child in element for found in _sizes(child, scale))]


@pytest.mark.parametrize("process", sorted(FILES.processes()))
def test_every_step_stands_on_one_page_whose_letters_can_be_read(process: str) -> None:
    definition = FILES.definition(process)
    pages = dict(pages_by_stage(definition, FILES.partnership))
    steps = Counter(name for file, drawn in pages.items() if file != process for name in drawn.chart.boxes)
    assert steps == Counter(list(definition.process.steps))
    smallest = {file: round(min(sizes(drawn)), 2) for file, drawn in pages.items()}
    assert {file: size for file, size in smallest.items() if size < SMALLEST} == {}


@pytest.mark.parametrize("process", sorted(FILES.processes()))
def test_processes_and_papers_stand_under_their_titles(process: str) -> None:
    boxes = chart(FILES.definition(process), FILES.partnership).boxes
    lines = [line for box in boxes.values() for line in box.lines]
    assert [line for line in lines if "{" in line] == []
    titles = {loaded.model.title for loaded in FILES.library.processes.values()}
    assert {line.removeprefix(OPENS).partition(", for each")[0] for line in lines if line.startswith(OPENS)} <= titles


def test_a_page_says_what_the_signs_of_its_holds_mean() -> None:
    pages = dict(pages_by_stage(FILES.definition("cspr"), FILES.partnership))
    notes = pages["cspr-4-publish"].chart.notes
    assert notes[0].startswith("H1: Publication waits for a court")
    assert [note[:3] for note in notes] == ["H1:", "H2:", "H4:"]


def test_the_stages_stand_in_their_order_with_the_limits_that_are_met_in_each() -> None:
    pages = dict(pages_by_stage(FILES.definition("rapid_review"), FILES.partnership))
    stages = pages["rapid_review"].chart
    ways = [(arrow.source, arrow.target) for arrow in stages.arrows]
    assert ways == [
        ("opening", "set_up"),
        ("set_up", "gather"),
        ("gather", "decide"),
        ("decide", "set_up"),  # a panel that was too few is booked anew
        ("decide", "submit"),
        ("submit", "follow_up"),
    ]
    assert [flag.text for flag in stages.boxes["submit"].flags] == ["National limit: 15 working days after notified"]
    gathered = [box.number for box in pages["rapid_review-2-gather"].chart.boxes.values()]
    assert stages.boxes["gather"].owner == f"Steps {min(gathered)} to {max(gathered)}"


def test_what_leads_to_another_page_is_said_by_number() -> None:
    pages = dict(pages_by_stage(FILES.definition("rapid_review"), FILES.partnership))
    safety = pages["rapid_review-1-set_up"].chart.boxes["immediate_safety"].number
    meeting = pages["rapid_review-3-decide"].chart.boxes["panel_meeting"].number
    marks = pages["rapid_review-2-gather"].chart.boxes["combined_pack"].marks
    assert marks == (f"After {safety} (another page)", f"Leads to {meeting} (another page)")


def test_a_process_without_stages_has_its_steps_alone(tmp_path: Path) -> None:
    folder, toy = tmp_path / "drawings", str(Path(__file__).parents[2] / "toy")
    words = ["diagram", "review", "--by-stages", "-o", str(folder), "--definitions", toy]
    said = CliRunner().invoke(app, words)
    assert (said.exit_code, said.output) == (0, f"wrote {folder / 'review-1-steps.svg'}\n")
    assert "<title>Review</title>" in (folder / "review-1-steps.svg").read_text(encoding="utf-8")


def test_a_folder_must_be_named() -> None:
    said = CliRunner().invoke(app, ["diagram", "rapid_review", "--by-stages"])
    assert said.exit_code == 2
    assert "--by-stages -o drawings" in said.output


@pytest.mark.parametrize(("process", "fits"), [("cspr", False), ("case_discussion", True)])
def test_whoever_draws_a_whole_process_too_small_to_read_is_told_of_its_stages(
    process: str, tmp_path: Path, *, fits: bool
) -> None:
    said = CliRunner().invoke(app, ["diagram", process, "-o", str(tmp_path / "whole.svg"), "--definitions", SHIPPED])
    assert said.exit_code == 0
    assert ("too small for many" in said.output) is not fits
    assert (f"reviewflow diagram {process} --by-stages -o {process}" in said.output) is not fits
