"""Each stage on a page of its own, or on several where one would be too small to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reviewflow.diagram.chart import HELD
from reviewflow.diagram.drawing.boxes import TEXT
from reviewflow.diagram.drawing.columns import AFTER_OPENING, references
from reviewflow.diagram.drawing.page import POINTS, DrawnPage, page
from reviewflow.diagram.forms import SMALLEST
from reviewflow.diagram.shapes import Arrow, Box, Chart
from reviewflow.diagram.stages.overview import StagePlace


def letters(drawn: DrawnPage) -> float:
    """The size in points of the smallest letters in the boxes of a page."""
    return drawn.scale * TEXT * POINTS


def stage_pages(drawn: Chart, stage: StagePlace) -> list[DrawnPage]:
    """The pages of a stage, each with letters of at least `SMALLEST` points.

    A step that fits on no page by itself stands on one as large as can be.
    """
    names = list(stage.boxes)
    for number in range(1, len(names) + 1):
        pages = [page(chart) for chart in _charts(drawn, stage, _parts(names, number))]
        if all(letters(one) >= SMALLEST for one in pages):
            return pages
    return pages


def _parts(names: Sequence[str], number: int) -> list[Sequence[str]]:
    """The steps in their order, in so many parts of nearly the same length."""
    ends = [round(len(names) * part / number) for part in range(number + 1)]
    return [names[start:end] for start, end in pairwise(ends)]


def _charts(drawn: Chart, stage: StagePlace, parts: Sequence[Sequence[str]]) -> Iterator[Chart]:
    for place, part in enumerate(parts, start=1):
        which = f" ({place} of {len(parts)})" if len(parts) > 1 else ""
        about = f"{drawn.title}: {stage.title}" if stage.title else drawn.title
        yield _chart(drawn, f"{about}{which}", part)


def _chart(drawn: Chart, title: str, part: Sequence[str]) -> Chart:
    """These steps alone; what leads to and from other pages is said by number in each box."""
    elsewhere = references(drawn, [part, [name for name in drawn.boxes if name not in part]])
    boxes = {name: _with_marks(drawn.boxes[name], elsewhere[name]) for name in part}
    inside: tuple[Arrow, ...] = tuple(
        arrow for arrow in drawn.arrows if arrow.source in boxes and arrow.target in boxes
    )
    return Chart(title, drawn.particulars[:1], boxes, inside, tuple(_holds(drawn, boxes.values())))


def _holds(drawn: Chart, boxes: Iterable[Box]) -> Iterator[str]:
    """What the signs of holds mean that stand in these boxes."""
    named = {word.strip(",") for box in boxes for mark in box.marks if mark.startswith(HELD) for word in mark.split()}
    return (note for note in drawn.notes if note.partition(":")[0] in named)


def _with_marks(box: Box, elsewhere: Sequence[str]) -> Box:
    return replace(box, marks=(*box.marks, *(_elsewhere(words) for words in elsewhere)))


def _elsewhere(words: str) -> str:
    return words if words == AFTER_OPENING else f"{words} (another page)"
