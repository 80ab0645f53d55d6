"""A process by its stages as files: the overview, then the pages of each stage in their order."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.diagram.chart import chart
from reviewflow.diagram.drawing.page import DrawnPage, page
from reviewflow.diagram.drawing.png import png
from reviewflow.diagram.drawing.svg import svg
from reviewflow.diagram.stages.overview import overview, places_of
from reviewflow.diagram.stages.pages import stage_pages
from reviewflow.language.definition import Definition
from reviewflow.language.model import Partnership
from reviewflow.language.structure.stages import stages_of


def pages_by_stage(definition: Definition, partnership: Partnership) -> Iterator[tuple[str, DrawnPage]]:
    """Each page after the name of its file without an ending: 'rapid_review', 'rapid_review-1-set_up'."""
    process = definition.process
    drawn, stages = chart(definition, partnership), places_of(stages_of(process))
    if len(stages) > 1:
        yield process.process, page(overview(drawn, stages))
    for number, stage in enumerate(stages, start=1):
        pages = stage_pages(drawn, stage)
        for place, one in enumerate(pages, start=1):
            part = f"-{place}" if len(pages) > 1 else ""
            yield f"{process.process}-{number}-{stage.name}{part}", one


def as_bytes(drawn: DrawnPage, *, as_png: bool) -> bytes:
    """The page as the bytes of a file; the same page always gives the same bytes."""
    text = svg(drawn)
    return png(text) if as_png else text.encode()
